using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

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

    // a line that is as long as no more than a line may be: what is cut or folded there was too long for somebody
    private const int ShortestLong = 900;

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
                return Changed(($"the field {Shown(given[at])}", Shown(field)), RuleOfField(given[at]), sent, found);
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
                ($"the field {Shown(given[at])}", body.Length == 0 ? "the end of the message" : Shown(body.Split('\n')[0])),
                RuleOfField(given[at]),
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
            : Differing(rest, body, sent, found);
    }

    private static DeliveryFault Changed(
        (string Expected, string Came) what,
        Rule rule,
        ReadOnlyMemory<byte> sent,
        DeliveredMessage found
    )
    {
        // a message that a server may not send on with eight bits is recoded (RFC 6152 3)
        var isRecoded = HasEncoding(found.Data.Span, "quoted-printable", "base64") && HasEncoding(sent.Span, "8bit");
        return new DeliveryFault(DeliveryFaultKind.Data, what.Expected, what.Came, isRecoded) { Rule = rule };
    }

    private static Rule RuleOfField(string field) =>
        Name(field).Equals("Received", StringComparison.OrdinalIgnoreCase) ? DeliveryRules.Trace : DeliveryRules.Content;

    // what a line became, null where the message ended, says which rule was broken
    private static Rule RuleOfLine(string wanted, string? came) =>
        wanted.StartsWith('.') && (came is null || wanted.TrimStart('.') == came.TrimStart('.')) ? DeliveryRules.Dots
        : came is null ? DeliveryRules.Content
        : wanted.Any(octet => octet > 127) ? DeliveryRules.EightBit
        : wanted.Length > ShortestLong ? DeliveryRules.LongLine
        : DeliveryRules.Content;

    private static bool HasEncoding(ReadOnlySpan<byte> message, params string[] names)
    {
        var field = HeaderFields.Split(message).Fields.FirstOrDefault(field => HeaderFields.Is(field.Span, "Content-Transfer-Encoding"));
        return !field.IsEmpty
            && names.Any(name => Encoding.Latin1.GetString(field.Span).Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    // the first line in which they differ
    private static DeliveryFault Differing(string wanted, string came, ReadOnlyMemory<byte> sent, DeliveredMessage found)
    {
        var (lines, others) = (wanted.Split('\n'), came.Split('\n'));
        var at = 0;
        while (at < lines.Length - 1 && at < others.Length - 1 && lines[at] == others[at])
        {
            at++;
        }

        var (isEnd, isOtherEnd) = (at == lines.Length - 1 && lines[at].Length == 0, at == others.Length - 1 && others[at].Length == 0);
        var what = (isEnd ? "the end of the message" : Shown(lines[at]), isOtherEnd ? "the end of the message" : Shown(others[at]));
        return Changed(
            (
                $"{what.Item1} at line {at + 1} behind the header",
                what.Item1 == what.Item2 ? $"{what.Item2} with another line end" : what.Item2
            ),
            isEnd || lines[at] == others[at] ? DeliveryRules.Content : RuleOfLine(lines[at], isOtherEnd ? null : others[at]),
            sent,
            found
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
