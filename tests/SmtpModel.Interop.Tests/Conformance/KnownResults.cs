using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>All that the servers are known for. Each entry was read in the wire log and held against the text of RFC 5321.</summary>
internal static class KnownResults
{
    private const string Quit =
        "4.1.1/QUIT-malformed-in-Connected 4.1.1/QUIT-malformed-in-Ready 4.1.1/QUIT-malformed-in-MailGiven "
            + "4.1.1/QUIT-malformed-in-RecipientsGiven";
    private const string Rset =
        "4.1.1/RSET-malformed-in-Connected 4.1.1/RSET-malformed-in-Ready 4.1.1/RSET-malformed-in-MailGiven "
            + "4.1.1/RSET-malformed-in-RecipientsGiven";

    private const string Mailboxes = "4.1.1.2/MAIL-without-brackets 4.1.1.3/RCPT-without-brackets";

    public static IReadOnlyList<KnownResult> Of(string peer) =>
        [
            .. OfCommands(peer),
            .. KnownWireDeviations
                .Of(peer is PeerNames.PostfixSubmission ? PeerNames.Postfix : peer)
                .Select(wire => new KnownResult(wire.Verdict, wire.Case["rfc5321/".Length..], $"On the wire: it {wire.Does}.")),
        ];

    private static KnownResult[] OfCommands(string peer) =>
        peer switch
        {
            PeerNames.Postfix => [EarlyMail, LenientQuit, Brackets, Colon, Relaying, NoMailbox],
            PeerNames.PostfixSubmission => [.. OfCommands(PeerNames.Postfix), Strangers],
            PeerNames.PostfixStrict => [LenientQuit, Colon, Relaying, NoMailbox],
            PeerNames.Exim => Exim,
            PeerNames.Aiosmtpd => [.. Aiosmtpd, MailboxBrackets, Colon, Relaying, NoPostmaster, NoPostmasterInLowerCase],
            PeerNames.Nodemailer =>
            [
                .. Nodemailer,
                Colon,
                LenientQuit,
                LenientRset,
                LenientData,
                Relaying,
                NoPostmaster,
                NoPostmasterInLowerCase,
            ],
            PeerNames.SmtpSink => [.. Sink, EarlyMail, LenientQuit, LenientRset, LenientData, Brackets, Colon],
            _ => throw new ArgumentException($"nothing is known of '{peer}'", nameof(peer)),
        };

    private static KnownResult EarlyMail { get; } =
        new(
            CaseVerdict.NonStrict,
            "4.1.4/MAIL-out-of-order-in-Connected",
            "It begins a transaction though neither EHLO nor HELO was sent. 4.1.1.1 and 4.1.4 bind the client; 503 is a MUST for what "
                + "cannot be processed (see the doubts of the profile). Postfix refuses once smtpd_helo_required is set."
        );

    private static KnownResult Strangers { get; } =
        new(
            CaseVerdict.NonStrict,
            "4.1.4/VRFY-in-Connected 4.2.1/VRFY-refused-in-Connected",
            "Before a login VRFY draws 554, as RCPT does. 4.3.2 has no 554 for VRFY; RFC 4954 6 has 530 for whom is not logged in, which "
                + "Postfix says nowhere."
        );

    private static KnownResult NoMailbox { get; } =
        new(
            CaseVerdict.NonStrict,
            "4.1.4/MAIL-malformed-in-Ready 4.2.1/RCPT-malformed-in-MailGiven",
            "A path whose local part is none by the grammar of 4.1.2 is accepted: it begins with a dot, or there is nothing before the at "
                + "sign. 4.1.4 has 501 for an argument that is not acceptable; a server may find it so."
        );

    private static KnownResult LenientQuit { get; } =
        new(
            CaseVerdict.NonStrict,
            Quit,
            "QUIT with an argument draws 221. 4.1.1: servers SHOULD reject RSET, DATA and QUIT with parameters."
        );

    private static KnownResult LenientRset { get; } =
        new(CaseVerdict.NonStrict, Rset, "RSET with an argument draws 250. 4.1.1: servers SHOULD reject it.");

    private static KnownResult LenientData { get; } =
        new(
            CaseVerdict.NonStrict,
            "4.1.1/DATA-malformed-in-RecipientsGiven",
            "DATA with an argument draws 354. 4.1.1: servers SHOULD reject it."
        );

    private static KnownResult MailboxBrackets { get; } =
        new(
            CaseVerdict.NonStrict,
            Mailboxes,
            "A path without angle brackets is accepted. The grammar of 4.1.1.2 and 4.1.2 has none; a server that is lenient here breaks "
                + "no MUST."
        );

    private static KnownResult Brackets { get; } = MailboxBrackets with
    {
        Cases = $"{Mailboxes} 4.1.1.3/RCPT-Postmaster-without-brackets",
    };

    private static KnownResult Colon { get; } =
        new(
            CaseVerdict.NonStrict,
            "3.3/MAIL-with-blank-behind-the-colon 3.3/RCPT-with-blank-behind-the-colon",
            "A blank between the colon and the path is accepted. 3.3: spaces are not permitted on either side of the colon; a server is "
                + "nowhere told to refuse them."
        );

