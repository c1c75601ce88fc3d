using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>What the edges of a label say about the session; a colour where there are colours.</summary>
internal enum LabelKind
{
    /// <summary>The command was accepted.</summary>
    Accepted,

    /// <summary>The command was refused, and yet the state changes.</summary>
    Refused,

    /// <summary>Whatever was answered, the session is over.</summary>
    Closing,

    /// <summary>It is only there to show how the states follow each other.</summary>
    Way,
}

/// <summary>Exchanges that are written together, as <c>MAIL, SEND / 250</c>.</summary>
/// <param name="Commands">The commands.</param>
/// <param name="Codes">The replies, all of which each of the commands may draw.</param>
/// <param name="Rule">The rule they come from; null where the picture shows none.</param>
/// <param name="Paint">How they are painted; null for the usual colours.</param>
internal sealed record Label(IReadOnlyList<Command> Commands, IReadOnlyList<int> Codes, Rule? Rule, EdgePaint? Paint = null)
{
    /// <summary>What else there is to say of them, on a line below; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What is written instead of commands and replies; null for these.</summary>
    public string? Text { get; init; }
}

/// <summary>What the exchanges that are listed inside a state have in common.</summary>
internal enum ListingKind
{
    /// <summary>They are accepted and the session stays.</summary>
    Stays,

    /// <summary>They are refused and the session stays.</summary>
    Refused,

    /// <summary>The commands are out of order.</summary>
    OutOfOrder,

    /// <summary>They would change something, but there is nothing to change.</summary>
    NoEffect,
}

/// <summary>Exchanges that are listed inside a state, as they lead nowhere else.</summary>
/// <param name="Kind">What they have in common.</param>
/// <param name="Labels">The exchanges.</param>
internal sealed record Listing(ListingKind Kind, IReadOnlyList<Label> Labels);

/// <summary>A state of the picture, with what is listed inside it; a superstate when it has children.</summary>
/// <param name="State">The state.</param>
/// <param name="Children">The states inside, in the order in which they are drawn.</param>
/// <param name="Listings">What leads nowhere else.</param>
internal sealed record Node(State State, IReadOnlyList<Node> Children, IReadOnlyList<Listing> Listings)
{
    /// <summary>What is written on it first.</summary>
    public string Title { get; init; } = State.Name;

    /// <summary>Lines below the title.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What is said of it on demand: its meaning, and the rule and clause of what is listed.</summary>
    public IReadOnlyList<string> Tips { get; init; } = [];

    /// <summary>Whether there are states inside.</summary>
    public bool IsSuperstate => Children.Count > 0;

    /// <summary>This node and all inside it, the outermost first.</summary>
    public IEnumerable<Node> All => Children.SelectMany(child => child.All).Prepend(this);
}

/// <summary>The exchanges of one kind on an arrow.</summary>
/// <param name="Kind">What they say.</param>
/// <param name="Labels">The exchanges; none for <see cref="LabelKind.Way"/>.</param>
/// <param name="Tips">What is said of them on demand: their rules and clauses.</param>
internal sealed record ArrowPart(LabelKind Kind, IReadOnlyList<Label> Labels, IReadOnlyList<string> Tips);

/// <summary>An arrow: all exchanges that lead from one node to another.</summary>
/// <param name="From">The state or superstate it leaves.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Parts">The exchanges by their kinds.</param>
internal sealed record Arrow(State From, State To, IReadOnlyList<ArrowPart> Parts);

/// <summary>A picture of a machine before it is written in any notation.</summary>
/// <param name="Name">The machine's name.</param>
/// <param name="Title">What the machine is.</param>
/// <param name="Start">Where a session starts; null where that is not shown.</param>
/// <param name="Final">Where it is over; null where that is not shown.</param>
/// <param name="Roots">The outermost nodes.</param>
/// <param name="Arrows">The arrows.</param>
/// <param name="Legend">What is not drawn, in a few lines.</param>
internal sealed record Picture(
    string Name,
    string Title,
    State? Start,
    State? Final,
    IReadOnlyList<Node> Roots,
    IReadOnlyList<Arrow> Arrows,
    IReadOnlyList<string> Legend
)
{
    /// <summary>What the colours and line styles mean.</summary>
    public IReadOnlyList<(LabelKind Kind, string Words)> Key { get; init; } = [];

    /// <summary>All nodes, each superstate before what is inside it.</summary>
    public IEnumerable<Node> Nodes => Roots.SelectMany(root => root.All);
}
