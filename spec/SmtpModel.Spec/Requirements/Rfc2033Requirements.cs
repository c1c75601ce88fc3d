using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 2033, LMTP, asks of a receiver.</summary>
internal static class Rfc2033Requirements
{
    private const string Counted = "The replies are counted; which recipient each is about is not seen.";

    private const string WithChunks = "Its case is there where CHUNKING is, as in lmtp+chunking.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("4.1", "LHLO does what EHLO does in SMTP.", "O1", "O2", "O3"),
        MustNot("4.1", "HELO and EHLO draw no 2yz.", "LM1"),
        SmallShould("4.1", "The code for them is 500.", "LM1").But("A code that says the same, as 502, is taken as well."),
        Must("4.2", "DATA without a RCPT that drew 2yz draws 503.", "LM2"),
        Stated("4.2", "The end of data draws one reply for each RCPT that drew 2yz, in their order.", "LM3").But(Counted),
        SmallMust("4.2", "Two such RCPT with the same path draw two replies.", "LM3"),
        Stated("4.2", "A reply of several lines is one reply.", "LM3", "R6"),
        MustNot("4.2", "What drew 2yz is not lost for frivolous reasons.").But(Reasons.Later),
        Stated("4.3", "With CHUNKING, BDAT LAST draws one reply for each RCPT that drew 2yz, and none where there was none.", "LM7")
            .But($"{WithChunks} {Counted} Without a recipient a refusal is taken as well, which RFC 3030 leads to."),
        SmallMust("4.3", "Two such RCPT with the same path draw two replies.", "LM7").But(WithChunks),
        MustNot("4.3", "What drew 2yz behind BDAT LAST is not lost for frivolous reasons.").But(Reasons.Later),
        Stated("4.3", "BDAT without LAST draws exactly one reply.", "R5").But(WithChunks),
        MustNot("5", "LMTP is not spoken on TCP port 25.").But($"{Reasons.Port} Our server refuses the port."),
        Must("5", "PIPELINING is implemented.", "LM4"),
        Must("5", "ENHANCEDSTATUSCODES is implemented.", "LM4"),
        Should("5", "8BITMIME is implemented.", "LM5"),
        ShouldNot("5", "A server that can take over for all recipients at once, and send notices, does not speak LMTP.").But(Reasons.Site),
        ShouldNot("5", "LMTP is not spoken over a wide area network.").But(Reasons.Site),
        Should("5", "Each reply behind the data is sent as soon as it is known.").But("What a server knows, and since when, is not seen."),
    ];
}
