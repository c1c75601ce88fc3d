using Stateless.Reflection;

namespace SmtpModel.Machines;

/// <summary>Makes a transition table of a profile by asking its Stateless machine: place it in each state, fire each exchange, look where it is.</summary>
internal static class Flattening
{
    public static TransitionTable Flatten(Profile profile)
    {
        var machine = profile.BuildMachine();
        var vocabulary = machine.Vocabulary;
        var start = vocabulary.Start ?? throw new SpecificationException($"the profile {profile} never names its first state; call Bounds(...)");
        var final = vocabulary.Final;
        if (final is null || final == start)
        {
            throw new SpecificationException($"the profile {profile} begins in {start} and ends in {final?.Name ?? "no state"}; Bounds(...) names two states");
        }

        var infos = machine.GetInfo().States.ToDictionary(info => (State)info.UnderlyingState);
        var parents = infos.Values.Where(info => info.Superstate is not null)
            .ToDictionary(info => (State)info.UnderlyingState, info => (State)info.Superstate.UnderlyingState);
        var states = infos.Values.Where(info => !info.Substates.Any()).Select(info => (State)info.UnderlyingState).ToList();
        states = [start, .. states.Where(state => state != start && state != final), final];

        var alphabet = infos.Values.SelectMany(Labels).Distinct().ToList();
        var conflicts = infos.Values.SelectMany(info => Labels(info).CountBy(label => label)
            .Where(count => count.Value > 1).Select(count => ((State)info.UnderlyingState, count.Key))).ToList();
        var all = new List<Edge>();
        foreach (var state in states)
        {
            foreach (var exchange in alphabet)
            {
                if (Fire(machine, state, exchange, conflicts, parents) is { } to)
                {
                    var declared = Nearest(state, parents, at => machine.Edges.FirstOrDefault(edge => edge.From == at && edge.Exchange == exchange));
                    all.Add(new Edge(state, exchange, to, declared?.Rule, declared?.Place ?? SourcePlace.Unknown));
                }
            }
        }

        var refusals = states.SelectMany(state => vocabulary.Commands.Select(use =>
            Nearest(state, parents, at => machine.Refusals.LastOrDefault(refusal => refusal.In == at && refusal.Command == use.Command)) is { } refusal
                ? new Refusal(state, use.Command, refusal.Codes, refusal.Rule, refusal.Place) { Demands = refusal.Demands } : null).OfType<Refusal>()).ToList();

        // a state that tolerated exchanges lead to, and no edge from anywhere else
        var tolerated = machine.Tolerated.Select(edge => edge.To!).Distinct()
            .Where(state => all.TrueForAll(edge => edge.To != state || edge.From == state)).ToList();
        List<Edge> edges = [.. all.Where(edge => !tolerated.Contains(edge.From)).Select((edge, index) => edge with { Index = index })];
        // where a later part has put an exchange in order, it is an edge and no longer tolerated
        List<Edge> besides = [.. machine.Tolerated.SelectMany(declared => Leaves(declared.From, states, parents)
                .Select(state => new Edge(state, declared.Exchange, declared.To!, declared.Rule, declared.Place) { IsDiscouraged = declared.IsDiscouraged }))
                .Where(edge => !all.Exists(other => other.From == edge.From && other.Exchange == edge.Exchange)),
            .. all.Where(edge => tolerated.Contains(edge.From))];
        besides = [.. besides.Select((edge, index) => edge with { Index = edges.Count + index, IsTolerated = true })];
        return new TransitionTable(profile, machine,
            new Flattened([.. states.Except(tolerated)], parents, edges, refusals, conflicts, tolerated, besides));
    }

    private static IEnumerable<State> Leaves(State state, List<State> states, Dictionary<State, State> parents) =>
        states.Where(leaf => Nearest(leaf, parents, at => at == state ? at : null) is not null);

    private static IEnumerable<Exchange> Labels(StateInfo info) => info.FixedTransitions.Select(transition => (Exchange)transition.Trigger.UnderlyingTrigger)
        .Concat(info.IgnoredTriggers.Select(ignored => (Exchange)ignored.Trigger.UnderlyingTrigger));

    private static State? Fire(ProtocolMachine machine, State state, Exchange exchange,
        List<(State State, Exchange Exchange)> conflicts, Dictionary<State, State> parents)
    {
        // Stateless notices two edges for one exchange only when it is fired: such a pair is reported, not fired
        var conflicted = Nearest(state, parents, at => conflicts.Contains((at, exchange)) ? at : null);
        if (conflicted is not null)
        {
            return machine.Edges.FirstOrDefault(edge => edge.From == conflicted && edge.Exchange == exchange)?.To ?? state;
        }

        machine.PlaceAt(state);
        if (!machine.CanFire(exchange))
        {
            return null;
        }

        machine.Fire(exchange);
        return machine.State;
    }

    private static T? Nearest<T>(State state, Dictionary<State, State> parents, Func<State, T?> find) where T : class
    {
        for (State? at = state; at is not null; at = parents.GetValueOrDefault(at))
        {
            if (find(at) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>What flattening found.</summary>
internal sealed record Flattened(IReadOnlyList<State> States, IReadOnlyDictionary<State, State> Parents, IReadOnlyList<Edge> Edges,
    IReadOnlyList<Refusal> Refusals, IReadOnlyList<(State State, Exchange Exchange)> Conflicts, IReadOnlyList<State> ToleratedStates, IReadOnlyList<Edge> Tolerated);
