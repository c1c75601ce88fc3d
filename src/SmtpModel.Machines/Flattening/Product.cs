namespace SmtpModel.Machines;

/// <summary>What flattening found of one region.</summary>
internal sealed record RegionTable(
    Region Region,
    IReadOnlyList<Edge> Edges,
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<Edge> Tolerated
);

/// <summary>
/// The machine whose states are those of the order, each with what the regions know: the part of the product that can be reached.
/// A state in which every region is in its first state keeps its name, so that a machine is the larger for a region, not another one.
/// </summary>
internal sealed class Product
{
    private readonly Flattened _order;
    private readonly IReadOnlyList<RegionTable> _regions;
    private readonly IReadOnlySet<Exchange> _forgetting;
    private readonly State[] _first;
    private readonly State _final;
    private readonly Dictionary<(State, string), State> _known = [];
    private readonly ILookup<State, Edge> _edges;
    private readonly ILookup<State, Edge> _besides;
    private readonly ILookup<State, Refusal> _refusals;
    private readonly Dictionary<(State, Exchange), Edge>[] _moves;
    private readonly Dictionary<(State, Command), Refusal>[] _refused;

    private Product(Flattened order, IReadOnlyList<RegionTable> regions, IReadOnlySet<Exchange> forgetting)
    {
        (_order, _regions, _forgetting) = (order, regions, forgetting);
        _first = [.. regions.Select(region => region.Region.First)];
        _final = order.States[^1];
        _edges = order.Edges.ToLookup(edge => edge.From);
        _besides = order.Tolerated.ToLookup(edge => edge.From);
        _refusals = order.Refusals.ToLookup(refusal => refusal.State);
        _moves = [.. regions.Select(region => First(region.Edges, edge => (edge.From, edge.Exchange)))];
        _refused = [.. regions.Select(region => First(region.Refusals, refusal => (refusal.State, refusal.Command)))];
    }

    public static Flattened Of(Flattened order, IReadOnlyList<RegionTable> regions, IReadOnlySet<Exchange> forgetting) =>
        new Product(order, regions, forgetting).Make();

    private static Dictionary<TKey, T> First<TKey, T>(IEnumerable<T> all, Func<T, TKey> key) where TKey : notnull =>
        all.GroupBy(key).ToDictionary(group => group.Key, group => group.First());

    private Flattened Make()
    {
        var start = With(_order.States[0], _first);
        List<Edge> edges = [];
        List<Edge> besides = [];
        var served = Reach(start, [], edges, besides);
        var all = Reach(start, served, edges: [], besides: []);

        // those in which nothing is known come first, each where the order has it; what is reached only by what is tolerated, last
        List<State> states = [.. Ordered(served).Where(state => state != _final), _final];
        List<State> tolerated = [.. Ordered(all.Except(served))];
        foreach (var state in tolerated)
        {
            Leave(state, besides, IsTolerated(state) ? besides : []);
        }

        var places = states.Index().ToDictionary(one => one.Item, one => one.Index);
        var parents = _order.Parents.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var state in states.Concat(tolerated).Where(state => state.Of is not null && _order.Parents.ContainsKey(state.Of)))
        {
            parents[state] = _order.Parents[state.Of!];
        }

