using System.Text;

namespace SmtpModel.Watching;

/// <summary>What Python's smtplib writes with <c>set_debuglevel(1)</c>: <c>send: 'ehlo host\r\n'</c>, <c>reply: b'250
/// ok\r\n'</c>.</summary>
internal sealed class SmtplibFormat : LogFormat
{
    public override string Name => "smtplib";

    public override string Writers => "Python's smtplib with set_debuglevel";

    // what is sent is written as it went, with its line ends
    public override FollowOptions Options { get; } = new() { HasKnowledge = true };

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        // level 2 has the time before each line
        var at = line.IndexOf("send: "u8);
        var speaker = 0;
        if (at is < 0 or > 20)
        {
            (at, speaker) = (line.IndexOf("reply: "u8), 1);
        }

        if (at is < 0 or > 20)
        {
            return line.IndexOf("connect: to ("u8) is >= 0 and <= 20 ? new LogLine(LogLineKind.Opened) : default;
        }

        var text = line[(at + (speaker == 0 ? 6 : 7))..];
        text = text.StartsWith("b"u8) ? text[1..] : text;
        return text.Length >= 2 && text[0] is (byte)'\'' or (byte)'"' && text[^1] == text[0]
            ? new LogLine(LogLineKind.Said, speaker, Octets(text[1..^1]))
            : default;
    }

    // as Python writes the octets of a string
    private static byte[] Octets(ReadOnlySpan<byte> text)
    {
        List<byte> octets = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 >= text.Length)
            {
                octets.Add(text[at]);
                continue;
            }

            at++;
            switch ((char)text[at])
            {
                case 'r':
                    octets.Add((byte)'\r');
                    break;
                case 'n':
                    octets.Add((byte)'\n');
                    break;
                case 't':
                    octets.Add((byte)'\t');
                    break;
                case 'x'
                    when at + 2 < text.Length
                        && byte.TryParse(
                            Encoding.ASCII.GetString(text.Slice(at + 1, 2)),
                            System.Globalization.NumberStyles.HexNumber,
                            null,
                            out var octet
                        ):
                    octets.Add(octet);
                    at += 2;
                    break;
                default:
                    octets.Add(text[at]);
                    break;
            }
        }

        return [.. octets];
    }
}
