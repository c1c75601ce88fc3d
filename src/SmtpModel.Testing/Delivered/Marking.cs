using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The mark that a message of a test is known by, wherever it is delivered: in its header, and for one without a header in the local-part
/// of
/// its sender.
/// </summary>
internal static class Marking
{
    /// <summary>Stands in a MAIL where the mark of the message is to be.</summary>
    public const string Place = "smtpmodel-mark";

    /// <summary>Messages of a test are shorter, with all that a server may put before them; in octets.</summary>
    public const int LongestMessage = 4 << 20;

    // a server may give a message another Message-ID
    private static readonly string[] Names = ["Message-ID", "X-SmtpModel-Mark"];
    private const string Start = "smtpmodel-";
    private const string End = "-m";

    /// <summary>A mark.</summary>
    /// <param name="run">What tells runs apart.</param>
    /// <param name="number">The number of the message in it.</param>
    public static string Of(string run, long number) => $"{Start}{run}-{number}{End}";

    /// <summary>Mail data with its mark; none where there is no text.</summary>
    public static Move Data(Move data, string mark)
    {
        if (data.Text.Length == 0)
        {
            return data;
        }

        return new Move(data.Command, data.Kind, Header(data.Content.Span, mark) + data.Text);
    }

    /// <summary>The first chunk of a message with its mark.</summary>
    public static Move Chunk(Move chunk, string mark)
    {
        var line = chunk.Text[..chunk.Text.IndexOf("\r\n", StringComparison.Ordinal)];
        var content = Header(chunk.Content.Span, mark) + chunk.Text[(line.Length + 2)..];
        var keyword = line.Split(' ')[0];
        var argument = chunk.Command.Block!.With(line[(keyword.Length + 1)..], content.Length);
        return new Move(chunk.Command, chunk.Kind, $"{keyword} {argument}\r\n{content}")
        {
            Oversteps = chunk.Oversteps,
            NeedsOffer = chunk.NeedsOffer,
        };
    }

    // what begins the message, so that a text without a header has one
    private static string Header(ReadOnlySpan<byte> content, string mark) =>
        $"{Names[0]}: <{mark}@example.test>\r\n{Names[1]}: {mark}\r\n{(HeaderFields.Split(content).Fields.Count > 0 ? "" : "\r\n")}";

    /// <summary>The same line with a mark where one is to be.</summary>
    public static Move Line(Move line, string mark) =>
        new(line.Command, line.Kind, line.Text.Replace(Place, mark, StringComparison.Ordinal))
        {
            Oversteps = line.Oversteps,
            NeedsOffer = line.NeedsOffer,
        };

    /// <summary>Whether the data of a message begin with its mark, and are lines of text: whatever else chunks may hold is changed where
    /// a message is sent on with DATA (RFC 3030 3).</summary>
    public static bool IsText(ReadOnlySpan<byte> data, string mark)
    {
        const int LongestLine = 998;
        var text = Encoding.Latin1.GetString(data);
        return text.StartsWith($"{Names[0]}: <{mark}@", StringComparison.Ordinal)
            && text.EndsWith("\r\n", StringComparison.Ordinal)
            && !text.Contains('\0', StringComparison.Ordinal)
            && text.Split("\r\n").All(line => line.Length <= LongestLine && line.AsSpan().IndexOfAny('\r', '\n') < 0);
    }

    /// <summary>Whether a message may be one of a test's.</summary>
    public static bool IsMarked(DeliveredMessage message) => Of(message, "") is not null;

    /// <summary>The mark of a message; null for mail of others, and of other runs.</summary>
    /// <param name="message">The message.</param>
    /// <param name="run">The run.</param>
    public static string? Of(DeliveredMessage message, string run)
    {
        // what is attached, or quoted in other fields, as in a report on a message, is not the message
        var fields = HeaderFields.Split(message.Data.Span).Fields;
        var marked =
            from name in Names
            from field in fields
            where HeaderFields.Is(field.Span, name)
            select In(Encoding.Latin1.GetString(field.Span), run);
        return marked.FirstOrDefault(mark => mark is not null) ?? In(message.ReversePath ?? "", run);
    }

    /// <summary>A path without its brackets, and without its route.</summary>
    public static string Bare(string path)
    {
        var inner = path.StartsWith('<') && path.EndsWith('>') ? path[1..^1] : path;
        return inner.StartsWith('@') && inner.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? inner[(colon + 1)..] : inner;
    }

    private static string? In(string text, string run)
    {
        var start = text.IndexOf($"{Start}{run}", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : text.IndexOf(End, start + Start.Length, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : text[start..(end + End.Length)].ToLowerInvariant();
    }
}