    private static KnownResult Relaying { get; } =
        new(
            CaseVerdict.NonStrict,
            "4.2.1/RCPT-refused-in-MailGiven 4.2.1/RCPT-refused-in-RecipientsGiven",
            "A recipient elsewhere is refused with 554. 4.3.2 has 550 and others for RCPT, not 554; it is a refusal all the same, and the "
                + "state stays."
        );

    private static KnownResult NoPostmaster { get; } =
        new(
            CaseVerdict.Fail,
            "4.5.1/RCPT-Postmaster",
            "Postmaster without a domain is refused with 554: so its handler in tests/peers decides, which takes example.test only, and "
                + "not the server. 2.3.5: it MUST be accepted, 4.5.1: it MUST be supported."
        );

    private static KnownResult NoPostmasterInLowerCase { get; } =
        new(CaseVerdict.NonStrict, "4.5.1/RCPT-postmaster-in-lower-case", "As Postmaster, and told there.");

    private static readonly KnownResult[] Exim =
    [
        Brackets,
        Colon,
        new(
            CaseVerdict.NonStrict,
            "4.1.1.11/MAIL-with-unknown-parameter 4.1.1.11/RCPT-with-unknown-parameter",
            "A parameter it does not know draws 501. 4.1.1.11 has 555."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.1.4/MAIL-malformed-in-Ready 4.2.1/RCPT-malformed-in-MailGiven 4.2.1/RCPT-malformed-in-RecipientsGiven",
            "MAIL and RCPT alone draw 500: it looks for \"MAIL FROM:\" as one word. 4.1.4 has 501 for an argument that is not acceptable."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.2.1/EXPN-malformed-in-Connected 4.2.1/EXPN-malformed-in-Ready 4.2.1/EXPN-malformed-in-MailGiven "
                + "4.2.1/EXPN-malformed-in-RecipientsGiven",
            "EXPN alone draws 250 with what it makes of an empty name. The grammar of 4.1.1.7 has a string there; 501 is the reply to a "
                + "command without its argument."
        ),
    ];

    private static readonly KnownResult[] Aiosmtpd =
    [
        new(
            CaseVerdict.NonStrict,
            "4.1.4/HELP-in-Connected 4.1.4/HELP-in-Ready 4.1.4/HELP-in-MailGiven 4.1.4/HELP-in-RecipientsGiven",
            "HELP draws 250. 4.3.2 has 211 and 214."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.1.4/MAIL-malformed-in-Ready 4.2.1/RCPT-malformed-in-MailGiven",
            "A path without its closing bracket is accepted. 4.1.4 has 501 for an argument that is not acceptable; a server may find it so."
        ),
    ];

    private static readonly KnownResult[] Nodemailer =
    [
        new(
            CaseVerdict.NonStrict,
            "4.1.1.11/MAIL-with-unknown-parameter 4.1.1.11/RCPT-with-unknown-parameter",
            "A parameter that it does not know is ignored: 250. 4.1.1.11 has 555."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.1.2/MAIL-with-quoted-local-part 4.1.2/RCPT-with-blank-in-quoted-local-part",
            "A quoted string with a blank for a local-part draws 501. 4.1.2 has it in the grammar; a server is nowhere told with a MUST "
                + "to take it."
        ),
    ];

    private static readonly KnownResult[] Sink =
    [
        new(
            CaseVerdict.NonStrict,
            "4.1.1.11/MAIL-with-unknown-parameter 4.1.1.11/RCPT-with-unknown-parameter",
            "It reads no parameters: 250. 4.1.1.11 has 555."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.1.4/MAIL-malformed-in-Ready 4.2.1/RCPT-malformed-in-MailGiven 4.2.1/RCPT-malformed-in-RecipientsGiven",
            "It reads no arguments: MAIL and RCPT alone draw 250. 4.1.4 has 501 for an argument that is not acceptable."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.1.4/HELO-malformed-in-Connected 4.1.4/HELO-malformed-in-Ready 4.1.4/HELO-malformed-in-MailGiven "
                + "4.1.4/HELO-malformed-in-RecipientsGiven 4.1.4/EHLO-malformed-in-Connected 4.1.4/EHLO-malformed-in-Ready "
                + "4.1.4/EHLO-malformed-in-MailGiven 4.1.4/EHLO-malformed-in-RecipientsGiven",
            "It reads no arguments: HELO and EHLO alone draw 250. The grammar of 4.1.1.1 has a name there."
        ),
        new(
            CaseVerdict.NonStrict,
            "4.2.1/VRFY-malformed-in-Connected 4.2.1/VRFY-malformed-in-Ready 4.2.1/VRFY-malformed-in-MailGiven "
                + "4.2.1/VRFY-malformed-in-RecipientsGiven",
            "It reads no arguments: VRFY alone draws 250. The grammar of 4.1.1.6 has a string there."
        ),
        new(
            CaseVerdict.NonStrict,
            "3.5.2/VRFY-names-the-mailbox",
            "VRFY draws 250 and no mailbox. 3.5.2 has the mailbox in the reply; 252 is for a server that does not verify."
        ),
    ];
}
