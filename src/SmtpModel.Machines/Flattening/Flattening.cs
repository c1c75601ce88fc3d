namespace SmtpModel.Machines;

/// <summary>Makes a transition table of a profile by asking its Stateless machine: place it in each state, fire each exchange, look where
/// it is.</summary>
internal static class Flattening
{
    /// <summary>The table of a profile: every combination of a state and what the regions know that can be reached is a state of its
    /// own.</summary>
    public static TransitionTable Flatten(Profile profile) => Flatten(profile, profile.BuildMachine(), isWhole: true);

    /// <summary>
    /// The table as it is written: the states of regions stand beside the others. Meant to be drawn; no session follows it.
    /// </summary>
    public static TransitionTable AsWritten(Profile profile) => Flatten(profile, profile.BuildMachine(), isWhole: false);

    private static TransitionTable Flatten(Profile profile, ProtocolMachine machine, bool isWhole)
    {
        var vocabulary = machine.Vocabulary;
        var start = vocabulary.Start
            ?? throw new SpecificationException($"the profile {profile} never names its first state; call Bounds(...)");
        var final = vocabulary.Final;
        if (final is null || final == start)
        {
            throw new SpecificationException(
                $"the profile {profile} begins in {start} and ends in {final?.Name ?? "no state"}; Bounds(...) names two states"
            );
        }

        var infos = machine.GetInfo().States.ToDictionary(info => (State)info.UnderlyingState);
        var parents = infos.Values.Where(info => info.Superstate is not null)
            .ToDictionary(info => (State)info.UnderlyingState, info => (State)info.Superstate.UnderlyingState);
        var apart = machine.Regions.SelectMany(region => region.States).ToHashSet();
        var leaves = infos.Values.Where(info => !info.Substates.Any()).Select(info => (State)info.UnderlyingState).ToList();
        List<State> states =
        [
            start,
            .. leaves.Where(state => state != start && state != final && !apart.Contains(state)),
            .. isWhole ? [] : apart,
            final,
        ];

        var written = new WrittenOrder(machine, infos.Values, parents);
        var all = states.SelectMany(written.Edges).ToList();
        var refusals = states.SelectMany(written.Refusals).ToList();

        // a state that tolerated exchanges lead to, and no edge from anywhere else
        var tolerated = machine.Tolerated.Select(edge => edge.To!).Distinct()
            .Where(state => all.TrueForAll(edge => edge.To != state || edge.From == state)).ToList();
        List<Edge> edges = [.. all.Where(edge => !tolerated.Contains(edge.From))];
        var taken = all.Select(edge => (edge.From, edge.Exchange)).ToHashSet();
        // where a later part has put an exchange in order, it is an edge and no longer tolerated
        List<Edge> besides = [.. machine.Tolerated.SelectMany(declared => Leaves(declared.From, states, parents)
                .Select(state => AsEdge(declared) with { From = state }))
                .Where(edge => edge.IsOneOfSeveral || !taken.Contains((edge.From, edge.Exchange))),
            .. all.Where(edge => tolerated.Contains(edge.From))];
        var flat = new Flattened([.. states.Except(tolerated)], parents, edges, refusals, written.Conflicts, tolerated, besides);
        if (isWhole && machine.Regions.Count > 0)
        {
            var regions = machine.Regions.Select(region => new RegionTable(region,
                [.. region.States.SelectMany(written.Edges)],
                [.. region.States.SelectMany(written.Refusals)],
                [.. machine.Tolerated.Where(declared => region.States.Contains(declared.From)).Select(AsEdge)])).ToList();
            flat = Product.Of(flat, regions, machine.Forgetting.Keys.ToHashSet());
        }

        edges = [.. flat.Edges.Select((edge, index) => edge with { Index = index })];
        return new TransitionTable(profile, machine, flat with
        {
            Edges = edges,
            Tolerated = [.. flat.Tolerated.Select((edge, index) => edge with { Index = edges.Count + index, IsTolerated = true })],
        });
    }

    private static Edge AsEdge(DeclaredEdge declared) => new(declared.From, declared.Exchange, declared.To!, declared.Rule, declared.Place)
    {
        IsDiscouraged = declared.IsDiscouraged,
        IsOneOfSeveral = declared.IsOneOfSeveral,
    };

    private static IEnumerable<State> Leaves(State state, List<State> states, Dictionary<State, State> parents) =>
        states.Where(leaf => WrittenOrder.Line(leaf, parents).Contains(state));
}

/// <summary>What flattening found.</summary>
internal sealed record Flattened(
    IReadOnlyList<State> States,
    IReadOnlyDictionary<State, State> Parents,
    IReadOnlyList<Edge> Edges,
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<(State State, Exchange Exchange)> Conflicts,
    IReadOnlyList<State> ToleratedStates,
    IReadOnlyList<Edge> Tolerated
);
