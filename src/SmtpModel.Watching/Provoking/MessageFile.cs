using System.Text;

namespace SmtpModel.Watching;

/// <summary>
/// The message that a client on trial is given: as a file by the word {message}, and as its standard input. Between two lines that nobody
/// else writes stand lines with dots, so that it can be seen what a client made of them.
/// </summary>
internal static class MessageFile
{
    private const string Begin = "the lines of smtpmodel provoke begin";
    private const string End = "the lines of smtpmodel provoke end";
    private static readonly string[] Dotted =
    [
        "a line before",
        ".",
        "..",
        ".a line that begins with a dot",
        "a line that ends with a dot.",
    ];

    private static readonly string[] Lines =
    [
        "From: <sender@example.test>",
        "To: <first@example.test>",
        "Subject: a message of smtpmodel provoke",
        "Date: Mon, 02 Jan 2023 03:04:05 +0000",
        "Message-ID: <provoke@example.test>",
        "",
        Begin, .. Dotted, End,
    ];

    /// <summary>The whole message.</summary>
    /// <param name="lineEnd">How its lines end.</param>
    public static string Text(string lineEnd) => string.Concat(Lines.Select(line => line + lineEnd));

    /// <summary>Whether a line that came behind the end of data is the one that stands behind a dot in the message, of which only the part
    /// before came.</summary>
    public static bool IsBehindTheDot(ReadOnlySpan<byte> content, string line)
    {
        var came = Body(content);
        return came is not null && came.SequenceEqual(Dotted.TakeWhile(one => one != ".")) && line == Dotted[came.Count + 1];
    }

    /// <summary>The first line that lost a dot which it had; null where none did, or where that cannot be seen.</summary>
    public static string? LostDot(ReadOnlySpan<byte> content)
    {
        var text = Encoding.Latin1.GetString(content);
        if (Body(content) is not { } came || came.Count != Dotted.Length || !text.Contains(End, StringComparison.Ordinal))
        {
            return null;
        }

        for (var at = 0; at < Dotted.Length; at++)
        {
            if (came[at] != Dotted[at])
            {
                return "." + came[at] == Dotted[at] ? Dotted[at] : null;
            }
        }

        return null;
    }

    // what stands behind the first line; null where the message is another, or was encoded
    private static List<string>? Body(ReadOnlySpan<byte> content)
    {
        var lines = Encoding.Latin1.GetString(content).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var begin = lines.IndexOf(Begin);
        return begin < 0 ? null : [.. lines.Skip(begin + 1).TakeWhile(line => line != End).Where(line => line.Length > 0)];
    }
}
