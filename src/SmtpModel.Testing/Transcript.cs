using System.Text;

namespace SmtpModel.Testing;

/// <summary>One line of a transcript.</summary>
/// <param name="State">The state the model was in before.</param>
/// <param name="Sent">What was sent; null for what came unasked.</param>
/// <param name="Came">What came back.</param>
/// <param name="Verdict">What the oracle made of it.</param>
public sealed record TranscriptLine(string State, string? Sent, string Came, Verdict Verdict)
{
    /// <summary>Whether it was sent in one packet with the line before it.</summary>
    public bool IsJoined { get; init; }
}

/// <summary>What was said in a session, with the model's state beside each line.</summary>
public sealed class Transcript
{
    private readonly List<TranscriptLine> _lines = [];

    /// <summary>The lines in order.</summary>
    public IReadOnlyList<TranscriptLine> Lines => _lines;

    /// <summary>
    /// The transcript as text: state, what the client sent, what the server answered. What was sent in one packet stands together
    /// before its replies, each line but the first with <c>C+</c>.
    /// </summary>
    public override string ToString() => Write(_lines, static _ => "");

    /// <summary>Lines as text.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What stands before what was said in a session, of one width for all.</param>
    internal static string Write(IReadOnlyList<TranscriptLine> lines, Func<TranscriptLine, string> name)
    {
        var width = lines.Select(line => line.State.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder();
        for (var at = 0; at < lines.Count;)
        {
            var packet = lines.Skip(at).Take(1).Concat(lines.Skip(at + 1).TakeWhile(line => line.IsJoined)).ToList();
            foreach (var line in packet.Where(line => line.Sent is not null))
            {
                text.Append($"  {name(line)}{line.State.PadRight(width)}  C{(line.IsJoined ? '+' : ':')} {line.Sent}\n");
            }

            foreach (var line in packet)
            {
                text.Append(
                    $"{(line.Verdict is Verdict.Fail ? "X " : "  ")}{(line.Sent is null ? name(line) : "".PadRight(name(line).Length))}"
                        + $"{(line.Sent is null ? line.State : "").PadRight(width)}  S: {line.Came}\n"
                );
            }

            at += packet.Count;
        }

        return text.ToString();
    }

    internal void Add(TranscriptLine line) => _lines.Add(line);

    /// <summary>What has been said so far: a session that goes on does not change it.</summary>
    internal Transcript Copy()
    {
        var copy = new Transcript();
        copy._lines.AddRange(_lines);
        return copy;
    }

    /// <summary>Forgets what was said: it was a control, and shows nothing.</summary>
    internal void Clear() => _lines.Clear();

    /// <summary>The last line is what does not agree, though by itself it might.</summary>
    internal void MarkLast()
    {
        if (_lines.Count > 0)
        {
            _lines[^1] = _lines[^1] with { Verdict = Verdict.Fail };
        }
    }
}
