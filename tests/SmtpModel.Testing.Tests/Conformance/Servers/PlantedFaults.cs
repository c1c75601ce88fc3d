using static SmtpModel.Testing.Tests.Conformance.Servers.PlantedFault;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>Servers with one fault each, as somebody might plant them who knows RFC 5321 and not this project.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<PlantedFault> All =>
        [
            .. Order,
            .. Refusals,
            .. Buffers,
            .. Replies,
            .. Codes,
            .. Arguments,
            .. Channel,
            .. Wire,
            .. PlantedOfferFaults.All,
            .. PlantedPacketFaults.All,
        ];

    // faults that are seen only octet by octet, or in a long session
    private static IEnumerable<PlantedFault> Wire =>
        [
            With(
                "the mail data ends with a line of a dot and a blank",
                "rfc5321/4.1.1.4/ rfc5321/4.5.2/",
                new() { Within = (session, line) => line == ". " ? session.EndData() : null }
            ),
            OnLine("a command line of 512 octets is refused", "rfc5321/4.5.3.1.4/", (_, _, line, right) =>
                line.Length > 400 ? "500 line too long" : right()
            ),
            OnLine("the second RSET of a session draws 503", "rfc5321/4.1.4/again-in-Ready", (session, verb, _, right) =>
                verb == "RSET" && session.Memory++ > 0 ? "503 you did that" : right()
            ),
            OnLine("behind three RSETs MAIL draws 503", "rfc5321/4.1.4/again-in-", (session, verb, _, right) =>
                (session.Memory += verb == "RSET" ? 1 : 0) > 2 && verb == "MAIL" ? "503 that is enough" : right()
            ),
            OnLine("EHLO behind HELO draws 503", "rfc5321/4.1.4/again-in-Ready", (session, verb, _, right) =>
                (session.Memory += verb == "HELO" ? 1 : 0) > 0 && verb == "EHLO" ? "503 you said HELO" : right()
            ),
            With(
                "a second MAIL is accepted once a message was taken",
                "rfc5321/4.1.4/again-in-MailGiven",
                new()
                {
                    Line = (session, line, right) =>
                        session is { Memory: > 0, From: not null } && MiniSession.Split(line).Verb == "MAIL"
                            ? session.Begin(Path(line))
                            : right(),
                    Data = (session, _, right) =>
                    {
                        session.Memory++;
                        return right();
                    },
                }
            ),
            With(
                "DATA draws 503 once a message was taken",
                "rfc5321/4.1.4/again-in-RecipientsGiven",
                new()
                {
                    Line = (session, line, right) =>
                        session.Memory > 0 && MiniSession.Split(line).Verb == "DATA" ? "503 one is enough" : right(),
                    Data = (session, _, right) =>
                    {
                        session.Memory++;
                        return right();
                    },
                }
            ),
            With(
                "RSET in the mail data ends the transaction",
                "rfc5321/4.1.1.4/commands-do-not-end-the-data",
                new() { Within = (session, line) => line == "RSET" ? session.EndData() : null }
            ),
            With(
                "a message of more than 10000 octets is refused",
                "rfc5321/4.5.3.1.7/",
                new() { Data = (_, text, right) => right() is var reply && text.Length > 10_000 ? "552 too much" : reply }
            ),
            On("HELO", "HELO draws what EHLO draws", "rfc5321/3.2/", (session, right) =>
                right().Replace("250 mini.example.test", "250-mini.example.test\n250 HELP", StringComparison.Ordinal)
            ),
            On("EHLO", "the reply to EHLO has no name in it", "rfc5321/4.1.1.1/reply-to-EHLO", (session, right) =>
                right().Replace("mini.example.test", "", StringComparison.Ordinal)
            ),
            With("the greeting has no name in it", "rfc5321/4.2/greeting-names-the-server", new() { Greeting = _ => "220 " }),
            OnLine("VRFY draws 250 without a mailbox", "rfc5321/3.5.2/", (_, _, _, right) =>
                right().Replace("252 try and see", "250 fine", StringComparison.Ordinal)
            ),
            With(
                "after a greeting of 421 the session goes on",
                "rfc5321/3.8/closes-after-421",
                new() { Greeting = _ => "421 no service" }
            ),
            OnLine("the fourth recipient draws 503", "rfc5321/4.5.3.1.8/", (session, verb, _, right) =>
                verb == "RCPT" && session.To.Count >= 3 ? "503 enough" : right()
            ),
            OnLine("DATA draws 503 behind four recipients", "rfc5321/4.5.3.1.8/", (session, verb, _, right) =>
                verb == "DATA" && session.To.Count > 3 ? "503 too many" : right()
            ),
            OnLine("the hundredth recipient is refused", "rfc5321/4.5.3.1.8/", (session, verb, _, right) =>
                verb == "RCPT" && session.To.Count >= 50 ? "452 too many" : right()
            ),
        ];

    private static IEnumerable<PlantedFault> Order =>
        [
            On("MAIL", "MAIL before EHLO is accepted", "rfc5321/4.1.4/MAIL-out-of-order-in-Connected", (session, right) =>
                session.IsGreeted ? right() : session.Begin("<>")
            ),
            On("RCPT", "RCPT before MAIL is accepted", "rfc5321/3.3/RCPT-out-of-order", (session, right) =>
                session.IsGreeted && session.From is null ? session.Add("<>") : right()
            ),
            On("DATA", "DATA without a recipient draws 354 and the mail is taken", "rfc5321/3.3/DATA", (session, right) =>
                session.From is null ? right() : Reading(session)
            ),
            On("DATA", "DATA without a transaction draws 250", "rfc5321/3.3/DATA", (session, right) =>
                session.From is null ? "250 fine" : right()
            ),
            OnLine(
                "a second MAIL is accepted",
                "rfc5321/4.1.4/MAIL-out-of-order-in-MailGiven rfc5321/4.1.4/MAIL-out-of-order-in-RecipientsGiven",
                (session, verb, line, right) => verb == "MAIL" && session.From is not null ? session.Begin(Path(line)) : right()
            ),
            OnLine(
                "MAIL after RCPT is accepted and forgets the recipients",
                "rfc5321/4.1.4/MAIL-out-of-order-in-RecipientsGiven",
                (session, verb, line, right) => verb == "MAIL" && session.To.Count > 0 ? session.Begin(Path(line)) : right()
            ),
            On("EHLO", "EHLO a second time draws 503", "rfc5321/4.1.4/EHLO", (session, right) =>
                session.IsGreeted ? "503 you said that" : right()
            ),
            On("HELO", "HELO behind EHLO draws 503", "rfc5321/4.1.4/HELO", (session, right) =>
                session.IsGreeted ? "503 you said that" : right()
            ),
            On("EHLO", "EHLO inside a transaction draws 503", "rfc5321/4.1.4/EHLO", (session, right) =>
                session.From is null ? right() : "503 not now"
            ),
            On("RSET", "RSET before EHLO draws 503", "rfc5321/4.1.4/RSET-in-Connected", (session, right) =>
                session.IsGreeted ? right() : "503 EHLO first"
            ),
            On("NOOP", "NOOP before EHLO draws 503", "rfc5321/4.1.4/NOOP-in-Connected", (session, right) =>
                session.IsGreeted ? right() : "503 EHLO first"
            ),
            On("VRFY", "VRFY inside a transaction draws 503", "rfc5321/4.1.4/VRFY", (session, right) =>
                session.From is null ? right() : "503 not now"
            ),
            On("NOOP", "NOOP inside a transaction draws 503", "rfc5321/4.1.4/NOOP", (session, right) =>
                session.From is null ? right() : "503 not now"
            ),
            On("QUIT", "QUIT inside a transaction draws 503", "rfc5321/4.1.1.10/QUIT", (session, right) =>
                session.From is null ? right() : "503 not now"
            ),
            On("QUIT", "QUIT before EHLO draws 503", "rfc5321/4.1.1.10/QUIT", (session, right) =>
                session.IsGreeted ? right() : "503 EHLO first"
            ),
            On(
                "MAIL",
                "only one transaction in a session",
                "rfc5321/4.1.1.4/ rfc5321/4.1.4/",
                (session, right) => session.Memory > 0 ? "503 one is enough" : right(),
                data: (session, right) =>
                {
                    session.Memory++;
                    return right();
                }
            ),
            On("RSET", "RSET drops the greeting too", "rfc5321/4.1.1.5/RSET", (session, right) =>
            {
                session.IsGreeted = false;
                return right();
            }),
            On("RSET", "RSET counts as a greeting", "rfc5321/4.1.4/RSET-in-Connected", (session, right) =>
            {
                session.IsGreeted = true;
                return right();
            }),
            On("HELO", "HELO does not open the session", "rfc5321/4.1.4/HELO-in-Connected rfc5321/4.1.1.1/HELO", (session, right) =>
            {
                var was = session.IsGreeted;
                var reply = right();
                session.IsGreeted = was;
                return reply;
            }),
            On("NOOP", "NOOP counts as a greeting", "rfc5321/4.1.4/NOOP-in-Connected", (session, right) =>
            {
                session.IsGreeted = true;
                return right();
            }),
            On("RCPT", "one recipient is all that is taken", "rfc5321/4.1.4/RCPT-in-RecipientsGiven", (session, right) =>
                session.To.Count > 0 ? "503 one is enough" : right()
            ),
        ];

    private static IEnumerable<PlantedFault> Refusals =>
        [
            OnLine("a refused MAIL opens a transaction", "rfc5321/4.1.4/MAIL", (session, verb, _, right) =>
                (session.IsGreeted, session.From) is var before
                && right() is var reply
                && verb == "MAIL"
                && before is (true, null)
                && reply[0] == '5'
                    ? Do(reply, () => session.From = "<>")
                    : reply
            ),
            OnLine(
                "a MAIL that is refused for its parameter opens a transaction",
                "rfc5321/4.1.4/MAIL-refused-in-Ready",
                (session, verb, _, right) =>
                    (session.IsGreeted, session.From) is var before
                    && right() is var reply
                    && verb == "MAIL"
                    && before is (true, null)
                    && reply.StartsWith("555", StringComparison.Ordinal)
                        ? Do(reply, () => session.From = "<>")
                        : reply
            ),
            OnLine(
                "a RCPT that is refused for its parameter counts as a recipient",
                "rfc5321/4.2.1/RCPT-refused-in-MailGiven",
                (session, verb, _, right) =>
                    right() is var reply && verb == "RCPT" && reply.StartsWith("555", StringComparison.Ordinal)
                        ? Do(reply, () => session.To.Add("<>"))
                        : reply
            ),
            OnLine("a refused RCPT counts as a recipient", "rfc5321/4.2.1/RCPT-refused-in-MailGiven", (session, verb, _, right) =>
                right() is var reply && verb == "RCPT" && reply.StartsWith("550", StringComparison.Ordinal)
                    ? Do(reply, () => session.To.Add("<>"))
                    : reply
            ),
            OnLine("a refused RCPT ends the transaction", "rfc5321/4.2.1/RCPT-refused", (session, verb, _, right) =>
                right() is var reply && verb == "RCPT" && reply.StartsWith("550", StringComparison.Ordinal) ? session.Reset(reply) : reply
            ),
            OnLine("a malformed RCPT ends the transaction", "rfc5321/4.2.1/RCPT-malformed", (session, verb, _, right) =>
                right() is var reply && verb == "RCPT" && reply.StartsWith("501", StringComparison.Ordinal) ? session.Reset(reply) : reply
            ),
            OnLine("an unknown command ends the transaction", "rfc5321/4.2.4/unknown-line", (session, _, _, right) =>
                right() is var reply && reply.StartsWith("500", StringComparison.Ordinal) ? session.Reset(reply) : reply
            ),
            OnLine("a nested MAIL is refused and ends the transaction", "rfc5321/4.1.4/MAIL-out-of-order", (session, verb, _, right) =>
                verb == "MAIL" && session.From is not null ? session.Reset("503 no") : right()
            ),
            OnLine(
                "DATA without recipients is refused and ends the transaction",
                "rfc5321/3.3/DATA-out-of-order-in-MailGiven",
                (session, verb, _, right) =>
                    verb == "DATA" && session is { From: not null, To.Count: 0 } ? session.Reset("503 no") : right()
            ),
            OnLine("a refused EHLO ends the greeting", "rfc5321/4.1.4/EHLO-malformed", (session, verb, _, right) =>
                right() is var reply && verb == "EHLO" && reply[0] == '5' ? Do(reply, () => session.IsGreeted = false) : reply
            ),
            OnLine("a malformed EHLO opens the session", "rfc5321/4.1.4/EHLO-malformed", (session, verb, _, right) =>
                right() is var reply && verb == "EHLO" && reply[0] == '5' ? Do(reply, () => session.IsGreeted = true) : reply
            ),
            OnLine("a malformed MAIL is answered with 250", "rfc5321/4.1.4/MAIL-malformed", (session, verb, line, right) =>
                verb == "MAIL" && line.EndsWith("<a@example.test", StringComparison.Ordinal) && session is { IsGreeted: true, From: null }
                    ? session.Begin("<>")
                    : right()
            ),
        ];

    private static IEnumerable<PlantedFault> Buffers =>
        [
            On("RSET", "RSET keeps the reverse-path", "rfc5321/4.1.1.5/RSET", (session, right) =>
            {
                session.To.Clear();
                return "250 reset";
            }),
            On(
                "RSET",
                "RSET keeps the recipients for the next transaction",
                "rfc5321/4.1.1.5/RSET",
                (session, right) =>
                {
                    Keep(session);
                    session.From = null;
                    return "250 reset";
                },
                restore: true
            ),
            On("EHLO", "EHLO keeps the transaction", "rfc5321/4.1.4/EHLO", (session, right) =>
            {
                var (from, to) = (session.From, session.To.ToList());
                var reply = right();
                session.From = from;
                session.To.AddRange(to);
                return reply;
            }),
            On(
                "EHLO",
                "EHLO keeps the recipients for the next transaction",
                "rfc5321/4.1.4/EHLO",
                (session, right) =>
                {
                    Keep(session);
                    return right();
                },
                restore: true
            ),
            On("HELO", "HELO keeps the transaction", "rfc5321/4.1.4/HELO", (session, right) =>
            {
                var (from, to) = (session.From, session.To.ToList());
                var reply = right();
                session.From = from;
                session.To.AddRange(to);
                return reply;
            }),
            With(
                "the end of data keeps the transaction",
                "rfc5321/4.1.1.4/",
                new()
                {
                    Data = (session, _, _) =>
                    {
                        session.IsReadingData = false;
                        return "250 taken";
                    },
                }
            ),
            With(
                "the end of data keeps the recipients for the next transaction",
                "rfc5321/4.1.1.4/",
                new()
                {
                    Data = (session, _, right) =>
                    {
                        Keep(session);
                        return right();
                    },
                    Line = (session, line, right) => Restore(session, line, right),
                }
            ),
            On("NOOP", "NOOP ends the transaction", "rfc5321/4.1.1.9/NOOP-keeps", (session, right) => session.Reset(right())),
            On("VRFY", "VRFY ends the transaction", "rfc5321/4.1.1.6/VRFY-keeps", (session, right) => session.Reset(right())),
            On("EXPN", "EXPN is refused and ends the transaction", "rfc5321/4.1.1.7/EXPN-keeps", (session, right) =>
                session.Reset(right())
            ),
            On("HELP", "HELP forgets the recipients", "rfc5321/4.1.1.8/HELP-keeps", (session, right) =>
            {
                session.To.Clear();
                return right();
            }),
            On("VRFY", "VRFY counts as a recipient", "rfc5321/4.1.4/VRFY", (session, right) =>
            {
                if (session.From is not null)
                {
                    session.To.Add("<>");
                }
                return right();
            }),
        ];

    private static IEnumerable<PlantedFault> Replies =>
        [
            On("MAIL", "MAIL draws two replies", "rfc5321/4.2/one-reply", (_, right) => right() + "\n250 and more"),
            On("NOOP", "NOOP draws no reply", "rfc5321/4.2/one-reply", (_, _) => ""),
            With("the end of data draws two replies", "rfc5321/4.2/one-reply", new() { Data = (_, _, right) => right() + "\n250 queued" }),
            With("the lines of mail data are answered", "rfc5321/4.2/one-reply", new() { Within = (_, _) => "250 go on" }),
            On("EHLO", "the lines of a reply differ in their code", "rfc5321/4.2/form-of-replies rfc5321/4.2.1/", (_, right) =>
                right().Replace("250 HELP", "251 HELP", StringComparison.Ordinal)
            ),
            On("EHLO", "the lines of a reply are separated by a blank", "rfc5321/4.2/", (_, right) =>
                right().Replace("250-", "250 ", StringComparison.Ordinal)
            ),
            On("EHLO", "the last line of a reply has a hyphen", "rfc5321/4.2/", (_, right) =>
                right().Replace("250 HELP", "250-HELP", StringComparison.Ordinal)
            ),
            With(
                "replies end with LF only",
                "rfc5321/4.2/form-of-replies",
                new() { Wire = reply => reply.Length == 0 ? "" : reply + "\n" }
            ),
            On("NOOP", "a reply is a code of two digits", "rfc5321/4.2/", (_, _) => "25 ok"),
            On("NOOP", "a reply's code is 650", "rfc5321/4.2/form-of-replies", (_, _) => "650 ok"),
            On("NOOP", "a reply's code is 150", "rfc5321/4.2/form-of-replies", (_, _) => "150 ok"),
            On("NOOP", "a reply has no code", "rfc5321/4.2/", (_, _) => "ok"),
            On("NOOP", "the code runs into the text", "rfc5321/4.2/form-of-replies", (_, _) => "250ok"),
            With("the greeting is 250", "rfc5321/3.1/greeting", new() { Greeting = _ => "250 mini.example.test" }),
            With(
                "there are two greetings",
                "rfc5321/4.2/one-reply rfc5321/3.1/greeting",
                new() { Greeting = _ => "220 mini.example.test\n220 really" }
            ),
        ];

    private static IEnumerable<PlantedFault> Codes =>
        [
            On("DATA", "DATA draws 250 instead of 354", "rfc5321/4.1.4/DATA-in-RecipientsGiven", (_, right) =>
                right().Replace("354", "250", StringComparison.Ordinal)
            ),
            On("QUIT", "QUIT draws 250", "rfc5321/4.1.1.10/QUIT", (_, right) => right().Replace("221", "250", StringComparison.Ordinal)),
            On("RSET", "RSET draws 220", "rfc5321/4.1.1.5/RSET", (_, right) => right().Replace("250", "220", StringComparison.Ordinal)),
            On("RSET", "RSET draws 502", "rfc5321/4.5.1/RSET-is-there", (_, _) => "502 no"),
            On("NOOP", "NOOP draws 500", "rfc5321/4.5.1/NOOP-is-there", (_, _) => "500 no such command"),
            On("HELO", "HELO draws 502", "rfc5321/4.5.1/HELO-is-there", (_, _) => "502 no"),
            On("VRFY", "VRFY draws 354", "rfc5321/4.1.4/VRFY", (_, _) => "354 go ahead"),
            On("RCPT", "RCPT draws 354", "rfc5321/4.1.4/RCPT", (_, right) => right().Replace("250", "354", StringComparison.Ordinal)),
            OnLine("an unknown command draws 250", "rfc5321/4.2.4/unknown-line", (_, _, _, right) =>
                right().Replace("500 no such command", "250 fine", StringComparison.Ordinal)
            ),
            OnLine("what is out of order draws 502", "rfc5321/4.1.4/ rfc5321/3.3/", (_, _, _, right) =>
                right().Replace("503", "502", StringComparison.Ordinal)
            ),
            OnLine("what is malformed draws 550", "rfc5321/4.1.4/MAIL-malformed rfc5321/4.2.1/", (_, _, _, right) =>
                right().Replace("501", "550", StringComparison.Ordinal)
            ),
        ];

    private static IEnumerable<PlantedFault> Arguments =>
        [
            OnLine("verbs in lower case are unknown", "rfc5321/2.4/", (session, _, line, right) =>
                char.IsLower(line.FirstOrDefault()) && line.Length > 3 ? "500 no such command" : right()
            ),
            OnLine("mail from: in lower case is malformed", "rfc5321/2.4/", (_, verb, line, right) =>
                verb == "MAIL" && line.Contains("from:", StringComparison.Ordinal) ? "501 MAIL FROM:" : right()
            ),
            OnLine("rcpt to: in lower case is malformed", "rfc5321/2.4/", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("to:", StringComparison.Ordinal) ? "501 RCPT TO:" : right()
            ),
            OnLine("the null reverse-path is malformed", "rfc5321/4.5.5/ rfc5321/4.1.1.2/", (_, verb, line, right) =>
                verb == "MAIL" && line.Contains("<>", StringComparison.Ordinal) ? "501 MAIL FROM:<path>" : right()
            ),
            OnLine("the null reverse-path opens no transaction", "rfc5321/4.5.5/ rfc5321/4.1.1.2/", (session, verb, line, right) =>
                verb == "MAIL" && line.EndsWith(":<>", StringComparison.Ordinal) && session is { IsGreeted: true, From: null }
                    ? "250 sender taken"
                    : right()
            ),
            OnLine("Postmaster without a domain is malformed", "rfc5321/4.5.1/", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("<postmaster>", StringComparison.OrdinalIgnoreCase) ? "501 RCPT TO:<path>" : right()
            ),
            OnLine("Postmaster without a domain is no user", "rfc5321/4.5.1/", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("<postmaster>", StringComparison.OrdinalIgnoreCase) ? "550 no such user" : right()
            ),
            OnLine("postmaster at a domain that takes mail is no user", "rfc5321/4.5.1/", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("<postmaster@", StringComparison.OrdinalIgnoreCase) ? "550 no such user" : right()
            ),
            OnLine("an address literal in EHLO is malformed", "rfc5321/4.1.1.1/ rfc5321/4.1.3/", (_, verb, line, right) =>
                verb == "EHLO" && line.Contains('[', StringComparison.Ordinal) ? "501 that is no name" : right()
            ),
            OnLine("a source route is malformed", "rfc5321/4.1.1.3/", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("<@", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)
                    ? "501 RCPT TO:<path>"
                    : right()
            ),
            OnLine("a quoted local-part is malformed", "rfc5321/4.1.2/", (_, _, line, right) =>
                line.Contains('"', StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine("MAIL without angle brackets is accepted", "rfc5321/4.1.1.2/ rfc5321/4.1.2/", (session, verb, line, right) =>
                verb == "MAIL"
                && !line.Contains('<', StringComparison.Ordinal)
                && line.Contains("FROM:", StringComparison.Ordinal)
                && line.Contains('@', StringComparison.Ordinal)
                && session is { IsGreeted: true, From: null }
                    ? session.Begin("<>")
                    : right()
            ),
            OnLine("the null reverse-path is refused", "rfc5321/4.5.5/", (session, verb, line, right) =>
                verb == "MAIL" && line.Contains("<>", StringComparison.Ordinal) && session.IsGreeted ? "550 no notices here" : right()
            ),
            OnLine("postmaster in lower case is no user", "rfc5321/4.5.1/RCPT-postmaster-in-lower-case", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("<postmaster>", StringComparison.Ordinal) ? "550 no such user" : right()
            ),
            OnLine("a local-part of all that an atom may have is malformed", "rfc5321/4.1.2/", (_, _, line, right) =>
                line.Contains('!', StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine("a domain in upper case is another one", "rfc5321/2.4/RCPT-with-domain-in-upper-case", (_, verb, line, right) =>
                verb == "RCPT" && line.Contains("@EXAMPLE", StringComparison.Ordinal) ? "550 not here" : right()
            ),
            OnLine("EHLO without an argument is accepted", "rfc5321/4.1.4/EHLO-malformed", (session, _, line, right) =>
                line == "EHLO" ? session.Hello("x", MiniSession.LiteralOrDomain(), "250 mini.example.test") : right()
            ),
            OnLine("RCPT TO:<> is accepted", "rfc5321/4.2.1/RCPT-malformed", (session, _, line, right) =>
                line.EndsWith("TO:<>", StringComparison.Ordinal) && session.From is not null ? session.Add("<>") : right()
            ),
            OnLine("VRFY without an argument is accepted", "rfc5321/4.2.1/VRFY-malformed", (_, _, line, right) =>
                line == "VRFY" ? "252 whoever that is" : right()
            ),
            OnLine("DATA with an argument is accepted", "rfc5321/4.1.1/DATA", (session, verb, line, right) =>
                verb == "DATA" && line.Length > 4 ? session.Data() : right()
            ),
            OnLine("RSET with an argument is accepted", "rfc5321/4.1.1/RSET", (session, verb, line, right) =>
                verb == "RSET" && line.Length > 4 ? session.Reset("250 reset") : right()
            ),
            OnLine("QUIT with an argument is accepted", "rfc5321/4.1.1/QUIT", (session, verb, line, right) =>
                verb == "QUIT" && line.Length > 4 ? session.Quit() : right()
            ),
            OnLine("NOOP with an argument is refused", "rfc5321/4.1.1.9/", (_, verb, line, right) =>
                verb == "NOOP" && line.Length > 4 ? "501 no argument here" : right()
            ),
            OnLine("a blank at the end of a line is refused", "rfc5321/4.1.1/", (_, _, line, right) =>
                line.EndsWith(' ') ? "501 what is that" : right()
            ),
            OnLine("an unknown parameter of MAIL is accepted", "rfc5321/4.1.1.11/", (session, verb, line, right) =>
                verb == "MAIL" && line.Contains("> ", StringComparison.Ordinal) && session is { IsGreeted: true, From: null }
                    ? session.Begin("<>")
                    : right()
            ),
            OnLine("an unknown parameter of MAIL draws 501", "rfc5321/4.1.1.11/", (_, _, _, right) =>
                right().Replace("555", "501", StringComparison.Ordinal)
            ),
        ];

    private static IEnumerable<PlantedFault> Channel =>
        [
            OnLine("the channel is closed after an unknown command", "rfc5321/3.8/closing", (session, _, _, right) =>
                right() is var reply && reply.StartsWith("500", StringComparison.Ordinal) ? Close(session, reply) : reply
            ),
            OnLine("the channel is closed after a refused RCPT", "rfc5321/3.8/closing", (session, verb, _, right) =>
                right() is var reply && verb == "RCPT" && reply.StartsWith("550", StringComparison.Ordinal) ? Close(session, reply) : reply
            ),
            OnLine("the channel is closed without a reply to an unknown command", "rfc5321/3.8/closing", (session, _, _, right) =>
                right() is var reply && reply.StartsWith("500", StringComparison.Ordinal) ? Close(session, "") : reply
            ),
            OnLine("the channel is closed after a nested MAIL", "rfc5321/3.8/closing", (session, verb, _, right) =>
                verb == "MAIL" && session.From is not null ? Close(session, "503 no") : right()
            ),
            With(
                "the channel is closed after a message",
                "rfc5321/3.8/closing",
                new() { Data = (session, _, right) => Close(session, right()) }
            ),
            On("QUIT", "the channel stays open behind QUIT", "rfc5321/4.1.1.10/nothing-is-answered-after-QUIT", (session, _) =>
            {
                session.IsDeaf = true;
                return "221 bye";
            }),
            On("QUIT", "QUIT closes without a reply", "rfc5321/4.1.1.10/QUIT", (session, _) => Close(session, "")),
            On("QUIT", "the session goes on after QUIT", "rfc5321/4.1.1.10/QUIT", (_, _) => "221 bye"),
            On("NOOP", "NOOP draws 421 and the session goes on", "rfc5321/3.8/closes-after-421", (_, _) => "421 closing"),
            With(
                "after a greeting of 554 the channel is closed at once",
                "rfc5321/3.1/ rfc5321/3.8/closing",
                new() { Greeting = session => Close(session, "554 no service") }
            ),
            With("after a greeting of 554 mail is taken all the same", "rfc5321/3.1/", new() { Greeting = _ => "554 no service" }),
        ];

    private static PlantedFault On(
        string verb,
        string name,
        string cases,
        Func<MiniSession, Func<string>, string> answer,
        Func<MiniSession, Func<string>, string>? data = null,
        bool restore = false
    )
    {
        var fault = PlantedFault.On(verb, name, cases, answer);
        var line = fault.Fault.Line;
        return fault with
        {
            Fault = fault.Fault with
            {
                Data = (session, _, right) => data is null ? right() : data(session, right),
                Line = restore ? (session, text, right) => Restore(session, text, () => line(session, text, right)) : line,
            },
        };
    }

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

    private static string Do(string reply, Action action)
    {
        action();
        return reply;
    }

    // the old recipients are there again as soon as the next transaction begins
    private static void Keep(MiniSession session) => session.Memory = session.To.Count;

    private static string Restore(MiniSession session, string line, Func<string> right)
    {
        var reply = right();
        if (MiniSession.Split(line).Verb == "MAIL" && reply.StartsWith('2') && session.Memory > 0)
        {
            session.To.Add("<old@example.test>");
            session.Memory = 0;
        }

        return reply;
    }
}
