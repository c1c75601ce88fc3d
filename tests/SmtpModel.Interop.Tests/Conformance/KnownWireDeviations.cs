using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>A wire case that a real server fails, or does not keep strictly.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">What is made of it.</param>
/// <param name="Does">What the server does.</param>
internal sealed record WireDeviation(string Case, CaseVerdict Verdict, string Does);

/// <summary>What the real servers do otherwise on the wire, each read in the log and held against the RFC's text.</summary>
internal static class KnownWireDeviations
{
    private const CaseVerdict Fail = CaseVerdict.Fail;
    private const CaseVerdict NonStrict = CaseVerdict.NonStrict;

    private static readonly WireDeviation BareLf = new(
        "rfc5321/2.3.8/bare-LF-does-not-end-a-command",
        Fail,
        "answers 250 to NOOP and an LF"
    );
    private static readonly WireDeviation NoLetter = new(
        "rfc5321/3.8/lines-that-are-no-words-do-not-end-the-session",
        NonStrict,
        "says 221 to a line that does not begin with a letter and closes the channel: it is set to (smtpd_forbidden_commands)"
    );

    // 4.1.2: what has invalid characters in it, and is not refused for anything else, MUST be refused with 501
    private static readonly WireDeviation[] Controls =
    [
        new("rfc5321/4.1.2/NUL-in-a-domain", Fail, "takes a NUL within the domain of a reverse-path"),
        new("rfc5321/4.1.2/control-character-in-a-domain", Fail, "takes a control character within the domain of a reverse-path"),
    ];

    /// <summary>Those of one server; none for one that is not listed.</summary>
    public static IReadOnlyList<WireDeviation> Of(string name) =>
        name switch
        {
            PeerNames.Postfix =>
            [
                BareLf,
                NoLetter,
                new("rfc5321/4.1.1.4/LF-dot-LF-does-not-end-the-data", Fail, "queues the message at LF, dot, LF"),
                new("rfc5321/4.1.1.4/LF-dot-CRLF-does-not-end-the-data", Fail, "queues the message at LF, dot, CRLF"),
                new("rfc5321/4.1.1.4/CRLF-dot-LF-does-not-end-the-data", Fail, "queues the message at CRLF, dot, LF"),
                new("rfc5321/4.1.1.4/CR-CRLF-dot-CR-CRLF-does-not-end-the-data", Fail, "takes any number of CRs before an LF for one"),
            ],
            PeerNames.PostfixStrict => [BareLf, NoLetter],
            PeerNames.Exim =>
            [
                BareLf,
                new(
                    "rfc5321/4.2/command-line-over-the-limit",
                    Fail,
                    "reads the first 16 KB of a longer line as one command and the rest as another, and answers both"
                ),
            ],
            PeerNames.Aiosmtpd => [BareLf, .. Controls],
            PeerNames.Nodemailer =>
            [
                BareLf,
                new(
                    "rfc5321/4.1.1.1/HELP-is-listed-where-it-is-served",
                    Fail,
                    "answers HELP with 214 and does not list it in the reply to EHLO"
                ),
                new("rfc5321/4.5.3.1.3/forward-path-of-256-octets", Fail, "takes 253 octets for the longest mailbox of a recipient too"),
                new(
                    "rfc5321/4.5.3.1.3/reverse-path-of-256-octets",
                    Fail,
                    "takes 253 octets for the longest mailbox, where a path of 256 has 254 between its brackets"
                ),
            ],
            PeerNames.SmtpSink =>
            [
                .. Controls,
                new("rfc5321/4.1.1.1/reply-to-EHLO-has-keywords", NonStrict, "ends the reply to EHLO with an empty line"),
                new("rfc5321/2.4/eight-bit-octets-in-a-forward-path", NonStrict, "takes octets over 127 in a forward-path too"),
                new("rfc5321/2.4/eight-bit-octets-in-a-path", NonStrict, "takes octets over 127 in a path, and does not offer SMTPUTF8"),
                new(
                    "rfc5321/4.2/command-line-over-the-limit",
                    Fail,
                    "closes the channel on a line of more than 2048 octets, without a reply"
                ),
            ],
            _ => [],
        };
}
