using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a server refused though it was in order, and what it took though it was not. Such a refusal is the server's own choice, and
/// says nothing about order where it comes again: a tester that demanded another code there would accuse a policy. Not safe for use by
/// several threads.
/// </summary>
internal sealed partial class RefusalLog(TransitionTable table)
{
    private readonly HashSet<(string Line, int Code)> _refused = [];
    private readonly HashSet<(State State, int Code)> _shut = [];
    private readonly HashSet<State> _left = [];
    private readonly HashSet<(State State, Command Command)> _taken = [];

    /// <summary>Notes an exchange.</summary>
    /// <param name="state">The state that the server is known to be in.</param>
    /// <param name="move">What was sent.</param>
    /// <param name="code">The code of the reply.</param>
    public void Note(State state, Move move, int code)
    {
        var (isRefused, isLeft) = (code >= 400, _left.Contains(state));
        if (move.Kind is MoveKind.Valid && !isRefused && !table.IsInOrder(state, move.Command))
        {
            _taken.Add((state, move.Command));
        }

        if (move.Kind is not MoveKind.Valid || (isLeft && !isRefused) || !table.IsInOrder(state, move.Command))
        {
            return;
        }

        if (isRefused)
        {
            _refused.Add((move.Text, code));
        }

        // in a state that was left nobody is kept, whatever is refused there
        if (!isLeft && table.From(state, move.Command).Any(edge => edge.Exchange.IsAccepted && edge.To != state && edge.To != table.Final))
        {
            _ = isRefused ? _shut.Add((state, code)) : _left.Add(state);
        }
    }

    /// <summary>Takes over what another one has noted.</summary>
    /// <param name="other">The other.</param>
    public void Merge(RefusalLog other)
    {
        _refused.UnionWith(other._refused);
        _shut.UnionWith(other._shut);
        _left.UnionWith(other._left);
        _taken.UnionWith(other._taken);
    }

    /// <summary>
    /// Whether a code that came out of order is one that the server chose: the same line draws it where it is in order, it keeps
    /// everybody in the state, or the command is taken in the state, so that what is refused is the line and not its place.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="move">What drew it.</param>
    /// <param name="code">The code.</param>
    public bool Explains(State state, Move move, int code) =>
        _refused.Contains((move.Text, code))
        || _taken.Contains((state, move.Command))
        || (_shut.Contains((state, code)) && !_left.Contains(state));
}
