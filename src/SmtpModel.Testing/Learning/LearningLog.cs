using System.Text.Json;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Sessions in a file, a line of JSON for each, behind a first line that says what the inputs are. A run that was interrupted goes on
/// from it; a last line that was cut off is left out.
/// </summary>
public sealed class LearningLog : IDisposable
{
    private readonly IReadOnlyList<string> _known;
    private readonly Func<TextWriter>? _open;
    private TextWriter? _writer;
    private IReadOnlyList<LearningInput> _inputs = [];

    /// <summary>A log.</summary>
    /// <param name="known">The lines that were kept before; none when null.</param>
    /// <param name="open">Opens the file, which is written anew; null where nothing is kept.</param>
    public LearningLog(IEnumerable<string>? known, Func<TextWriter>? open) => (_known, _open) = ([.. known ?? []], open);

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    /// <summary>The lines that would have been kept of some sessions.</summary>
    internal static IEnumerable<string> Lines(IReadOnlyList<LearningInput> inputs, IEnumerable<PlayedSession> sessions) =>
        [JsonSerializer.Serialize(new Head(Lines(inputs))), .. sessions.Select(Text)];

    /// <summary>Reads what was kept before, and begins to write.</summary>
    internal void Begin(IReadOnlyList<LearningInput> inputs, LearningTree tree)
    {
        _inputs = inputs;
        for (var at = 0; at < _known.Count; at++)
        {
            Read(at, tree);
        }

        if (_open is not null)
        {
            _writer = _open();
            _writer.WriteLine(JsonSerializer.Serialize(new Head(Lines(_inputs))));
            tree.Sessions.ForEach(Keep);
        }
    }

    internal void Keep(PlayedSession session)
    {
        // each line at once: whatever ends the run, what was played is there
        _writer?.WriteLine(Text(session));
        _writer?.Flush();
    }

    private static string Text(PlayedSession session) =>
        JsonSerializer.Serialize(new Line(session.Number, session.Inputs, session.Outputs));

    private static string[] Lines(IReadOnlyList<LearningInput> inputs) => [.. inputs.Select(input => $"{input.Name}: {input.Line}")];

    private void Read(int at, LearningTree tree)
    {
        try
        {
            if (at == 0)
            {
                var head = JsonSerializer.Deserialize<Head>(_known[0]);
                if (head?.Inputs?.SequenceEqual(Lines(_inputs)) is not true)
                {
                    var here = Lines(_inputs);
                    var others = string.Join(", ", head?.Inputs?.Except(here).Concat(here.Except(head.Inputs)).Take(3) ?? []);
                    throw new FormatException($"it was learned with other inputs: {others}");
                }
            }
            else if (JsonSerializer.Deserialize<Line>(_known[at]) is { Inputs: { } inputs, Outputs: { } outputs } line
                && inputs.Count == outputs.Count && inputs.All(input => input >= 0 && input < _inputs.Count)
                && outputs.All(output => output is not null))
            {
                var session = new PlayedSession(line.Session, inputs, outputs);
                // what was seen last counts: it was asked again then
                if (tree.Add(session) is { } place)
                {
                    tree.Forget([.. inputs.Take(place + 1)]);
                    tree.Add(session);
                }
            }
            else
            {
                throw new FormatException($"line {at + 1} is no session with these inputs");
            }
        }
        catch (JsonException) when (at > 0 && at == _known.Count - 1)
        {
            // the run was cut off while it was written
        }
        catch (JsonException)
        {
            throw new FormatException(at == 0 ? "the first line does not say what was sent: it is no file of learn --save"
                : $"line {at + 1} is no JSON");
        }
    }

    private sealed record Head(IReadOnlyList<string>? Inputs);

    private sealed record Line(int Session, IReadOnlyList<int>? Inputs, IReadOnlyList<string>? Outputs);
}
