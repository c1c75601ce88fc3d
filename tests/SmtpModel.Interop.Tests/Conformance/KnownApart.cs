using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>What the servers are known for in STARTTLS and AUTH themselves. Each entry was read in the wire log and held against RFC 3207
/// and RFC 4954.</summary>
internal static class KnownApart
{
    public static IReadOnlyList<string> Servers { get; } =
    [PeerNames.PostfixSubmission, PeerNames.Exim, PeerNames.Aiosmtpd, PeerNames.Nodemailer, PeerNames.Haraka];

    public static IReadOnlyList<KnownResult> Of(string peer) =>
        peer switch
        {
            PeerNames.PostfixSubmission =>
            [
                new(
                    CaseVerdict.NonStrict,
                    "rfc3207/4/refused-where-STARTTLS-is-demanded",
                    "HELO draws 250, where all else that is not NOOP, EHLO, STARTTLS or QUIT draws 530. RFC 3207 4: 530 SHOULD be the "
                        + "reply to every other command."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/AUTH-malformed-in-Ready rfc4954/4/response-malformed-in-Challenged",
                    "An initial response or a response that is not base64 draws 535, as a wrong password does. RFC 4954 4: the server "
                        + "MUST reject it with 501."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/initial-response-where-the-server-begins",
                    "An initial response to CRAM-MD5 draws 535. RFC 4954 4: the server MUST reject the command with 501."
                ),
            ],
            PeerNames.Aiosmtpd =>
            [
                new(
                    CaseVerdict.NonStrict,
                    "rfc3207/4.2/STARTTLS-out-of-order-in-ConnectedSecured rfc3207/4.2/STARTTLS-out-of-order-in-ReadySecured",
                    "STARTTLS inside TLS draws 220. RFC 3207 4.2 forbids to offer it there, and says nothing of a server that takes it."
                ),
            ],
            PeerNames.Nodemailer =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/AUTH-malformed-in-Ready",
                    "An initial response that is not base64 draws 535, as a wrong password does. RFC 4954 4: the server MUST reject it "
                        + "with 501."
                ),
            ],
            PeerNames.Haraka =>
            [
                new(
                    CaseVerdict.NonStrict,
                    "rfc3207/4.2/STARTTLS-out-of-order-in-ConnectedSecured rfc3207/4.2/STARTTLS-out-of-order-in-ReadySecured",
                    "STARTTLS inside TLS draws 220. RFC 3207 4.2 forbids to offer it there, and says nothing of a server that takes it."
                ),
                new(
                    CaseVerdict.NonStrict,
                    "rfc3207/4/STARTTLS-malformed-in-Ready",
                    "STARTTLS with an argument draws 220. RFC 3207 4: it has no parameters, and 501 says so."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated",
                    "A second AUTH draws 235. RFC 4954 4: the server MUST reject any AUTH behind one that succeeded with 503."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/AUTH-out-of-order-in-MailGiven rfc4954/4/AUTH-out-of-order-in-RecipientsGiven",
                    "AUTH inside a transaction draws 235. RFC 4954 4: it MUST be rejected with 503."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/cancel-in-Challenged",
                    "A line of a single asterisk draws 504. RFC 4954 4: the server MUST reject the AUTH command with 501."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/AUTH-malformed-in-Ready rfc4954/4/response-malformed-in-Challenged",
                    "An initial response that is not base64 draws 535, and a response 504. RFC 4954 4: the server MUST reject it with 501."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/a-command-in-the-dialogue-is-a-response",
                    "NOOP behind 334 draws 250, and the dialogue goes on. RFC 4954 4: the line behind a challenge is the response to it."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc4954/4/initial-response-where-the-server-begins",
                    "An initial response to CRAM-MD5 draws 334. RFC 4954 4: the server MUST reject the command with 501."
                ),
            ],
            _ => [],
        };

    /// <summary>Whether it stays open for what the server's site wants, and not for what the test does.</summary>
    public static bool IsOpen(CaseResult result) =>
        result.Reason.Contains("Recipient address rejected: Access denied", StringComparison.Ordinal);
}
