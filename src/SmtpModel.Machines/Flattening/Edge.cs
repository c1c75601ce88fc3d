namespace SmtpModel.Machines;

/// <summary>One transition of the flattened machine.</summary>
/// <param name="From">The state it leaves; never a superstate.</param>
/// <param name="Exchange">Its label.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Rule">The rule it comes from; null only in a specification that is not sound.</param>
/// <param name="Place">The line that says it.</param>
public sealed record Edge(State From, Exchange Exchange, State To, Rule? Rule, SourcePlace Place)
{
    /// <summary>The edge's place among all edges of its table, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Whether it is one that only another receiver takes, or that comes behind one.</summary>
    public bool IsTolerated { get; init; }

    /// <summary>Whether it is one that the standard would rather not have, though it does not forbid it.</summary>
    public bool IsDiscouraged { get; init; }

    /// <summary>
    /// Whether it is one of several places that the exchange may lead to, since the standard does not say where: the exchange is an
    /// edge, or a refusal of what is out of order, besides.
    /// </summary>
    public bool IsOneOfSeveral { get; init; }

    /// <summary>The edge as a line, as <c>Ready: MAIL / 250 -> MailGiven</c>.</summary>
    public override string ToString() => $"{From}: {Exchange} -> {To}";
}

/// <summary>What a command that is out of order draws in one state; the session stays.</summary>
/// <param name="State">The state; never a superstate.</param>
/// <param name="Command">The command.</param>
/// <param name="Codes">The replies the standard names, the preferred one first.</param>
/// <param name="Rule">The rule that asks for it.</param>
/// <param name="Place">The line that says it.</param>
public sealed record Refusal(State State, Command Command, IReadOnlyList<int> Codes, Rule Rule, SourcePlace Place)
{
    /// <summary>The rule that demands one of the codes from whoever refuses; null where another code says it as well.</summary>
    public Rule? Demands { get; init; }
}

/// <summary>What a session in a state waits for.</summary>
public enum Reading
{
    /// <summary>Nothing: the session is over.</summary>
    Nothing,

    /// <summary>The channel to be opened, which the receiver answers with its greeting.</summary>
    Opening,

    /// <summary>A command line.</summary>
    Commands,

    /// <summary>A block of data and its end.</summary>
    Data,

    /// <summary>A line that answers a challenge.</summary>
    Responses,
}
