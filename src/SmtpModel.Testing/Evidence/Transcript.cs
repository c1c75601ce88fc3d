namespace SmtpModel.Testing;

/// <summary>One line of a transcript.</summary>
/// <param name="State">The state the model was in before.</param>
/// <param name="Sent">What was sent; null for what came unasked.</param>
/// <param name="Came">What came back.</param>
/// <param name="Verdict">What the oracle made of it.</param>
public sealed record TranscriptLine(string State, string? Sent, string Came, Verdict Verdict);

/// <summary>What was said in a session, with the model's state beside each line.</summary>
public sealed class Transcript
{
    private readonly List<TranscriptLine> _lines = [];

    /// <summary>The lines in order.</summary>
    public IReadOnlyList<TranscriptLine> Lines => _lines;

    /// <summary>The transcript as text: state, what the client sent, what the server answered.</summary>
    public override string ToString()
    {
        var width = _lines.Select(line => line.State.Length).DefaultIfEmpty().Max();
        return string.Concat(_lines.SelectMany(line => new[]
        {
            line.Sent is null ? "" : $"  {line.State.PadRight(width)}  C: {line.Sent}\n",
            $"{(line.Verdict is Verdict.Fail ? "X " : "  ")}{(line.Sent is null ? line.State : "").PadRight(width)}  S: {line.Came}\n",
        }));
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
