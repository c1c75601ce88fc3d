namespace SmtpModel.Testing.Tests.Wire;

/// <summary>Servers that take a packet for more than it is, and such as mix up two sessions or two connections.</summary>
internal static class PacketFaults
{
    // the second packet of each cut of the end of the mail data
    private static readonly (string Name, string Second)[] Cuts =
    [
        ("behind-the-text", "\r\n.\r\n"),
        ("behind-CR", "\n.\r\n"),
        ("behind-CRLF", ".\r\n"),
        ("behind-the-dot", "\r\n"),
        ("behind-the-last-CR", "\n"),
    ];

    private static readonly string[] States = ["Connected", "Ready", "MailGiven", "RecipientsGiven", "ReceivingData"];
    private static readonly string[] Touching = ["EHLO", "HELO", "LHLO", "MAIL", "RSET", "QUIT"];

    public static IEnumerable<WireFault> All =>
        [
            .. Cuts.Select(cut => new WireFault(
                $"end-of-data-cut-{cut.Name}",
                $"Forgets a packet of mail data that is no more than {Printable.Text(cut.Second)}."
            )
            {
                Chunk = (text, isData) => isData && text == cut.Second ? "" : text,
            }),
            new("dot-of-a-sentence-in-two-packets-does-not-end-the-data", "Takes a packet of a dot and CRLF for the end of the mail data.")
            {
                Chunk = Lone,
            },
            new(
                "doubled-dot-in-two-packets-does-not-end-the-data",
                "Takes a packet of a dot and CRLF for the end of the mail data, whatever came before."
            )
            {
                Chunk = Lone,
            },
            new("dot-before-text-in-two-packets-does-not-end-the-data", "Takes a dot at the end of a packet for a line of its own.")
            {
                Chunk = (text, isData) => isData && text.EndsWith("\r\n.", StringComparison.Ordinal) ? text + "\r\n" : text,
            },
            new("blank-line-and-dot-ends-the-data", "Wants text before an empty line.")
            {
                Chunk = (text, isData) => isData && text == "\r\n.\r\n" ? "" : text,
            },
            Refusing(
                "control-characters-in-the-data",
                "Refuses mail data with a bell in it.",
                text => text.Contains('\a', StringComparison.Ordinal),
                "554 No bells\r\n"
            ),
            new("nothing-is-answered-in-the-packet-of-QUIT", "Answers QUIT and goes on.")
            {
                Command = line => WireFaults.Verb(line) == "QUIT" ? new WireFault.Line(null, "221 Bye\r\n") : line,
            },
            new("NUL-in-a-domain", "Leaves NUL out.") { Command = line => line.Replace("\0", "", StringComparison.Ordinal) },
            new("control-character-in-a-domain", "Leaves control characters out.")
            {
                Command = line => line.Replace("\u0001", "", StringComparison.Ordinal),
            },
            new("eight-bit-octets-in-a-forward-path", "Takes the high bit off.")
            {
                Command = line => string.Concat(line.Select(octet => (char)(octet & 127))),
            },
            new("forward-path-of-256-octets", "Has room for 240 octets of a path.") { Command = Short },
            new("domain-of-64-octets-in-a-forward-path", "Has room for 50 octets of a recipient's domain.")
            {
                Command = line => WireFaults.Verb(line) == "RCPT" && line.Length > 60 ? "RCPT" : line,
            },
            new("domain-of-250-octets-in-a-forward-path", "Has room for 240 octets of a recipient's domain.") { Command = Short },
            Recipients("third-recipient", "Calls the third recipient a syntax error.", 2, "501 What is that?\r\n"),
            Saying("EXPN-names-the-mailboxes", "Expands a list and names nobody.", "EXPN", "250 They are many\r\n"),
            .. States.Select(state => new WireFault(
                $"connection-reset-in-{state}",
                "Is at a loss when a connection was reset: the next one is of no use."
            )
            {
                IsUpset = true,
            }),
            .. Touching.Select(verb => new WireFault(
                $"{verb}-in-another-session-changes-nothing",
                "Has the buffers of the newest session only."
            )
            {
                IsOneAtATime = true,
            }),
            new("a-transaction-belongs-to-its-session", "Has one transaction for all sessions.") { IsShared = true },
        ];

    private static string Lone(string text, bool isData) => isData && text == ".\r\n" ? "\r\n.\r\n" : text;

    private static WireFault.Line Short(string line) => WireFaults.Verb(line) == "RCPT" && line.Length > 248 ? "RCPT" : line;

    private static WireFault Refusing(string name, string does, Func<string, bool> isRefused, string says)
    {
        var isNow = false;
        return new WireFault(name, does)
        {
            Chunk = (text, isData) =>
            {
                isNow = isData && (isNow || isRefused(text));
                return text;
            },
            Reply = reply => isNow ? says : reply,
        };
    }

    private static WireFault Saying(string name, string does, string verb, string says) =>
        new(name, does) { Command = line => WireFaults.Verb(line) == verb ? new WireFault.Line(null, says) : line };

    private static WireFault Recipients(string name, string does, int most, string says)
    {
        var count = 0;
        return new WireFault(name, does)
        {
            Command = line =>
            {
                count = WireFaults.Verb(line) == "RCPT" ? count + 1 : 0;
                return count > most ? new WireFault.Line(null, says) : line;
            },
        };
    }
}
