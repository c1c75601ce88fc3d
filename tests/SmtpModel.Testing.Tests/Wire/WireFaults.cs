using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>A faulty server for every wire case.</summary>
internal static class WireFaults
{
    private static readonly string[] States = ["Connected", "Ready", "MailGiven", "RecipientsGiven", "ReceivingData"];

    private static readonly (string Name, string Octets)[] Ends =
    [
        ("LF-dot-LF", "\n.\n"), ("LF-dot-CRLF", "\n.\r\n"), ("CRLF-dot-LF", "\r\n.\n"),
        ("CR-dot-CR", "\r.\r"), ("CRLF-dot-CR", "\r\n.\r"), ("CR-CRLF-dot-CR-CRLF", "\r\r\n.\r\r\n"),
        ("dot-and-blank", "\r\n. \r\n"),
    ];

    /// <summary>The faulty servers that a profile's cases are to catch.</summary>
    public static IReadOnlyList<WireFault> All() =>
        [
            new("keywords-in-lower-case", "Knows keywords in capitals only.")
            {
                Command = line => Verb(line).All(char.IsAsciiLetterLower) && line.Length > 0 ? "X" : line,
            },
            new("keywords-in-mixed-case", "Knows keywords in capitals and in small letters, and in no mixture.")
            {
                Command = line => Verb(line).Any(char.IsAsciiLetterLower) && Verb(line).Any(char.IsAsciiLetterUpper) ? "X" : line,
            },
            new("empty-line", "Does not answer an empty line.") { Command = line => line.Length == 0 ? WireFault.Line.Swallow : line },
            new("unknown-commands-do-not-end-the-session", "Hangs up on a command that it does not know.")
            {
                Command = line => line.StartsWith('X') ? WireFault.Line.HangUp : line,
            },
            new("ten-unknown-commands-do-not-end-the-session", "Hangs up on the fifth command that it does not know.")
            {
                Command = Patient(4),
            },
            new("lines-that-are-no-words-do-not-end-the-session", "Hangs up on a line that does not begin with a letter.")
            {
                Command = line => line.Length > 0 && !char.IsAsciiLetter(line[0]) ? WireFault.Line.HangUp : line,
            },
            new("eight-bit-octets-in-a-path", "Takes the high bit off.")
            {
                Command = line => string.Concat(line.Select(octet => (char)(octet & 127))),
            },
            new("bare-LF-does-not-end-a-command", "Takes an LF for the end of a line.")
            {
                Chunk = (text, isData) => isData ? text : Regex.Replace(text, "(?<!\r)\n", "\r\n"),
            },
            new("bare-CR-does-not-end-a-command", "Takes a CR for the end of a line.")
            {
                Chunk = (text, isData) => isData ? text : Regex.Replace(text, "\r(?!\n)", "\r\n"),
            },
            new("nothing-is-done-before-CRLF", "Takes what one read brings for a line.") { Chunk = AsLine },
            new("NUL-in-a-command", "Takes a NUL for the end of a line.")
            {
                Chunk = (text, _) => text.Replace("\0", "\r\n", StringComparison.Ordinal),
            },
            new("command-line-of-512-octets", "Has room for 500 octets of a command line.")
            {
                Command = line => line.Length + 2 > 500 ? "X" : line,
            },
            new("command-line-over-the-limit", "Has room for 2000 octets of a command line, and takes the rest for another.")
            {
                Command = line => line.Length > 2000 ? "X\r\nX" : line,
            },
            new("domain-of-64-octets", "Has room for 50 octets of a domain.")
            {
                Command = line => Verb(line) is "HELO" or "LHLO" && line.Length > 55 ? "HELO" : line,
            },
            new("domain-of-253-octets", "Has room for 100 octets of a domain.")
            {
                Command = line => Verb(line) == "HELO" && line.Length > 105 ? "HELO" : line,
            },
            new("reverse-path-of-256-octets", "Has room for 240 octets of a path.")
            {
                Command = line => Verb(line) == "MAIL" && line.Length > 250 ? "MAIL" : line,
            },
            new("local-part-of-64-octets-in-a-reverse-path", "Has room for 32 octets of the sender's local-part.")
            {
                Command = line => Verb(line) == "MAIL" && line.Length > 60 ? "MAIL" : line,
            },
            new("local-part-of-64-octets-in-a-forward-path", "Has room for 32 octets of a recipient's local-part.")
            {
                Command = line => Verb(line) == "RCPT" && line.Length > 60 ? "RCPT" : line,
            },
            new("path-over-the-limit", "Hangs up on a path of more than 300 octets.")
            {
                Command = line => Verb(line) == "MAIL" && line.Length > 311 ? WireFault.Line.HangUp : line,
            },
            ShortOf("text-line-of-1000-octets", "Has room for 900 octets of a text line.", "500 Line too long\r\n", text =>
                text.Split('\n').Max(line => line.Length) > 900
            ),
            ShortOf("message-of-64K-octets", "Has room for 10000 octets of a message.", "552 Too much\r\n", text => text.Length > 10_000),
            new("text-line-over-the-limit", "Loses its place in a text line of more than 3000 octets.")
            {
                Chunk = (text, _) => text.Replace(new string('y', 3000), "\r\n.\r\n", StringComparison.Ordinal),
            },
            new("one-hundred-recipients", "Has room for 50 recipients.") { Command = AtMost(50) },
            new("commands-octet-by-octet", "Takes what one read brings for a line.") { Chunk = AsLine },
            new("mail-data-octet-by-octet", "Sees the end of the mail data only when one read brings all of it.")
            {
                Chunk = (text, isData) => isData && text.Length < 6 ? text.Replace(".", "..", StringComparison.Ordinal) : text,
            },
            Pipelining("commands-in-one-packet", "Offers PIPELINING and forgets what comes in a packet behind the first command.") with
            {
                Chunk = (text, isData) =>
                    isData || !text.Contains('\n', StringComparison.Ordinal)
                        ? text
                        : text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)],
            },
            Pipelining("commands-behind-the-mail-data", "Offers PIPELINING and forgets what comes in a packet behind the mail data.") with
            {
                Chunk = (text, isData) =>
                    isData && text.IndexOf("\r\n.\r\n", StringComparison.Ordinal) is var end and >= 0 ? text[..(end + 5)] : text,
            },
            .. GroupFaults.All(),
            .. BlockFaults.All(),
            .. DeclaredFaults.All(),
            .. Ends.Select(end => new WireFault(
                $"{end.Name}-does-not-end-the-data",
                $"Takes {Printable.Text(end.Octets)} for the end of the mail data."
            )
            {
                Chunk = Ending(end.Octets),
            }),
            new("doubled-dots-do-not-end-the-data", "Takes the doubled dot away before it looks for the end of the mail data.")
            {
                Chunk = Ending("\r\n..\r\n"),
            },
            new("three-dots-do-not-end-the-data", "Takes a line of dots for the end of the mail data.") { Chunk = Ending("\r\n...\r\n") },
            new("doubled-dot-and-text-do-not-end-the-data", "Takes a doubled dot for the end of the mail data, whatever is behind it.")
            {
                Chunk = Ending("\r\n..a\r\n"),
            },
            new("dot-and-text-do-not-end-the-data", "Takes a dot at the beginning of a line for the end of the mail data.")
            {
                Chunk = Ending("\r\n.a\r\n"),
            },
            new("commands-do-not-end-the-data", "Reads QUIT in the mail data as a command.") { Chunk = Ending("\r\nQUIT\r\n") },
            new("dot-at-once-ends-the-data", "Wants text before the end of the mail data.")
            {
                Chunk = (text, isData) => isData && text == ".\r\n" ? "" : text,
            },
            .. States.Select(state => new WireFault(
                $"connection-dropped-in-{state}",
                "Goes on with a session that was cut off when the next connection comes."
            )
            {
                IsKept = true,
            }),
            .. States.Skip(1).Take(3).Select(OnlyOnce),
            Saying("greeting-names-the-server", "Greets without a name.", "", reply =>
                reply.StartsWith("220", StringComparison.Ordinal) ? "220 -\r\n" : reply
            ),
            Saying("reply-to-EHLO-names-the-server", "Answers EHLO without a name.", "EHLO", reply =>
                reply.Replace("250-mx.example.test", "250-!", StringComparison.Ordinal)
            ),
            Saying("reply-to-HELO-lists-no-extensions", "Answers HELO as EHLO.", "HELO", _ =>
                "250-mx.example.test\r\n250-HELP\r\n250 EXPN\r\n"
            ),
            Saying("VRFY-names-the-mailbox", "Says that there is a mailbox, and not which.", "VRFY", _ => "250 There is one\r\n"),
            Saying("VRFY-of-a-mailbox-that-is-refused", "Says of every mailbox that it is there.", "VRFY", _ =>
                "250 <nobody@elsewhere.invalid>\r\n"
            ),
            .. OfferFaults.All,
            .. PacketFaults.All,
            new("nothing-is-answered-after-QUIT", "Answers QUIT and goes on.")
            {
                Command = line => Verb(line) == "QUIT" ? new WireFault.Line(null, "221 Bye\r\n") : line,
            },
        ];

    /// <summary>Each case of a profile and what the faulty server that it catches does; for the documentation.</summary>
    public static IEnumerable<(string CaseId, string Does)> Table(Machines.Profile profile) =>
        from testCase in WireCatalogue.Of(profile)
        from fault in All()
        where testCase.Id.EndsWith("/" + fault.Case, StringComparison.Ordinal)
        select (testCase.Id, fault.Does);

    /// <summary>A server that offers PIPELINING.</summary>
    public static WireFault Pipelining(string name, string does)
    {
        var isAsked = false;
        return new WireFault(name, does)
        {
            Command = line =>
            {
                isAsked = Verb(line) is "EHLO" or "LHLO";
                return line;
            },
            Reply = reply =>
                isAsked && reply.StartsWith("250-", StringComparison.Ordinal) && !reply.Contains("PIPELINING", StringComparison.Ordinal)
                    ? reply.Insert(reply.IndexOf('\n', StringComparison.Ordinal) + 1, "250-PIPELINING\r\n")
                    : reply,
        };
    }

    /// <summary>Takes other octets for the end of the mail data too.</summary>
    public static Func<string, bool, string> Ending(string octets) =>
        (text, isData) => isData ? text.Replace(octets, "\r\n.\r\n", StringComparison.Ordinal) : text;

    private static Func<string, WireFault.Line> Patient(int limit)
    {
        var unknown = 0;
        return line => line.StartsWith('X') && ++unknown > limit ? WireFault.Line.HangUp : line;
    }

    // what one read brings is enough to tell by
    private static WireFault ShortOf(string name, string does, string answer, Func<string, bool> isLong)
    {
        var isRefused = false;
        return new WireFault(name, does)
        {
            Chunk = (text, isData) =>
            {
                isRefused = isData && (isRefused || isLong(text));
                return text;
            },
            Reply = reply => isRefused ? answer : reply,
        };
    }

    private static WireFault Saying(string name, string does, string verb, Func<string, string> say)
    {
        var isAsked = verb.Length == 0;
        return new WireFault(name, does)
        {
            Command = line =>
            {
                isAsked = Verb(line) == verb;
                return line;
            },
            Reply = reply => isAsked ? say(reply) : reply,
        };
    }

    private static WireFault OnlyOnce(string state)
    {
        var count = 0;
        return new WireFault($"again-in-{state}", "Takes one MAIL in a session and no other.")
        {
            Command = line => Verb(line) == "MAIL" && ++count > 1 ? new WireFault.Line(null, "503 That was all\r\n") : line,
        };
    }

    private static Func<string, WireFault.Line> AtMost(int most)
    {
        var count = 0;
        return line =>
        {
            count = Verb(line) == "RCPT" ? count + 1 : 0;
            return count > most ? new WireFault.Line(null, "452 Too many recipients\r\n") : line;
        };
    }

    private static string AsLine(string text, bool isData) =>
        isData || text.EndsWith("\r\n", StringComparison.Ordinal) ? text : text + "\r\n";

    internal static string Verb(string line) => line.Split(' ')[0];
}
