using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Which paths of a session are made its own.</summary>
internal enum PathTags
{
    /// <summary>None.</summary>
    None,

    /// <summary>All, by their domain.</summary>
    Domains,

    /// <summary>Those of senders, by their local-part.</summary>
    Senders,

    /// <summary>Those of senders and recipients, by their local-part.</summary>
    Locals,
}

/// <summary>Makes a session's arguments its own, so that nothing of another session can pass for them: <c>a@s3.example.test</c>, and a
/// line in the mail data.</summary>
/// <param name="session">The session's place in its round, from 0; it is named from 1.</param>
/// <param name="tags">Which paths are tagged too; not where the server takes only the mailboxes it was said to take.</param>
internal sealed class Tagging(int session, PathTags tags)
{
    // with what is put into it a local-part has at most 64 octets (RFC 5321 4.5.3.1.1)
    private const int LongestLocal = 56;

    private readonly Dictionary<Move, Move> _known = [];

    /// <summary>Mail data to send where the server asks for some unexpectedly.</summary>
    public static Move PlainData(TransitionTable table, int session) =>
        new(
            table.Commands.First(use => use.Command.Kind is InputKind.Data).Command,
            MoveKind.Data,
            $"{Line(session)}Subject: test\r\n\r\ntext\r\n"
        );

    /// <summary>A mailbox with the session's tag in its local-part: <c>a+s3@example.test</c>.</summary>
    public string Local(string mailbox)
    {
        var at = mailbox.LastIndexOf('@');
        return at > 0 && at < LongestLocal && char.IsAsciiLetterOrDigit(mailbox[at - 1])
            ? mailbox.Insert(at, $"+s{session + 1}")
            : mailbox;
    }

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

        if (tags is PathTags.Senders or PathTags.Locals)
        {
            return IsTagged(move) ? InLocal(move) : new Move(move.Command, move.Kind, move.Text);
        }

        // behind the last @ is the domain, whatever quotes and routes are before it
        var domain = move.Text.LastIndexOf('@') + 1;
        return tags is PathTags.Domains && move.Kind is MoveKind.Valid && !move.Content.IsEmpty && domain > 0
            ? new Move(move.Command, move.Kind, move.Text.Insert(domain, $"s{session + 1}."))
            : new Move(move.Command, move.Kind, move.Text);
    }

    private bool IsTagged(Move move) =>
        move.Kind is MoveKind.Valid
        && !move.Content.IsEmpty
        && move.Command.OnAccept.Any(effect =>
            effect.Kind is not EffectKind.Clear
            && (effect.Buffer == Rfc821.ReversePath || (effect.Buffer == Rfc821.ForwardPath && tags is PathTags.Locals))
        );

    // a parameter may have a mailbox too
    private Move InLocal(Move move)
    {
        var path = Encoding.Latin1.GetString(move.Content.Span);
        var place = move.Text.IndexOf(path, StringComparison.Ordinal);
        return place < 0
            ? new Move(move.Command, move.Kind, move.Text)
            : new Move(move.Command, move.Kind, $"{move.Text[..place]}{Local(path)}{move.Text[(place + path.Length)..]}");
    }

    private static string Line(int session) => $"X-Session: {session + 1}\r\n";
}
