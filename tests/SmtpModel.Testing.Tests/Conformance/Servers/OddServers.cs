using static SmtpModel.Testing.Tests.Conformance.Servers.OddServer;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>Servers that were seen to be accused under a wrong rule, or not at all, each beside one that does nothing wrong.</summary>
internal static class OddServers
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(2);
    private static readonly int[] Limits = [3, 5, 7, 10];

    public static IReadOnlyList<OddServer> All => [.. Order, .. Refusals, .. Replies, .. Channel, .. Temporary, .. Prefixes, .. Data];

    private static IEnumerable<OddServer> Order =>
        [
            Of("a nested MAIL is let through once a recipient was given", "", (session, verb, line, right) =>
                {
                    session.Memory += verb == "RCPT" && session.From is not null ? 1 : 0;
                    return verb == "MAIL" && session is { From: not null, Memory: > 0 } ? session.Begin(PlantedFault.Path(line)) : right();
                })
                .With("4.1.4/MAIL-out-of-order-in-RecipientsGiven 4.1.4/again-in-MailGiven"),
            Of(
                "a second hello is refused unless the first had no name",
                // of EHLO that comes again the text names the codes (4.1.4), and of HELO it names none
                "4.1.4/EHLO-in-Ready 4.1.4/EHLO-in-MailGiven 4.1.4/EHLO-in-RecipientsGiven",
                (session, verb, line, right) =>
                {
                    if (verb is not ("HELO" or "EHLO"))
                    {
                        return right();
                    }

                    if (session is { IsGreeted: true, Memory: > 0 })
                    {
                        return "503 you said that";
                    }

                    session.Memory += line.Length > 4 ? 1 : 0;
                    return line.Length > 4 ? right() : session.Hello("none", MiniSession.LiteralOrDomain(), "250 mini.example.test");
                }
            ),
            Of(
                "a hello is refused in a transaction, and DATA needs no recipient",
                "3.3/DATA-out-of-order-in-MailGiven 4.1.4/EHLO-in-MailGiven 4.1.4/EHLO-in-RecipientsGiven",
                (session, verb, _, right) =>
                    verb is "HELO" or "EHLO" && session.From is not null ? "503 not now"
                    : verb == "DATA" && session.From is not null ? Reading(session)
                    : right()
            ),
            Of(
                "a hello is refused behind a recipient, and DATA needs none",
                "3.3/DATA-out-of-order-in-MailGiven 4.1.4/EHLO-in-RecipientsGiven",
                (session, verb, _, right) =>
                    verb is "HELO" or "EHLO" && session.To.Count > 0 ? "503 not now"
                    : verb == "DATA" && session.From is not null ? Reading(session)
                    : right()
            ),
            Of("RSET opens the session", "4.1.4/RSET-in-Connected", (session, verb, _, right) =>
            {
                session.IsGreeted |= verb == "RSET";
                return right();
            }),
            Of(
                "DATA is taken everywhere",
                "3.3/DATA-out-of-order-in-Connected 3.3/DATA-out-of-order-in-Ready 3.3/DATA-out-of-order-in-MailGiven",
                (session, verb, _, right) => verb == "DATA" ? Reading(session) : right()
            ),
            Of(
                "DATA is taken everywhere, and mail without a recipient refused",
                "",
                new Fault
                {
                    Line = (session, line, right) => MiniSession.Split(line).Verb == "DATA" ? Reading(session) : right(),
                    Data = (session, _, right) =>
                        session.To.Count > 0 ? right() : right().Replace("250 taken", "554 for nobody", StringComparison.Ordinal),
                }
            ),
        ];

    private static IEnumerable<OddServer> Refusals =>
        [
            Of("a hello without a name is accepted and does nothing", "", (session, verb, line, right) =>
                    line is "HELO" or "EHLO" ? "250 mini.example.test" : right()
                )
                .With("4.1.4/HELO-malformed-in-Connected 4.1.4/EHLO-malformed-in-RecipientsGiven"),
            Of("DATA without a recipient draws 554 and ends the transaction", "", (session, verb, _, right) =>
                verb == "DATA" && session is { From: not null, To.Count: 0 } ? session.Reset("554 no valid recipients") : right()
            ),
            Of("DATA draws 554 and ends the transaction", "", (session, verb, _, right) =>
                verb == "DATA" && session.From is not null ? session.Reset("554 failed") : right()
            ),
            Of(
                "DATA without a recipient draws 503 and ends the transaction",
                "3.3/DATA-out-of-order-in-MailGiven",
                (session, verb, _, right) =>
                    verb == "DATA" && session is { From: not null, To.Count: 0 } ? session.Reset("503 no") : right()
            ),
        ];

    private static IEnumerable<OddServer> Replies =>
        [
            Twice("NOOP draws two replies inside a transaction", (session, verb, right) =>
                verb == "NOOP" && session.From is not null ? "250 nothing\n250 done" : right()
            ),
            Twice("RCPT draws two replies behind another", (session, verb, right) =>
                verb == "RCPT" && session.To.Count > 0 ? right() + "\n250 and relayed" : right()
            ),
            Twice("VRFY draws another reply in Ready once it was looked up", (session, verb, right) =>
                verb == "VRFY" && session is { IsGreeted: true, From: null } ? "252 wait\n550 no" : right()
            ),
        ];

    private static IEnumerable<OddServer> Channel =>
        [
            Of(
                "an unknown command draws 500 and closes",
                "3.8/closing 3.8/unknown-commands-do-not-end-the-session",
                Unknown((session, reply) => Close(session, reply))
            ),
            Of(
                "an unknown command draws 221 and closes",
                "3.8/closing 3.8/unknown-commands-do-not-end-the-session",
                Unknown((session, _) => Close(session, "221 go away"))
            ),
            Of(
                "an unknown command draws 502 and closes in a transaction",
                "3.8/closing",
                Unknown((session, reply) => session.From is null ? reply : Close(session, "502 go away"))
            ),
            Of(
                "an unknown command draws 250 and closes behind a recipient",
                "3.8/closing",
                Unknown((session, reply) => session.To.Count == 0 ? reply : Close(session, "250 bye"))
            ),
            Of(
                "an unknown command is not answered and closes behind a recipient",
                "3.8/closing",
                Unknown((session, reply) => session.To.Count == 0 ? reply : Close(session, ""))
            ),
            Of("an unknown command draws 421 and closes", "", Unknown((session, _) => Close(session, "421 go away"))),
            .. Limits.Select(limit =>
                Of(
                    $"{limit} unknown commands close the channel",
                    "3.8/ten-unknown-commands-do-not-end-the-session",
                    Unknown((session, reply) => ++session.Memory >= limit ? Close(session, reply) : reply)
                )
            ),
            Of(
                "the tenth unknown command draws 421",
                "",
                Unknown((session, reply) => ++session.Memory >= 10 ? Close(session, "421 that is enough") : reply)
            ),
            Of(
                "the 25th unknown command closes the channel",
                "",
                Unknown((session, reply) => ++session.Memory >= 25 ? Close(session, reply) : reply)
            ),
            Of("RCPT closes the channel in a second transaction", "3.8/closing", (session, verb, _, right) =>
                (session.Memory += verb == "MAIL" ? 1 : 0) > 1 && verb == "RCPT" ? Close(session, "") : right()
            ),
            Of(
                "the third transaction of a session is not begun",
                "4.1.4/again-in-Ready 4.1.4/again-in-MailGiven 4.1.4/again-in-RecipientsGiven",
                (session, verb, _, right) =>
                    right() is var reply && verb == "MAIL" && reply[0] == '2' && ++session.Memory > 2 ? Close(session, "") : reply
            ),
            Of("the eighth command closes the channel", "3.8/closing", (session, _, _, right) =>
                session.Commands >= 8 ? Close(session, "") : right()
            ),
            Of(
                "a second MAIL draws 421 every time",
                "4.1.4/MAIL-out-of-order-in-MailGiven 4.1.4/MAIL-out-of-order-in-RecipientsGiven",
                (session, verb, _, right) => verb == "MAIL" && session.From is not null ? Close(session, "421 enough") : right()
            ),
            Of("DATA without a recipient draws 421 every time", "", (session, verb, line, right) =>
                    line == "DATA" && session is { From: not null, To.Count: 0 } ? Close(session, "421 enough") : right()
                )
                .With("3.3/DATA-out-of-order-in-MailGiven"),
            Of("the first bare MAIL of a session draws 421", "4.1.4/MAIL-malformed-in-Ready", (session, _, line, right) =>
                line == "MAIL" && session is { IsGreeted: true, From: null } ? Close(session, "421 go away") : right()
            ),
        ];

    private static IEnumerable<OddServer> Temporary =>
        [
            Of("the null reverse-path draws 451 for good", "", (session, _, line, right) =>
                    line.EndsWith("FROM:<>", StringComparison.OrdinalIgnoreCase) && session is { IsGreeted: true, From: null }
                        ? "451 later"
                        : right()
                )
                .With("4.5.5/MAIL-with-null-reverse-path"),
            Of("Postmaster draws 451 for good", "", (session, _, line, right) =>
                    line.Contains("<postmaster", StringComparison.OrdinalIgnoreCase) && session.From is not null ? "451 later" : right()
                )
                .With("4.5.1/RCPT-Postmaster 4.5.1/RCPT-postmaster-at-domain"),
            Of("a quoted local-part draws 451 for good", "", (session, _, line, right) =>
                    line.Contains('"', StringComparison.Ordinal) && session.IsGreeted ? "451 later" : right()
                )
                .With("4.1.2/MAIL-with-quoted-local-part 4.1.2/RCPT-with-quoted-local-part"),
            Of("every sender draws 451", "", (session, verb, _, right) =>
                verb == "MAIL" && session is { IsGreeted: true, From: null } ? "451 later" : right()
            ),
        ];

    // once a session is open its first letters are enough for a command
    private static IEnumerable<OddServer> Prefixes =>
    [
        Prefix("DATA", "4.2.4/unknown-line-in-RecipientsGiven"),
        Prefix("RSET", "4.2.4/unknown-line-in-MailGiven 4.2.4/unknown-line-in-RecipientsGiven"),
        Prefix("QUIT", "3.8/closing"),
        Prefix("NOOP", "").With("4.2.4/unknown-line-in-Ready 4.2.4/unknown-line-in-MailGiven 4.2.4/unknown-line-in-RecipientsGiven"),
    ];

    private static IEnumerable<OddServer> Data =>
    [
        Within("a line of a dot and a blank ends the data", "4.1.1.4/dot-and-blank-does-not-end-the-data", line => line == ". "),
        Within("a line that begins with a dot ends the data", "4.5.2/dot-and-text-do-not-end-the-data", line => line.StartsWith('.')),
        Within("a line of two dots ends the data", "4.5.2/doubled-dots-do-not-end-the-data", line => line == ".."),
        Within("a line of three dots ends the data", "4.5.2/three-dots-do-not-end-the-data", line => line == "..."),
    ];

    private static OddServer Prefix(string wanted, string fails) =>
        Of($"what begins with {wanted} is {wanted} once a session is open", fails, (session, verb, line, right) =>
            session.IsGreeted && verb.StartsWith(wanted, StringComparison.Ordinal) && verb.Length > 4 && verb == line
                ? session.Answer(wanted)
                : right()
        );

    private static OddServer Within(string name, string fails, Func<string, bool> isEnd) =>
        Of(name, fails, new Fault { Within = (session, line) => isEnd(line) ? session.EndData() : null });

    private static OddServer Twice(string name, Func<MiniSession, string, Func<string>, string> line) =>
        Of(
            name,
            "4.2/one-reply",
            new Fault { Pause = Between, Line = (session, text, right) => line(session, MiniSession.Split(text).Verb, right) }
        );

    // commands that are old and optional are answered as they should be
    private static Func<MiniSession, string, string, Func<string>, string> Unknown(Func<MiniSession, string, string> answer) =>
        (session, verb, _, right) =>
            verb is "SEND" or "SOML" or "SAML" or "TURN" ? "502 not here"
            : right() is var reply && reply.StartsWith("500 no", StringComparison.Ordinal) ? answer(session, reply)
            : reply;

    private static string Reading(MiniSession session)
    {
        session.IsReadingData = true;
        return "354 go ahead";
    }

    private static string Close(MiniSession session, string reply)
    {
        session.IsClosing = true;
        return reply;
    }
}
