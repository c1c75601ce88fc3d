using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>Holds the octets of a delivered message against those that were sent, less what a server puts in.</summary>
internal static class MessageComparison
{
    // what servers put before a message wherever it goes; all else that is put in, as a Date where there is none, is told (RFC 6409 8)
    private static readonly string[] Trace =
    [
        "Received",
        "Return-Path",
        "Delivered-To",
        "Envelope-to",
        "Delivery-date",
        "Authentication-Results",
        "Received-SPF",
        "DKIM-Signature",
        "ARC-Seal",
        "ARC-Message-Signature",
        "ARC-Authentication-Results",
        "Content-Length",
        "Lines",
        "Status",
    ];

    /// <summary>How they differ; null when they do not.</summary>
    /// <param name="sent">The mail data as it was sent.</param>
    /// <param name="found">What was delivered.</param>
    public static DeliveryFault? Of(ReadOnlyMemory<byte> sent, DeliveredMessage found)
    {
        var wanted = Comparable(Encoding.Latin1.GetString(sent.Span), found);
        var came = Comparable(Encoding.Latin1.GetString(found.Data.Span), found);
        var (given, givenEnd) = Fields(wanted);
        var (fields, end) = Fields(came);
        var at = 0;
        List<string> more = [];
        foreach (var field in fields)
        {
            if (at < given.Count && field == given[at])
            {
                at++;
            }
            else if (at < given.Count && Name(given[at]).Equals(Name(field), StringComparison.OrdinalIgnoreCase) && !IsTrace(field))
            {
                return Changed(($"the field {Shown(given[at])}", Shown(field)), sent, found);
            }
            else if (!IsTrace(field))
            {
                more.Add(Name(field));
            }
        }

        var body = came[end..];
        if (at < given.Count)
        {
            return Changed(
                ($"the field {Shown(given[at])}", body.Length == 0 ? "the end of the message" : $"the line {Shown(body.Split('\n')[0])}"),
                sent,
                found
            );
        }

        var rest = wanted[givenEnd..];

        // a header that was put before a message without one is kept apart from it, and so is one that has nothing behind it
        var isApart = given.Count == 0 || rest.Length == 0;
        var lineEnd = found.HasLocalLineEnds ? "\n" : "\r\n";
        return body == rest || (isApart && body == lineEnd + rest)
            ? (
                more.Count == 0
                    ? null
                    : new DeliveryFault(
                        DeliveryFaultKind.Data,
                        "nothing more in the header",
                        $"{Printable.Text(string.Join(", ", more))} put in",
                        IsAllowed: true
                    )
            )
            : Changed(Differing(rest, body), sent, found);
    }

    private static DeliveryFault Changed((string Expected, string Came) what, ReadOnlyMemory<byte> sent, DeliveredMessage found)
    {
        // a message that a server may not send on with eight bits is recoded (RFC 6152 3)
        var isRecoded = HasEncoding(found.Data.Span, "quoted-printable", "base64") && HasEncoding(sent.Span, "8bit");
        return new DeliveryFault(DeliveryFaultKind.Data, what.Expected, what.Came, isRecoded);
    }

    private static bool HasEncoding(ReadOnlySpan<byte> message, params string[] names)
    {
        var field = HeaderFields.Split(message).Fields.FirstOrDefault(field => HeaderFields.Is(field.Span, "Content-Transfer-Encoding"));
        return !field.IsEmpty
            && names.Any(name => Encoding.Latin1.GetString(field.Span).Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    // the first line in which they differ
    private static (string Expected, string Came) Differing(string wanted, string came)
    {
        var (lines, others) = (wanted.Split('\n'), came.Split('\n'));
        var at = 0;
        while (at < lines.Length - 1 && at < others.Length - 1 && lines[at] == others[at])
        {
            at++;
        }

        var isEnd = (at == lines.Length - 1 && lines[at].Length == 0, at == others.Length - 1 && others[at].Length == 0);
        return (
            $"{(isEnd.Item1 ? "the end of the message" : Shown(lines[at]))} at line {at + 1} behind the header",
            isEnd.Item2 ? "the end of the message" : Shown(others[at])
        );
    }

    private static bool IsTrace(string field) =>
        Trace.Contains(Name(field), StringComparer.OrdinalIgnoreCase) || Name(field).StartsWith("X-", StringComparison.OrdinalIgnoreCase);

    private static (IReadOnlyList<string> Fields, int End) Fields(string message)
    {
        var (fields, end) = HeaderFields.Split(Encoding.Latin1.GetBytes(message));
        return ([.. fields.Select(field => Encoding.Latin1.GetString(field.Span))], end);
    }

    private static string Name(string field) => field[..field.IndexOf(':', StringComparison.Ordinal)];

    private static string Shown(string line)
    {
        var text = line.TrimEnd('\r', '\n');
        return text.Length == 0 ? "an empty line"
            : text.Length <= 60 ? $"\"{Printable.Text(text)}\""
            : $"\"{Printable.Text(text[..50])}...\" of {text.Length} octets";
    }

    private static string Comparable(string text, DeliveredMessage found)
    {
        var lines = found.HasLocalLineEnds ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
        return found.HasMarkedFroms ? string.Join('\n', lines.Split('\n').Select(Unmarked)) : lines;
    }

    private static string Unmarked(string line) =>
        line.TrimStart('>') is var bare && bare.StartsWith("From ", StringComparison.Ordinal) ? bare : line;
}