        return _order with
        {
            States = states,
            ToleratedStates = tolerated,
            Parents = parents,
            Edges = [.. edges.OrderBy(edge => places[edge.From])],
            Tolerated = besides,
            Refusals = [.. states.Concat(tolerated).SelectMany(Refusals)],
        };
    }

    private IEnumerable<State> Ordered(IEnumerable<State> states)
    {
        var order = _order.States.Concat(_order.ToleratedStates).ToList();
        return states
            .OrderBy(state => _regions.Index().Sum(one => one.Item.Region.States.ToList().IndexOf(Facts(state)[one.Index]) << one.Index))
            .ThenBy(state => order.IndexOf(state.Of ?? state));
    }

    // what is reached by edges, and from the states that are served by what is tolerated, too
    private HashSet<State> Reach(State start, HashSet<State> served, List<Edge> edges, List<Edge> besides)
    {
        HashSet<State> reached = [start];
        var open = new Queue<State>([start]);
        while (open.TryDequeue(out var state))
        {
            var (from, beside) = (edges.Count, besides.Count);
            Leave(state, edges, besides);
            foreach (var edge in edges.Skip(from).Concat(served.Contains(state) || IsTolerated(state) ? besides.Skip(beside) : []))
            {
                if (reached.Add(edge.To))
                {
                    open.Enqueue(edge.To);
                }
            }
        }

        return reached;
    }

    private bool IsTolerated(State state) => _order.ToleratedStates.Contains(state.Of ?? state);

    // the edges that leave a state: those of the order, with what each does to the regions
    private void Leave(State state, List<Edge> edges, List<Edge> besides)
    {
        var own = state.Of ?? state;
        var facts = Facts(state);
        edges.AddRange(_edges[own].Where(IsTaken).Select(Moved));
        besides.AddRange(_besides[own].Where(IsTaken).Select(Moved));
        besides.AddRange(_regions.SelectMany((region, index) => region.Tolerated.Where(edge => edge.From == facts[index])).Select(Moved));

        bool IsTaken(Edge edge) => RefusedBy(facts, edge.Exchange.Command) is null;
        Edge Moved(Edge edge) => edge with { From = state, To = edge.To == _final ? _final : With(edge.To, Behind(facts, edge.Exchange)) };
    }

    private State[] Behind(IReadOnlyList<State> facts, Exchange exchange) => [.. _regions.Select((region, index) =>
        _moves[index].GetValueOrDefault((facts[index], exchange)) is { } edge ? edge.To
        : _forgetting.Contains(exchange) ? region.Region.First
        : facts[index])];

    private Refusal? RefusedBy(IReadOnlyList<State> facts, Command command) => _regions
        .Select((region, index) => _refused[index].GetValueOrDefault((facts[index], command)))
        .FirstOrDefault(refusal => refusal is not null);

    // what a region refuses is refused wherever the order knows the command at all
    private IEnumerable<Refusal> Refusals(State state)
    {
        var (own, facts) = (state.Of ?? state, Facts(state));
        var order = _refusals[own].ToList();
        var commands = order.Select(refusal => refusal.Command)
            .Union(_edges[own].Concat(_besides[own]).Select(edge => edge.Exchange.Command));
        return commands
            .Select(command => Either(RefusedBy(facts, command), order.Find(refusal => refusal.Command == command), IsInOrder(command)))
            .OfType<Refusal>()
            .Select(refusal => refusal with { State = state });

        bool IsInOrder(Command command) => _edges[own].Any(edge => edge.Exchange.Command == command);

        // where there are two reasons to refuse, the code of each will do
        static Refusal? Either(Refusal? fact, Refusal? order, bool isInOrder) =>
            fact is null || order is null || isInOrder
                ? fact ?? order
                : fact with
                {
                    Codes = [.. fact.Codes, .. order.Codes.Except(fact.Codes)],
                };
    }

    private IReadOnlyList<State> Facts(State state) => state.Facts.Count > 0 ? state.Facts : _first;

    private State With(State own, State[] facts)
    {
        if (own == _final)
        {
            return _final;
        }

        var known = facts.Where((fact, index) => fact != _first[index]).ToList();
        var suffix = string.Concat(known.Select(fact => fact.Name));
        return _known.TryGetValue((own, suffix), out var made)
            ? made
            : _known[(own, suffix)] =
                known.Count == 0
                    ? own with
                    {
                        Facts = facts,
                    }
                    : own with
                    {
                        Name = own.Name + suffix,
                        Meaning = $"{own.Meaning}; {string.Join("; ", known.Select(fact => fact.Meaning))}",
                        Of = own,
                        Facts = facts,
                    };
    }
}
