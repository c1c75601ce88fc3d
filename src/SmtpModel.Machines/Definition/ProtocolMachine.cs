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

    /// <summary>Puts the machine into a state, as if the session had got there.</summary>
    /// <param name="state">The state; not a superstate.</param>
    public void PlaceAt(State state) => _position.State = state;

    internal void Add(DeclaredEdge edge) => _edges.Add(edge);

    internal void AddTolerated(DeclaredEdge edge) => _tolerated.Add(edge);

    internal void Add(DeclaredRefusal refusal) => _refusals.Add(refusal);

    // what is said of a command by its name counts before what is said of all
    internal void AddOtherwise(DeclaredRefusal refusal) => _refusals.Insert(0, refusal);

    private sealed class Position
    {
        public State State { get; set; } = new("nowhere", "before the machine was placed");
    }
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
