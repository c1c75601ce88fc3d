using Stateless;

namespace SmtpModel.Machines;

/// <summary>
/// A Stateless state machine whose labels are exchanges, with what Stateless has no room for beside it: the vocabulary
/// (commands, replies, rules, doubts) and for each edge the rule it comes from.
/// </summary>
public sealed class ProtocolMachine : StateMachine<State, Exchange>
{
    private readonly Position _position;
    private readonly List<DeclaredEdge> _edges = [];
    private readonly List<DeclaredEdge> _tolerated = [];
    private readonly List<DeclaredRefusal> _refusals = [];
    private readonly HashSet<(State, Command)> _refusedIn = [];
    private readonly List<Region> _regions = [];
    private readonly Dictionary<Exchange, Rule> _forgetting = [];

    /// <summary>An empty machine.</summary>
    public ProtocolMachine() : this(new Position()) { }

    private ProtocolMachine(Position position) : base(() => position.State, state => position.State = state) => _position = position;

    /// <summary>The commands, rules and doubts the machine is described with.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>The edges as they were written, those of superstates included.</summary>
    public IReadOnlyList<DeclaredEdge> Edges => _edges;

    /// <summary>
    /// Exchanges that a receiver of this specification never takes part in, but which the standard does not forbid another
    /// one: whoever watches a receiver follows them.
    /// </summary>
    public IReadOnlyList<DeclaredEdge> Tolerated => _tolerated;

    /// <summary>What is answered to commands that are out of order, as it was written.</summary>
    public IReadOnlyList<DeclaredRefusal> Refusals => _refusals;

    /// <summary>What a session knows beside where it is.</summary>
    public IReadOnlyList<Region> Regions => _regions;

    /// <summary>The exchanges behind which every region is in its first state again, each with the rule that says so.</summary>
    public IReadOnlyDictionary<Exchange, Rule> Forgetting => _forgetting;

    /// <summary>
    /// Names a region: states beside the others, of which the session is in one as well, whatever else it does. Its edges are taken
    /// along with those of the order and never put anything in order by themselves; what its states have out of order is so wherever
    /// the session is. The machine is flattened to what can be reached of all combinations.
    /// </summary>
    /// <param name="name">What is known, as <c>authentication</c>.</param>
    /// <param name="states">Its states, the first one first.</param>
    public void Region(string name, params IReadOnlyList<State> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        _regions.Add(new Region(name, states));
        foreach (var state in states)
        {
            Configure(state);
        }
    }

    /// <summary>Behind these exchanges every region is in its first state again, but where its own edge for the exchange leads
    /// elsewhere.</summary>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="rule">The rule that says so.</param>
    public void Forget(IEnumerable<Exchange> exchanges, Rule rule)
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        foreach (var exchange in exchanges)
        {
            _forgetting[exchange] = Vocabulary.Current(rule);
        }
    }

    /// <summary>
    /// Where an exchange leads: the machine is put into the state, and into that of each region, and fires it. Null where it is not
    /// permitted, or where a region has the command out of order.
    /// </summary>
    /// <param name="state">A state of this machine's table.</param>
    /// <param name="exchange">The exchange.</param>
    /// <returns>The state it leads to, and that of each region; no regions behind the last state, in which nothing is known any
    /// more.</returns>
    public (State State, IReadOnlyList<State> Facts)? Step(State state, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Facts.Any(fact => _refusedIn.Contains((fact, exchange.Command)))
            || FireAt(state.Of ?? state, exchange) is not { } to)
        {
            return null;
        }

        return (to, to == Vocabulary.Final ? [] : [.. state.Facts.Select((fact, region) =>
            FireAt(fact, exchange) ?? (_forgetting.ContainsKey(exchange) ? _regions[region].First : fact))]);
    }

    /// <summary>Where an exchange leads from a state of the order or of a region alone; null where it is not permitted.</summary>
    internal State? FireAt(State state, Exchange exchange)
    {
        PlaceAt(state);
        if (!CanFire(exchange))
        {
            return null;
        }

        Fire(exchange);
        return State;
    }

    /// <summary>Puts the machine into a state, as if the session had got there.</summary>
    /// <param name="state">The state; not a superstate.</param>
    public void PlaceAt(State state) => _position.State = state;

    internal void Add(DeclaredEdge edge) => _edges.Add(edge);

    internal void AddTolerated(DeclaredEdge edge) => _tolerated.Add(edge);

    internal void Add(DeclaredRefusal refusal)
    {
        _refusals.Add(refusal);
        _refusedIn.Add((refusal.In, refusal.Command));
    }

    // what is said of a command by its name counts before what is said of all
    internal void AddOtherwise(DeclaredRefusal refusal)
    {
        _refusals.Insert(0, refusal);
        _refusedIn.Add((refusal.In, refusal.Command));
    }

    private sealed class Position
    {
        public State State { get; set; } = new("nowhere", "before the machine was placed");
    }
}

/// <summary>What a session knows beside where it is, as whether somebody has been authenticated.</summary>
/// <param name="Name">What is known.</param>
/// <param name="States">The states, the first one first.</param>
public sealed record Region(string Name, IReadOnlyList<State> States)
{
    /// <summary>The state of a session about which nothing is known yet.</summary>
    public State First => States[0];
}

/// <summary>An edge as the specification writes it.</summary>
/// <param name="From">The state or superstate it leaves.</param>
/// <param name="Exchange">Its label.</param>
/// <param name="To">Where it leads; null where the session stays in the state it is in.</param>
/// <param name="Rule">The rule it comes from.</param>
/// <param name="Place">The line that says it.</param>
public sealed record DeclaredEdge(State From, Exchange Exchange, State? To, Rule Rule, SourcePlace Place)
{
    /// <summary>Whether it is one that only another receiver takes, against what the standard would rather have.</summary>
    public bool IsDiscouraged { get; init; }

    /// <summary>Whether it is one of several places that the exchange may lead to.</summary>
    public bool IsOneOfSeveral { get; init; }
}

/// <summary>What is answered to a command that is not in order.</summary>
/// <param name="In">The state or superstate it holds for.</param>
/// <param name="Command">The command.</param>
/// <param name="Codes">The replies the standard names, the preferred one first.</param>
/// <param name="Rule">The rule that asks for the refusal.</param>
/// <param name="Place">The line that says it.</param>
public sealed record DeclaredRefusal(State In, Command Command, IReadOnlyList<int> Codes, Rule Rule, SourcePlace Place)
{
    /// <summary>The rule that demands one of the codes from whoever refuses; null where none does.</summary>
    public Rule? Demands { get; init; }
}
