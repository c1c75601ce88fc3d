using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 2920, PIPELINING, asks of a receiver.</summary>
internal static class Rfc2920Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "The keyword PIPELINING stands alone.", "PL8"),
        Stated("3.1", "RSET, MAIL, SEND, SOML, SAML and RCPT may stand anywhere in a group.", "PL1"),
        Must("3.2", "Commands are answered in the order in which they came.", "PL2", "W21"),
        Should("3.2", "Replies to grouped RSET, MAIL, SEND, SOML, SAML and RCPT are sent as a unit.")
            .But("In how many packets replies come is TCP's to say."),
        Should("3.2", "DATA draws 354 if and only if a valid recipient was given.", "PL3"),
        MustNot("3.2", "Behind 354 without a valid recipient, an empty message is sent to nobody.")
            .But("A 250 to the empty message is told, and no failure: whether something is sent is not seen in the session, and such a "
                + "message has no mark by which test --delivered would know it."),
        MustNot("3.2", "Replies to EHLO, DATA, VRFY, EXPN, TURN, QUIT and NOOP are not held back.", "PL5")
            .But("NOOP is tried, with half a command behind it; no case puts that behind the others."),
        MustNot("3.2", "Replies to commands that are not recognized are not held back.")
            .But("No case holds it: servers let a client wait behind mistakes, which looks the same."),
        Must("3.2", "All replies are sent when there is nothing more to read.", "PL6"),
        MustNot("3.2", "Nothing is assumed about commands that have not come.", "PL2", "PL7"),
        MustNot("3.2", "What has come is not lost, whatever happens.", "PL7", "W21"),
        Should("3.2", "The text of a reply shows which command it answers.").But(Reasons.ReplyWords),
    ];
}
