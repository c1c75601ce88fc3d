using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A session that a case plays.</summary>
/// <param name="Session">The session.</param>
/// <param name="Why">What it is for, in one sentence.</param>
public sealed record PlannedSession(TestSession Session, string Why);

/// <summary>
/// What a case plays against a server that does as the specification prefers. With another server the ways may differ: they
/// follow what it accepts.
/// </summary>
public sealed class CasePlan
{
    private readonly CaseCatalogue _catalogue;
    private readonly Palette _palette;
    private readonly Dictionary<State, IReadOnlyList<Move>> _access = [];
    private readonly Dictionary<State, List<Trial>> _trials = [];
    private readonly Inputs _inputs;
    private readonly Depth _depth;

    /// <summary>The plan for a catalogue.</summary>
    /// <param name="catalogue">The cases.</param>
    /// <param name="options">How the server is tested.</param>
    public CasePlan(CaseCatalogue catalogue, TestOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(options);
        (_catalogue, _depth) = (catalogue, options.Depth);
        _palette = new Palette(Table, options.Palette);
        _inputs = new Inputs(catalogue, _palette, options.Depth);
        var first = Table.From(Table.Start).First(edge => edge.Exchange.IsAccepted).To;
        _access[first] = [];
        var open = new Queue<State>([first]);
        while (open.TryDequeue(out var state))
        {
            _trials[state] = _inputs.Of(state);
            foreach (
                var edge in Table
                    .From(state)
                    .Where(edge =>
                        edge.Exchange.IsAccepted && edge.To != Table.Final && CaseDepth.Of(Table, edge.Exchange.Command) <= options.Depth
                    )
                    .OrderByDescending(edge => Table[edge.Exchange.Command].Required)
                    .ThenByDescending(edge => Table.IndexOf(edge.Exchange.Command))
            )
            {
                if (_inputs.Plain(edge.Exchange.Command) is { } move && _access.TryAdd(edge.To, [.. _access[state], move]))
                {
                    open.Enqueue(edge.To);
                }
            }
        }
    }

    private TransitionTable Table => _catalogue.Table;

    /// <summary>The sessions of a case; none for a case that is decided by what other cases play, or that the server must open.</summary>
    /// <param name="one">The case.</param>
    public IReadOnlyList<PlannedSession> Of(TestCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return one.State is not { } state || one.Depth > _depth || !_access.TryGetValue(state, out var way) ? []
            : one.Kind switch
            {
                CaseKind.Cleared =>
                [
                    Session(
                        [.. way, _inputs.Plain(one.Command!)!, .. Begun(state)],
                        "a new transaction begins behind it, and what needs the old one must be out of order"
                    ),
                ],
                CaseKind.Kept =>
                [
                    Session(
                        [
                            .. way,
                            .. (one.Command is { } single ? [single] : BufferCases.Inert(Table, state)).Select(command =>
                                _inputs.Plain(command)!
                            ),
                            .. Identify(state).Take(1),
                        ],
                        $"{(one.Command is null ? "all that does nothing is done" : "it is done")}, then the state is told from every "
                            + $"other"
                    ),
                ],
                _ => [.. _trials[state].Where(trial => trial.Case == one).SelectMany(trial => Trial(way, trial))],
            };
    }

    /// <summary>The moves that lead to a state; null when there are none of the depth.</summary>
    internal IReadOnlyList<Move>? Access(State state) => _access.GetValueOrDefault(state);

    private IEnumerable<PlannedSession> Trial(IReadOnlyList<Move> way, Trial trial)
    {
        yield return Session([.. way, trial.Move], "the reply");
        var target = Target(trial);
        foreach (var move in target is null ? [] : Identify(target))
        {
            yield return Session(
                [.. way, trial.Move, move],
                $"whether the server is in {target} then: there it answers the last command otherwise than in some other state"
            );
        }
    }

    private State? Target(Trial trial)
    {
        var state = trial.Case.State!;
        var edges = Table.From(state, trial.Move.Command);
        var edge = trial.Case is { Kind: CaseKind.InOrder } or { Sample.IsTaken: true }
            ? edges.FirstOrDefault(edge => edge.Exchange.IsAccepted)
            : edges.FirstOrDefault(edge => !edge.Exchange.IsAccepted);
        var to = edge?.To ?? state;
        return Table.Reads(to) is Reading.Commands ? to : null;
    }

    private IEnumerable<Move> Identify(State state) => StateMarks.OfSpecification(Table, _inputs, state).Select(pair => pair.Move);

    // from the state without a transaction to the one in which the last buffer of the given state is not held yet, and what needs it
    private IEnumerable<Move> Begun(State state)
    {
        var last = BufferCases.Last(Table, state)!;
        var begun = _access.Where(other => other.Key.Holds.Count > 0 && !other.Key.Holds.Contains(last)).MinBy(other => other.Value.Count);
        var cleared = _access.First(other => other.Key.Holds.Count == 0 && other.Value.Count > 0);
        return [.. begun.Value.Skip(cleared.Value.Count), .. Identify(begun.Key).TakeLast(1)];
    }

    private static PlannedSession Session(IReadOnlyList<Move> moves, string why) =>
        new(new TestSession([.. moves.Select(move => new Step(move))]), why);
}
