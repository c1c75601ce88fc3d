using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The inputs that a server never answers. Each is waited for as long as any reply until it is known: more than once nothing
/// came, the ending behind it was answered, and no reply to it was ever seen. From then on it is given little time, so that a
/// server that leaves one command unanswered does not hold up the run. That a reply was late is still told by the ending behind it.
/// </summary>
internal sealed class Mutes(TransitionTable table)
{
    // so many times nothing came before it is believed
    private const int Enough = 2;

    // how long an input is waited for that is known to draw no reply
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Command Command, MoveKind Kind, StateSet States), Count> _inputs = [];
    private readonly Dictionary<Command, Count> _commands = [];

    private Command? Unknown { get; } = table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.UnknownLine)?.Command;

    /// <summary>Notes what came for an input.</summary>
    /// <param name="move">What was sent.</param>
    /// <param name="states">The states the server can have been in.</param>
    /// <param name="isSilent">Whether it is sure that nothing came, and nothing would have.</param>
    public void Note(Move move, StateSet states, bool isSilent)
    {
        lock (_lock)
        {
            var key = (move.Command, move.Kind, states);
            _inputs[key] = _inputs.GetValueOrDefault(key).With(isSilent);
            _commands[move.Command] = _commands.GetValueOrDefault(move.Command).With(isSilent);
        }
    }

    /// <summary>Sends a move and waits for the reply: not for long where it is known to draw none.</summary>
    public async ValueTask<Observation> SendAsync(ITargetSession connection, Move move, StateSet states, CancellationToken cancellation) =>
        connection is IWireSession wire && IsMute(move, states) && await wire.WriteAsync(move.Octets, cancellation)
            ? await wire.ReadAsync(Short, cancellation) : await connection.SendAsync(move.Octets, 0, cancellation);

    /// <summary>How long to wait for the reply to octets; null for as long as for any.</summary>
    /// <param name="state">The state that the server is taken to be in.</param>
    /// <param name="sent">What was sent and has drawn no reply yet.</param>
    public TimeSpan? Patience(State state, string sent)
    {
        lock (_lock)
        {
            // here nothing tells a late reply: only what was seen itself counts
            return Read(state, sent) is var (command, kind) && (_commands.GetValueOrDefault(command).IsMute
                || _inputs.GetValueOrDefault((command, kind, StateSet.Of(table.IndexOf(state)))).IsMute) ? Short : null;
        }
    }

    private bool IsMute(Move move, StateSet states)
    {
        lock (_lock)
        {
            // a command that need not be there may be unknown, and draw what unknown ones do
            var own = _commands.GetValueOrDefault(move.Command);
            return own.IsMute
                || _inputs.GetValueOrDefault((move.Command, move.Kind, states)).IsMute
                || (
                    !own.IsAnswered
                    && !table[move.Command].Required
                    && Unknown is { } unknown
                    && _commands.GetValueOrDefault(unknown).IsMute
                );
        }
    }

    // the first line, or mail data with its end; null for all else
    private (Command Command, MoveKind Kind)? Read(State state, string sent)
    {
        if (table.Reads(state) is Reading.Data && (sent is ".\r\n" || sent.EndsWith("\r\n.\r\n", StringComparison.Ordinal)))
        {
            return (table.Commands.First(use => use.Command.Kind is InputKind.Data).Command, MoveKind.Data);
        }

        // a line is what is waited for behind mail data too, where that has had its reply
        var end = sent.IndexOf("\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var known = table.Recognize(sent[..end]);
        return known is not null ? (known.Command, MoveKind.Valid) : Unknown is { } unknown ? (unknown, MoveKind.Unknown) : null;
    }

    private readonly record struct Count(int Silent, bool IsAnswered)
    {
        public bool IsMute => Silent >= Enough && !IsAnswered;

        public Count With(bool isSilent) => new(Silent + (isSilent ? 1 : 0), IsAnswered || !isSilent);
    }
}
