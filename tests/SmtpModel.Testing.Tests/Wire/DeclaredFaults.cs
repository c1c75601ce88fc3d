using System.Globalization;
using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>Servers that make too much of what MAIL or RCPT declares, or have no room for it.</summary>
internal static partial class DeclaredFaults
{
    public static IReadOnlyList<WireFault> All() =>
        [Cutting(), Forgetting(), new("ORCPT-of-500-characters", "Has room for 512 octets of a command line.")
        {
            Command = line => line.Length + 2 > 512 && line.Contains("ORCPT=", StringComparison.Ordinal) ? "X" : line,
        }];

    /// <summary>A server that waits for as many octets as were declared.</summary>
    public static WireFault Waiting()
    {
        var (declared, held) = (0, "");
        return new("declared-size-does-not-end-the-data", "Waits for as many octets as were declared.")
        {
            Command = line => Line(line, size => declared = size),
            Chunk = (text, isData) =>
            {
                if (!isData || declared < 100)
                {
                    return text;
                }

                held += text;
                return held.Length < declared ? "" : held.Replace("\r\n.\r\n", "\r\n..\r\n", StringComparison.Ordinal) + ".\r\n";
            },
        };
    }

    private static WireFault Cutting()
    {
        var declared = 0;
        return new("declared-size-does-not-end-the-data", "Takes mail data for over when as many octets have come as were declared.")
        {
            Command = line => Line(line, size => declared = size),
            Chunk = (text, isData) => isData && declared > 0 && text.Length > declared
                ? $"{text[..declared]}\r\n.\r\n{text[declared..]}" : text,
        };
    }

    private static WireFault Forgetting()
    {
        var (isDeclared, isData) = (false, false);
        return new("message-that-is-no-larger-than-was-declared", "Says 552 to a message whose size was declared.")
        {
            Command = line => Line(line, _ => isDeclared = true),
            Reply = reply =>
            {
                var isEnd = isData && isDeclared && reply.StartsWith("250", StringComparison.Ordinal);
                isData = reply.StartsWith("354", StringComparison.Ordinal);
                return isEnd ? "552 Too large after all\r\n" : reply;
            },
        };
    }

    private static string Line(string line, Action<int> declare)
    {
        if (Size().Match(line) is { Success: true } match)
        {
            declare(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }

        return line;
    }

    [GeneratedRegex(" SIZE=([0-9]{1,6})$")]
    private static partial Regex Size();
}
