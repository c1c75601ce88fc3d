using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 3207, STARTTLS, asks of a receiver.</summary>
internal static class Rfc3207Requirements
{
    private const string Decided = "A session that goes on shows what was decided, and nothing to hold that against.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "The keyword STARTTLS stands alone.", "TLS1"),
        Stated("4", "STARTTLS draws 220, 454, or 501 where it has an argument.", "TLS2"),
        MustNot("4", "A server that everybody sends mail to does not demand TLS for its own mail.")
            .But("Which servers these are is in the DNS."),
        Should("4", "A server that demands TLS answers all but NOOP, EHLO, STARTTLS and QUIT with 530.", "TLS8").But(Reasons.Demands),
        Should("4", "5.7.0 goes with that 530, where there are enhanced codes.").But(Reasons.EnhancedCode),
        Must("4.1", "Both sides decide behind the handshake whether to go on.")
            .But(Decided),
        Should("4.1", "A server that finds TLS too weak answers all but QUIT with 554.").But("What a server finds too weak is its own."),
        Must(
            "4.2",
            "Behind the handshake the session is where it was behind the greeting, and what the client said is forgotten.",
            "TLS3"
        ),
        Must("4.2", "The server knows whether TLS is active.", "TLS4", "TLS6"),
        MustNot("4.2", "STARTTLS is not offered inside TLS.", "TLS6"),
        SmallMust("6", "Both sides look at what the handshake came to.").But(Decided),
        Must("6", "A server can be set to require TLS for some hosts.").But(Reasons.Site),
        Should("6", "It can be set to use TLS where that is possible, too.").But(Reasons.Site),
        Must("6", "What was known before the handshake is dropped when it is done.", "TLS3", "TLS7"),
    ];
}
