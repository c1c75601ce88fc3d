using Stateless.Reflection;

namespace SmtpModel.Machines;

/// <summary>
/// What a Stateless machine does in one state at a time, and where that is written: what is said of a superstate holds in its substates,
/// and what is nearest counts.
/// </summary>
internal sealed class WrittenOrder
{
    private readonly ProtocolMachine _machine;
    private readonly IReadOnlyDictionary<State, State> _parents;
    private readonly Dictionary<State, HashSet<Exchange>> _labels;
    private readonly List<Exchange> _alphabet;
    private readonly Dictionary<(State, Exchange), DeclaredEdge> _edges = [];
    private readonly Dictionary<(State, Command), DeclaredRefusal> _refusals = [];
    private readonly HashSet<(State, Exchange)> _conflicts;

    public WrittenOrder(ProtocolMachine machine, IReadOnlyCollection<StateInfo> infos, IReadOnlyDictionary<State, State> parents)
    {
        (_machine, _parents) = (machine, parents);
        var labels = infos.Select(info => (State: (State)info.UnderlyingState, Labels: Labels(info).ToList())).ToList();
        _alphabet = [.. labels.SelectMany(one => one.Labels).Distinct()];
        _labels = labels.ToDictionary(one => one.State, one => one.Labels.ToHashSet());
        Conflicts =
        [
            .. labels.SelectMany(one =>
                one.Labels.CountBy(label => label).Where(count => count.Value > 1).Select(count => (one.State, count.Key))
            ),
        ];
        _conflicts = [.. Conflicts];
        foreach (var edge in machine.Edges)
        {
            _edges.TryAdd((edge.From, edge.Exchange), edge);
        }

        // what is said last of a command counts
        foreach (var refusal in machine.Refusals)
        {
            _refusals[(refusal.In, refusal.Command)] = refusal;
        }
    }

    /// <summary>Pairs of a state and an exchange that have more than one edge.</summary>
    public IReadOnlyList<(State State, Exchange Exchange)> Conflicts { get; }

    /// <summary>A state, and all that it is a substate of, the nearest first.</summary>
    public static IEnumerable<State> Line(State state, IReadOnlyDictionary<State, State> parents)
    {
        for (State? at = state; at is not null; at = parents.GetValueOrDefault(at))
        {
            yield return at;
        }
    }

    /// <summary>The edges that leave a state: the machine is placed in it and fires what is written of it.</summary>
    public IEnumerable<Edge> Edges(State state)
    {
        State[] line = [.. Line(state, _parents)];
        foreach (var exchange in _alphabet.Where(label => Array.Exists(line, at => IsWritten(at, label))))
        {
            if (Fire(state, line, exchange) is { } to)
            {
                var declared = line.Select(at => _edges.GetValueOrDefault((at, exchange))).FirstOrDefault(edge => edge is not null);
                yield return new Edge(state, exchange, to, declared?.Rule, declared?.Place ?? SourcePlace.Unknown);
            }
        }
    }

    /// <summary>What is refused in a state.</summary>
    public IEnumerable<Refusal> Refusals(State state)
    {
        State[] line = [.. Line(state, _parents)];
        return _machine
            .Vocabulary.Described.Select(command =>
                line.Select(at => _refusals.GetValueOrDefault((at, command))).FirstOrDefault(refusal => refusal is not null)
            )
            .OfType<DeclaredRefusal>()
            .Select(refusal => new Refusal(state, refusal.Command, refusal.Codes, refusal.Rule, refusal.Place)
            {
                Demands = refusal.Demands,
            });
    }

    // nothing is written of a state that only the bounds name
    private bool IsWritten(State state, Exchange exchange) => _labels.TryGetValue(state, out var labels) && labels.Contains(exchange);

    private State? Fire(State state, State[] line, Exchange exchange)
    {
        // Stateless notices two edges for one exchange only when it is fired: such a pair is reported, not fired
        var conflicted = Array.Find(line, at => _conflicts.Contains((at, exchange)));
        return conflicted is null ? _machine.FireAt(state, exchange)
            : _edges.GetValueOrDefault((conflicted, exchange))?.To ?? state;
    }

    private static IEnumerable<Exchange> Labels(StateInfo info) =>
        info
            .FixedTransitions.Select(transition => (Exchange)transition.Trigger.UnderlyingTrigger)
            .Concat(info.IgnoredTriggers.Select(ignored => (Exchange)ignored.Trigger.UnderlyingTrigger));
}
