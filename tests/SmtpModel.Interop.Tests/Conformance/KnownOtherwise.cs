using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>
/// What servers are known for as LMTP and as submission servers. Each entry was read in the wire log and held against the RFC it names.
/// Of the libraries only what is about LMTP is asked: the rest is what they are known for in SMTP.
/// </summary>
internal static class KnownOtherwise
{
    public static IReadOnlyList<string> LmtpServers { get; } =
        [PeerNames.DovecotLmtp, PeerNames.CyrusLmtp, PeerNames.Aiosmtpd, PeerNames.Nodemailer];

    /// <summary>Of these all is asked: they speak LMTP only.</summary>
    public static IReadOnlyList<string> WhollyLmtp { get; } = [PeerNames.DovecotLmtp, PeerNames.CyrusLmtp];

    public static IReadOnlyList<string> SubmissionServers { get; } = [PeerNames.PostfixSubmission, PeerNames.DovecotSubmission];

    public static IReadOnlyList<KnownResult> OfLmtp(string peer) =>
        peer switch
        {
            PeerNames.DovecotLmtp =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.1.2/bare-LF-does-not-end-a-command",
                    "It answers 250 to NOOP and an LF. RFC 821 4.1.2: a command ends with CRLF."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.1.1/LF-dot-LF-does-not-end-the-data rfc821/4.1.1/LF-dot-CRLF-does-not-end-the-data "
                        + "rfc821/4.1.1/CRLF-dot-LF-does-not-end-the-data",
                    "An LF ends a line of mail data as CRLF does, so that the message is saved at a dot between two of them. RFC 821 "
                        + "4.1.1: "
                        + "CRLF, dot, CRLF ends the mail data."
                ),
                new(
                    CaseVerdict.NonStrict,
                    "rfc821/4.1.1/MAIL-malformed-in-Ready rfc821/Appendix-E/RCPT-malformed-in-MailGiven",
                    "A path whose local part begins with a dot, or whose domain has two dots in a row, is accepted. It is none by the "
                        + "grammar."
                ),
            ],
            PeerNames.CyrusLmtp =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc2033/4.1/LHLO-in-MailGiven rfc2033/4.1/LHLO-in-RecipientsGiven rfc2033/4.1/LHLO-clears-in-RecipientsGiven",
                    "LHLO that draws 250 leaves a transaction as it was: MAIL draws 503 behind it, and RCPT 250. RFC 2033 4.1: LHLO is as "
                        + "EHLO, and clears it."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.1.1/MAIL-refused-in-Ready",
                    "MAIL that draws 501 for a parameter has begun a transaction, so that the next draws 503. RFC 821 Appendix E: what is "
                        + "refused has not happened."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc2034/4/text-of-replies",
                    "Of the three lines that refuse a recipient only the last has an enhanced status code. RFC 2034 4: each line has it."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.1.2/bare-LF-does-not-end-a-command",
                    "It answers 250 to NOOP and an LF. RFC 821 4.1.2: a command ends with CRLF."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.1.1/LF-dot-LF-does-not-end-the-data rfc821/4.1.1/LF-dot-CRLF-does-not-end-the-data "
                        + "rfc821/4.1.1/CRLF-dot-LF-does-not-end-the-data rfc821/4.1.1/CR-CRLF-dot-CR-CRLF-does-not-end-the-data",
                    "An LF ends a line of mail data, with any number of CRs before it or none. RFC 821 4.1.1: CRLF, dot, CRLF ends the "
                        + "mail data."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc821/4.2/command-line-over-the-limit",
                    "A line of 20,000 octets draws a reply for each 4,095 of them. RFC 821 4.2: a command draws one."
                ),
                new(
                    CaseVerdict.NonStrict,
                    "rfc2033/4.1/LHLO-malformed-in-Connected rfc2033/4.1/LHLO-malformed-in-Ready "
                        + "rfc2033/4.1/LHLO-malformed-in-MailGiven rfc2033/4.1/LHLO-malformed-in-RecipientsGiven "
                        + "rfc821/4.1.1/MAIL-malformed-in-Ready "
                        + "rfc821/Appendix-E/RCPT-malformed-in-MailGiven rfc821/Appendix-E/RCPT-malformed-in-RecipientsGiven "
                        + "rfc821/Appendix-E/DATA-malformed-in-RecipientsGiven "
                        + "rfc821/Appendix-E/RSET-malformed-in-Ready rfc821/Appendix-E/RSET-malformed-in-MailGiven "
                        + "rfc821/Appendix-E/RSET-malformed-in-RecipientsGiven "
                        + "rfc821/Appendix-E/QUIT-malformed-in-Connected rfc821/Appendix-E/QUIT-malformed-in-Ready "
                        + "rfc821/Appendix-E/QUIT-malformed-in-MailGiven rfc821/Appendix-E/QUIT-malformed-in-RecipientsGiven",
                    "500 where 501 is the code for an argument that is wrong."
                ),
            ],
            PeerNames.Aiosmtpd =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc2033/4.2/replies-to-the-end-of-data",
                    "The end of data draws one reply, whatever the number of recipients. RFC 2033 4.2: one for each RCPT that drew 2yz."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc2033/5/LHLO-lists-PIPELINING rfc2033/5/LHLO-lists-ENHANCEDSTATUSCODES",
                    "It offers neither PIPELINING nor ENHANCEDSTATUSCODES. RFC 2033 5: a server MUST implement both."
                ),
            ],
            PeerNames.Nodemailer =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc2033/4.2/replies-to-the-end-of-data",
                    "Two RCPT with the same path draw one reply at the end of data, for it keeps each mailbox once. RFC 2033 4.2: there "
                        + "must be one for each."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc2033/5/LHLO-lists-ENHANCEDSTATUSCODES",
                    "It does not offer ENHANCEDSTATUSCODES. RFC 2033 5: a server MUST implement it."
                ),
            ],
            _ => throw new ArgumentException($"nothing is known of '{peer}'", nameof(peer)),
        };

    public static IReadOnlyList<KnownResult> OfSubmission(string peer) =>
        peer switch
        {
            PeerNames.PostfixSubmission =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc6409/7/EHLO-does-not-list-ETRN",
                    "It lists ETRN, as it does for relaying. RFC 6409 7: MUST NOT. smtpd_discard_ehlo_keywords takes it out."
                ),
                new(
                    CaseVerdict.NonStrict,
                    "rfc6409/4.3/MAIL-out-of-order-in-Connected rfc6409/4.3/MAIL-out-of-order-in-Ready",
                    "Before a login MAIL draws 250, and RCPT is refused (smtpd_delay_reject). RFC 6409 4.3: MAIL draws 530."
                ),
            ],
            PeerNames.DovecotSubmission =>
            [
                new(
                    CaseVerdict.Fail,
                    "rfc5321/2.3.8/bare-LF-does-not-end-a-command",
                    "It answers 250 to NOOP and an LF. RFC 5321 2.3.8: MUST NOT recognize anything but CRLF."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc5321/4.1.1.4/LF-dot-LF-does-not-end-the-data rfc5321/4.1.1.4/LF-dot-CRLF-does-not-end-the-data "
                        + "rfc5321/4.1.1.4/CRLF-dot-LF-does-not-end-the-data",
                    "An LF ends a line of mail data as CRLF does. RFC 5321 4.1.1.4: MUST NOT."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc5321/3.8/closing",
                    "In some sessions the channel is closed without a reply, since the process behind it has ended. RFC 5321 3.8: MUST "
                        + "NOT."
                ),
                new(
                    CaseVerdict.Fail,
                    "rfc5321/4.5.1/RCPT-Postmaster",
                    "Postmaster without a domain is refused: by the server behind it, and it has no mailbox of its own. RFC 5321 4.5.1: "
                        + "MUST be supported."
                ),
                new(CaseVerdict.NonStrict, "rfc5321/4.5.1/RCPT-postmaster-in-lower-case", "So is postmaster in small letters."),
                new(
                    CaseVerdict.NonStrict,
                    "rfc5321/4.1.4/MAIL-malformed-in-Ready rfc5321/4.2.1/RCPT-malformed-in-MailGiven",
                    "A path whose local part begins with a dot is accepted. RFC 6409 5.1: such a path SHOULD be refused."
                ),
                new(
                    CaseVerdict.NonStrict,
                    "rfc6409/7/EHLO-lists-DSN",
                    "It does not offer DSN, since the server behind it does not. RFC 6409 7: SHOULD."
                ),
            ],
            _ => throw new ArgumentException($"nothing is known of '{peer}'", nameof(peer)),
        };
}
