using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>Servers that offer PIPELINING and do not keep to it.</summary>
internal static class GroupFaults
{
    private const string Bad = "nobody@elsewhere.invalid";

    public static IReadOnlyList<WireFault> All() =>
        [
            Losing("group-with-a-refused-recipient", "Throws away what stands in a packet behind a recipient that it refuses.", line =>
                line.Contains(Bad, StringComparison.Ordinal)
            ),
            Losing("group-with-a-refused-sender", "Throws away what stands in a packet behind a MAIL that it cannot read.", line =>
                line == "MAIL"
            ),
            Losing("group-of-two-transactions", "Throws away what stands in a packet behind RSET.", line => line == "RSET"),
            new("group-that-ends-with-a-recipient", "Keeps back the last of three or more lines that come in one packet.")
            {
                Chunk = (text, isData) => isData || Lines(text) is not [_, _, _, ..] lines ? text : Text(lines[..^1]),
            },
            new("group-without-a-valid-recipient", "Forgets DATA in a packet behind recipients that it refuses.")
            {
                Chunk = (text, isData) =>
                    isData || !text.Contains(Bad, StringComparison.Ordinal) ? text : Text([.. Lines(text).Where(line => line != "DATA")]),
            },
            Taking(),
            HoldingBack(),
            new("group-that-begins-with-mail-data", "Throws away what stands in a packet behind the end of the mail data.")
            {
                Chunk = (text, isData) =>
                    isData && text.IndexOf("\r\n.\r\n", StringComparison.Ordinal) is var end and >= 0 ? text[..(end + 5)] : text,
            },
        ];

    private static WireFault Losing(string name, string does, Func<string, bool> behind) =>
        new(name, does)
        {
            Chunk = (text, isData) =>
                isData || Array.FindIndex(Lines(text), line => behind(line)) is var at && at < 0 ? text : Text(Lines(text)[..(at + 1)]),
        };

    // 503 to DATA, the only one that comes here, becomes 354 in a packet of several lines
    private static WireFault Taking()
    {
        var isPacket = false;
        return new("DATA-behind-refused-recipients-only", "Takes DATA in a packet behind recipients that it refuses.")
        {
            Chunk = (text, _) =>
            {
                isPacket = Lines(text).Length > 1;
                return text;
            },
            Reply = reply => isPacket ? Regex.Replace(reply, "(?m)^503 .*$", "354 Go on\r") : reply,
        };
    }

    private static WireFault HoldingBack()
    {
        var held = "";
        return new("reply-before-the-next-command-is-whole", "Answers nothing until the last line that has come is whole.")
        {
            Chunk = (text, isData) =>
            {
                held += text;
                if (!isData && !held.EndsWith('\n'))
                {
                    return "";
                }

                (var whole, held) = (held, "");
                return whole;
            },
        };
    }

    private static string[] Lines(string text) => text.Split("\r\n")[..^1];

    private static string Text(string[] lines) => string.Concat(lines.Select(line => line + "\r\n"));
}
