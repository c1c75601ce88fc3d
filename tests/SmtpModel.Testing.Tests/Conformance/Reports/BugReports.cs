using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance.Reports;

/// <summary>Public reports of broken rules, each with a server of a few lines that behaves as it says.</summary>
internal static class BugReports
{
    public static IReadOnlyList<BugReport> All { get; } =
    [
        On("axllent/mailpit", 621, "MAIL before EHLO draws 250", "rfc5321/4.1.4/MAIL-out-of-order-in-Connected", EarlyMail),
        On("voodoodyne/subethasmtp", 2, "MAIL before EHLO is accepted", "rfc5321/4.1.4/MAIL-out-of-order-in-Connected", EarlyMail),
        On(
            "axllent/mailpit",
            623,
            "MAIL behind RCPT draws 250",
            "rfc5321/4.1.4/MAIL-out-of-order-in-RecipientsGiven",
            (session, verb, line, right) => verb == "MAIL" && session.To.Count > 0 ? session.Begin(PlantedFault.Path(line)) : right()
        ),
        On(
            "bruceg/nullmailer",
            99,
            "a second MAIL is accepted, and its reverse-path is the one that counts",
            "rfc5321/4.1.4/MAIL-out-of-order-in-MailGiven",
            (session, verb, line, right) =>
                verb == "MAIL" && session.From is not null ? Do("250 again", () => session.From = PlantedFault.Path(line)) : right()
        ),
        On(
            "alexbiehl/postie",
            10,
            "MAIL is accepted again, also behind RCPT, and the recipients are forgotten; the connection breaks at DATA behind a message",
            "rfc5321/4.1.4/MAIL-out-of-order rfc5321/3.8/closing",
            (session, verb, line, right) =>
                verb == "MAIL" && session.From is not null ? session.Begin(PlantedFault.Path(line))
                : verb == "DATA" && session is { Memory: > 0, From: null } ? Close(session)
                : right(),
            CountData
        ),
        On("OpenSMTPD/OpenSMTPD", 1147, "EHLO a second time draws 503", "rfc5321/4.1.4/EHLO-in-Ready", AgainRefused),
        On("inbucket/inbucket", 141, "EHLO a second time draws 503", "rfc5321/4.1.4/EHLO-in-Ready", AgainRefused),
        On("aio-libs/aiosmtpd", 78, "HELO or EHLO a second time is refused", "rfc5321/4.1.4/EHLO-in-Ready", AgainRefused),
        On("haraka/Haraka", 376, "HELO or EHLO a second time draws 503", "rfc5321/4.1.4/EHLO-in-Ready", AgainRefused),
        On("emersion/go-smtp", 281, "EHLO inside a transaction does not abort it", "rfc5321/4.1.4/EHLO", (session, verb, _, right) =>
            verb is "EHLO" && session.From is not null ? "250-mini.example.test\n250 HELP" : right()),
        On("OpenSMTPD/OpenSMTPD", 1149, "RSET before EHLO draws 503", "rfc5321/4.1.4/RSET-in-Connected", (session, verb, _, right) =>
            verb == "RSET" && !session.IsGreeted ? "503 5.5.1 Invalid command: Command not allowed at this point." : right()),
        On("mofux/mail-io", 1, "RSET forgets the EHLO", "rfc5321/4.1.1.5/RSET-in", Ungreet),
        On("mailhog/smtp", 4, "RSET forgets the EHLO", "rfc5321/4.1.1.5/RSET-in", Ungreet),
        On(
            "cosullivan/SmtpServer",
            59,
            "MAIL is refused with 553, and the transaction is open all the same",
            "rfc5321/4.1.4/MAIL-refused-in-Ready",
            (session, verb, line, right) =>
                right() is var reply && verb == "MAIL" && reply[0] == '2' && line.Contains("<>", StringComparison.Ordinal)
                    ? "553 mailbox name not allowed"
                    : reply
        ),
        On(
            "aio-libs/aiosmtpd",
            9,
            "behind too much mail data every line draws 552, and the end of data 250",
            "rfc5321/4.2/one-reply",
            (_, _, _, right) => right(),
            fault: new() { Within = (_, line) => line.Length > 0 ? "552 Error: Too much mail data" : null }
        ),
        On(
            "aio-libs/aiosmtpd",
            534,
            "replies in the middle of mail data: server and client are out of step",
            "rfc5321/4.2/one-reply",
            (_, _, _, right) => right(),
            isRead: false,
            fault: new()
            {
                Within = (_, line) => line.Contains(':', StringComparison.Ordinal) ? "500 Error: command not recognized" : null,
            }
        ),
        On(
            "OpenSMTPD/OpenSMTPD",
            1273,
            "replies in the middle of mail data: server and client are out of step",
            "rfc5321/4.2/one-reply",
            (_, _, _, right) => right(),
            isRead: false,
            fault: new() { Within = (_, line) => line.Length == 0 ? "550 5.7.1 Message is not RFC 2822 compliant" : null }
        ),
        On(
            "eventmachine/eventmachine",
            7,
            "MAIL behind a finished message is refused",
            "rfc5321/4.1.4/end-of-data rfc5321/4.1.1.4/",
            (session, verb, _, right) =>
                verb == "MAIL" && session.Memory > 0 ? "503 MAIL already given"
                : verb is "RSET" or "EHLO" or "HELO" ? Do(right(), () => session.Memory = 0)
                : right(),
            CountData
        ),
        On(
            "chrj/smtpd",
            44,
            "502 where the RFC has 500, 501 and 503",
            "rfc5321/3.3/RCPT-out-of-order rfc5321/4.1.4/MAIL-out-of-order",
            (_, _, _, right) => right() is var reply && reply[..3] is "500" or "501" or "503" ? "502" + reply[3..] : reply
        ),
        On(
            "aio-libs/aiosmtpd",
            563,
            "MAIL without angle brackets draws 250",
            "rfc5321/4.1.1.2/MAIL-without-brackets",
            (session, verb, line, right) =>
                verb == "MAIL"
                && !line.Contains('<', StringComparison.Ordinal)
                && line.Contains('@', StringComparison.Ordinal)
                && session is { IsGreeted: true, From: null }
                    ? session.Begin(PlantedFault.Path(line))
                    : right()
        ),
        On(
            "hmailserver/hmailserver",
            604,
            "RSET before EHLO counts as a greeting",
            "rfc5321/4.1.4/RSET-in-Connected",
            (session, verb, _, right) => verb == "RSET" ? Do(right(), () => session.IsGreeted = true) : right()
        ),
    ];

