using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>Reads messages as programs store them: with the line ends of the system, and the envelope in lines before the
/// message.</summary>
internal static class StoredFile
{
    private static readonly string[] Recipient = ["X-Original-To", "Delivered-To", "Envelope-to"];

    /// <summary>A message that is stored by itself.</summary>
    /// <param name="octets">The octets.</param>
    public static DeliveredMessage Read(ReadOnlyMemory<byte> octets)
    {
        var (fields, _) = HeaderFields.Split(octets.Span);
        return new DeliveredMessage(octets)
        {
            // without a CRLF anywhere lines have the ends of the system
            HasLocalLineEnds = octets.Span.IndexOf("\r\n"u8) < 0,
            ReversePath = Values(fields, "Return-Path").Select(Bare).FirstOrDefault(),
            ForwardPaths = Recipients(fields),
        };
    }

    /// <summary>The messages of an mbox: each begins with a line of "From " that is the first or has an empty line before it.</summary>
    /// <param name="octets">The octets.</param>
    public static IEnumerable<DeliveredMessage> ReadMbox(ReadOnlyMemory<byte> octets)
    {
        var starts = Starts(octets.Span);
        for (var index = 0; index < starts.Count; index++)
        {
            var end = index + 1 < starts.Count ? starts[index + 1] : octets.Length;
            var whole = octets[starts[index]..end];
            var first = whole.Span.IndexOf((byte)'\n');
            if (first < 0)
            {
                continue;
            }

            var line = Encoding.Latin1.GetString(whole.Span[..first]);
            var message = Read(WithoutSeparator(whole[(first + 1)..]));
            yield return message with
            {
                HasMarkedFroms = true,
                ReversePath = message.ReversePath
                    ?? (
                        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var sender, ..]
                        && sender.Contains('@', StringComparison.Ordinal)
                            ? sender
                            : null
                    ),
            };
        }
    }

    private static List<int> Starts(ReadOnlySpan<byte> octets)
    {
        List<int> starts = [];
        for (var at = 0; at < octets.Length;)
        {
            var rest = octets[at..];
            if (rest.StartsWith("From "u8) && (at == 0 || octets[..at].EndsWith("\n\n"u8) || octets[..at].EndsWith("\n\r\n"u8)))
            {
                starts.Add(at);
            }

            var next = rest.IndexOf((byte)'\n');
            at = next < 0 ? octets.Length : at + next + 1;
        }

        return starts;
    }

    // the empty line that keeps it apart from the next
    private static ReadOnlyMemory<byte> WithoutSeparator(ReadOnlyMemory<byte> message) =>
        message.Span.EndsWith("\n\r\n"u8) ? message[..^2] : message.Span.EndsWith("\n\n"u8) ? message[..^1] : message;

    private static List<string>? Recipients(IReadOnlyList<ReadOnlyMemory<byte>> fields)
    {
        // the first of the names is the one that the client gave; each program that a message goes through may add a line of it
        foreach (var name in Recipient)
        {
            if (Values(fields, name).Select(Bare).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } found)
            {
                return found;
            }
        }

        return null;
    }

    // what was put in by the server stands before the first Received line
    private static IEnumerable<string> Values(IReadOnlyList<ReadOnlyMemory<byte>> fields, string name) => fields
        .TakeWhile(field => !HeaderFields.Is(field.Span, "Message-ID")).Where(field => HeaderFields.Is(field.Span, name))
        .Select(field => Encoding.Latin1.GetString(field.Span[(name.Length + 1)..]).Trim());

    private static string Bare(string path) => path.StartsWith('<') && path.EndsWith('>') ? path[1..^1] : path;
}
