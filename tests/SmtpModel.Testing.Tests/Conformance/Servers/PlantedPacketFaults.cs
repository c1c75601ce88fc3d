using static SmtpModel.Testing.Tests.Conformance.Servers.PlantedFault;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>Faults that are seen in lines and paths of a certain form, or when there is more than one of a kind.</summary>
internal static class PlantedPacketFaults
{
    private static readonly string[] Verbs = ["EHLO", "HELO", "RCPT", "DATA", "RSET", "QUIT"];

    public static IEnumerable<PlantedFault> All =>
        [
            With(
                "a packet of a dot and CRLF ends the mail data",
                "rfc5321/4.1.1.4/dot-of-a-sentence-in-two-packets",
                new() { Packet = (packet, isData) => isData && packet == ".\r\n" ? "\r\n.\r\n" : packet }
            ),
            With(
                "a dot at the end of a packet is a line of its own",
                "rfc5321/4.1.1.4/dot-before-text-in-two-packets",
                new()
                {
                    Packet = (packet, isData) => isData && packet.EndsWith("\n.", StringComparison.Ordinal) ? packet + "\r\n" : packet,
                }
            ),
            With(
                "the end of data is seen only at the end of a packet that has all of it",
                "rfc5321/2.4/",
                new() { Packet = (packet, isData) => isData && packet is ".\r\n" or "\r\n" or "\n" ? "" : packet }
            ),
            With(
                "what comes in the packet of QUIT is answered",
                "rfc5321/4.1.1.10/nothing-is-answered-in-the-packet-of-QUIT",
                new()
                {
                    Packet = (packet, isData) =>
                        !isData && packet.Contains("QUIT\r\nNOOP", StringComparison.Ordinal) ? "NOOP\r\nNOOP\r\nQUIT\r\n" : packet,
                }
            ),
            With(
                "mail data with a control character is refused",
                "rfc5321/4.1.1.4/control-characters-in-the-data",
                new()
                {
                    Data = (_, text, right) =>
                        right() is var reply && text.Contains('\a', StringComparison.Ordinal) ? "554 what is that" : reply,
                }
            ),
            With(
                "mail data that begins with an empty line is not ended by the dot behind it",
                "rfc5321/4.1.1.4/blank-line-and-dot-ends-the-data",
                new() { Packet = (packet, isData) => isData && packet == "\r\n.\r\n" ? "\r\n" : packet }
            ),
            OnLine("NUL in a path is left out", "rfc5321/4.1.2/NUL-in-a-domain", (session, verb, line, right) =>
                line.Contains('\0', StringComparison.Ordinal) && verb == "MAIL" && session is { IsGreeted: true, From: null }
                    ? session.Begin(Path(line))
                    : right()
            ),
            OnLine(
                "octets over 127 in a forward-path are accepted",
                "rfc5321/2.4/eight-bit-octets-in-a-forward-path",
                (session, verb, line, right) =>
                    verb == "RCPT" && session.From is not null && line.Any(octet => octet > 127) ? session.Add(Path(line)) : right()
            ),
            OnLine("RCPT with a long domain is a syntax error", "rfc5321/4.5.3.1.", (_, verb, line, right) =>
                verb == "RCPT" && line.Length > 200 ? "501 what is that" : right()
            ),
            OnLine("the third recipient is a syntax error", "rfc5321/4.5.3.1.8/third-recipient", (session, verb, _, right) =>
                verb == "RCPT" && session.To.Count == 2 ? "501 what is that" : right()
            ),
            With(
                "RCPT of the third transaction is a syntax error",
                "rfc5321/4.1.4/again-in-",
                new()
                {
                    Line = (session, line, right) =>
                        session.Memory > 1 && MiniSession.Split(line).Verb == "RCPT" ? "501 what is that" : right(),
                    Data = (session, _, right) =>
                    {
                        session.Memory++;
                        return right();
                    },
                }
            ),
            OnLine("an unknown parameter of RCPT is accepted", "rfc5321/4.1.1.11/RCPT", (session, verb, line, right) =>
                verb == "RCPT" && line.Contains("> ", StringComparison.Ordinal) && session.From is not null ? session.Add("<>") : right()
            ),
            OnLine(
                "RCPT TO:Postmaster without brackets is accepted",
                "rfc5321/4.1.1.3/RCPT-Postmaster-without-brackets",
                (session, _, line, right) => line == "RCPT TO:Postmaster" && session.From is not null ? session.Add("<>") : right()
            ),
            OnLine("a blank behind FROM: is accepted", "rfc5321/3.3/MAIL-with-blank", (session, verb, line, right) =>
                verb == "MAIL" && line.Contains(": <", StringComparison.Ordinal) && session is { IsGreeted: true, From: null }
                    ? session.Begin("<>")
                    : right()
            ),
            OnLine("a blank behind TO: is accepted", "rfc5321/3.3/RCPT-with-blank", (session, verb, line, right) =>
                verb == "RCPT" && line.Contains(": <", StringComparison.Ordinal) && session.From is not null ? session.Add("<>") : right()
            ),
            .. Verbs.Select(name =>
                OnLine(
                    $"{name} with a blank at its end is a syntax error",
                    $"rfc5321/4.1.1/{name}-with-blank-at-end",
                    (_, verb, line, right) => verb == name && line.EndsWith(' ') ? "501 what is that" : right()
                )
            ),
            OnLine(
                "the tag of an IPv6 literal is known in one spelling only",
                "rfc5321/4.1.3/EHLO-with-IPv6-literal-in-other-letters",
                (_, _, line, right) => line.Contains("[ipV6:", StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine(
                "an IPv6 literal that ends as IPv4 is malformed",
                "rfc5321/4.1.3/EHLO-with-IPv6-literal-that-ends-as-IPv4",
                (_, _, line, right) => line.EndsWith("192.0.2.1]", StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine(
                "a blank in a quoted local-part of RCPT is malformed",
                "rfc5321/4.1.2/RCPT-with-blank-in-quoted",
                (_, verb, line, right) => verb == "RCPT" && line.Contains("\"a ", StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine("a quoted pair is malformed", "rfc5321/4.1.2/RCPT-with-quoted-pair", (_, _, line, right) =>
                line.Contains('\\', StringComparison.Ordinal) ? "501 what is that" : right()
            ),
            OnLine("EXPN draws 250 without a mailbox", "rfc5321/3.5.2/EXPN-names-the-mailboxes", (_, verb, line, right) =>
                verb == "EXPN" && line.Length > 5 ? "250 they are many" : right()
            ),
            ResettingAll(),
        ];

    private static PlantedFault ResettingAll()
    {
        var all = new System.Collections.Concurrent.ConcurrentBag<MiniSession>();
        return With("RSET aborts the transactions of all sessions", "rfc5321/4.1.1/RSET-in-another-session", new()
        {
            Greeting = session =>
            {
                all.Add(session);
                return "220 mini.example.test";
            },
            Line = (session, line, right) =>
            {
                foreach (var other in all.Where(_ => MiniSession.Split(line).Verb == "RSET"))
                {
                    other.Reset("");
                }

                return right();
            },
        });
    }
}