    private static Func<MiniSession, Func<string>, string> CountData => (session, right) => Do(right(), () => session.Memory++);

    private static BugReport On(
        string project,
        int number,
        string what,
        string cases,
        Func<MiniSession, string, string, Func<string>, string> line,
        Func<MiniSession, Func<string>, string>? data = null,
        bool isRead = true,
        Fault? fault = null
    ) =>
        new(
            project,
            number,
            what,
            isRead,
            cases.Split(' '),
            (fault ?? new Fault()) with
            {
                Line = (session, text, right) => line(session, MiniSession.Split(text).Verb, text, right),
                Data = (session, _, right) => data is null ? right() : data(session, right),
            }
        );

    private static string EarlyMail(MiniSession session, string verb, string line, Func<string> right) =>
        verb == "MAIL" && session is { IsGreeted: false, From: null } ? session.Begin(PlantedFault.Path(line)) : right();

    private static string AgainRefused(MiniSession session, string verb, string line, Func<string> right) =>
        verb is "EHLO" or "HELO" && session.IsGreeted ? "503 Duplicate HELO/EHLO" : right();

    private static string Ungreet(MiniSession session, string verb, string line, Func<string> right) =>
        verb == "RSET" ? Do(right(), () => session.IsGreeted = false) : right();

    private static string Close(MiniSession session)
    {
        session.IsClosing = true;
        return "";
    }

    private static string Do(string reply, Action action)
    {
        action();
        return reply;
    }
}
