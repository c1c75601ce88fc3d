using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes a session's arguments its own, so that nothing of another session can pass for them: <c>a@s3.example.test</c>, and a
/// line in the mail data.</summary>
/// <param name="session">The session's place in its round, from 0; it is named from 1.</param>
/// <param name="isPathTagged">Whether paths are tagged too; not where the server takes only the mailboxes it was said to take.</param>
internal sealed class Tagging(int session, bool isPathTagged)
{
    private readonly Dictionary<Move, Move> _known = [];

    /// <summary>Mail data to send where the server asks for some unexpectedly.</summary>
    public static Move PlainData(TransitionTable table, int session) =>
        new(
            table.Commands.First(use => use.Command.Kind is InputKind.Data).Command,
            MoveKind.Data,
            $"{Line(session)}Subject: test\r\n\r\ntext\r\n"
        );

    public TestSession Apply(TestSession plain) =>
        plain with
        {
            Steps = [.. plain.Steps.Select(step => step with { Move = Apply(step.Move) })],
        };

    private Move Apply(Move move)
    {
        if (_known.TryGetValue(move, out var tagged))
        {
            return tagged;
        }

        tagged = Tag(move);
        tagged.Plainer = [.. move.Plainer.Select(Tag)];
        return _known[move] = tagged;
    }

    private Move Tag(Move move)
    {
        if (move.Kind is MoveKind.Data)
        {
            return new Move(move.Command, move.Kind, Line(session) + move.Text);
        }

        if (move.Command.Block is { } block && !move.Content.IsEmpty)
        {
            var end = move.Text.IndexOf("\r\n", StringComparison.Ordinal);
            var argument = move.Text.IndexOf(' ', StringComparison.Ordinal) + 1;
            var content = Line(session) + move.Text[(end + 2)..];
            return new Move(
                move.Command,
                move.Kind,
                $"{move.Text[..argument]}{block.With(move.Text[argument..end], content.Length)}\r\n{content}"
            );
        }

        // behind the last @ is the domain, whatever quotes and routes are before it
        var domain = move.Text.LastIndexOf('@') + 1;
        return isPathTagged && move.Kind is MoveKind.Valid && !move.Content.IsEmpty && domain > 0
            ? new Move(move.Command, move.Kind, move.Text.Insert(domain, $"s{session + 1}."))
            : new Move(move.Command, move.Kind, move.Text);
    }

    private static string Line(int session) => $"X-Session: {session + 1}\r\n";
}
