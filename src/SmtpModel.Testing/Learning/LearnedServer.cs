using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A state of a server that was learned.</summary>
/// <param name="Name">Its name: that of the state of the specification that it behaves like, with a number where there are
/// several.</param>
/// <param name="Like">The state of the specification that it behaves like most.</param>
/// <param name="Access">The names of the inputs that lead to it.</param>
/// <param name="IsExtra">Whether the specification has no such state: another that is like it is reached sooner.</param>
public sealed record LearnedState(string Name, State Like, IReadOnlyList<string> Access, bool IsExtra);

/// <summary>What an input does in a state of a server that was learned.</summary>
/// <param name="From">The name of the state.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="Output">What it draws: a code, what happened to the channel, or both.</param>
/// <param name="To">The name of the state it leads to; null where the session is over.</param>
public sealed record LearnedTransition(string From, string Input, string Output, string? To);

/// <summary>How a transition of a server stands to the specification.</summary>
public enum LearnedKind
{
    /// <summary>The specification has it.</summary>
    Same,

    /// <summary>The server refuses what is in order.</summary>
    Missing,

    /// <summary>The server takes what is out of order, or malformed.</summary>
    Added,

    /// <summary>Another reply than any that is listed.</summary>
    OtherReply,

    /// <summary>It leads to another state.</summary>
    OtherTarget,
}

/// <summary>A transition that the specification has otherwise, or a violation of it.</summary>
/// <param name="Kind">How it stands to the specification.</param>
/// <param name="State">The state.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="Expected">What the specification has there, in words.</param>
/// <param name="Rule">The rule that says so; null where none does.</param>
/// <param name="Verdict">What the oracle says of it: a reply that is allowed is no fault.</param>
/// <param name="Session">The shortest session that shows it: the names of the inputs.</param>
/// <param name="Outputs">What each draws.</param>
public sealed record LearnedDifference(LearnedKind Kind, LearnedState State, string Input, string Expected, Rule? Rule, Verdict Verdict,
    IReadOnlyList<string> Session, IReadOnlyList<string> Outputs)
{
    /// <summary>The name of the state that the specification would be in behind it; empty where it is in the same.</summary>
    public string Leads { get; init; } = "";

    /// <summary>The names of other states with the same difference.</summary>
    public IReadOnlyList<string> AlsoIn { get; init; } = [];
}

/// <summary>What was learned of a server.</summary>
/// <param name="Name">The server.</param>
/// <param name="Base">What it is held against.</param>
/// <param name="States">Its states, the first one first.</param>
/// <param name="Inputs">The names of the inputs, each with the line that was sent.</param>
/// <param name="Transitions">What each input does in each state, as far as it is known.</param>
public sealed record LearnedServer(string Name, Profile Base, IReadOnlyList<LearnedState> States,
    IReadOnlyList<KeyValuePair<string, string>> Inputs, IReadOnlyList<LearnedTransition> Transitions)
{
    /// <summary>The machine, as a profile that can be drawn, exported and verified.</summary>
    public required Profile Machine { get; init; }

    /// <summary>Where it differs from the specification, the shortest sessions first.</summary>
    public required IReadOnlyList<LearnedDifference> Differences { get; init; }

    /// <summary>Sessions in which the specification is violated, the shortest of each kind.</summary>
    public required IReadOnlyList<LearnedDifference> Violations { get; init; }

    /// <summary>What the sessions cost and show.</summary>
    public required LearningCost Cost { get; init; }

    /// <summary>What a reader should know: where the server did not answer the same, or let nobody in.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>For each edge of <see cref="Machine"/> how it stands to the specification.</summary>
    public required IReadOnlyDictionary<(string State, Exchange Exchange), LearnedKind> Kinds { get; init; }
}

/// <summary>What learning cost, and what can be relied on.</summary>
/// <param name="Sessions">How many sessions were played.</param>
/// <param name="Inputs">How many inputs they had together.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="ExtraStates">The machine is right if the server has at most so many states more; -1 where it is not known whole.</param>
/// <param name="Middles">How many sessions with a random middle agree with it.</param>
/// <param name="Stopped">What kept it from more; null where all that was asked for was done.</param>
public sealed record LearningCost(int Sessions, long Inputs, TimeSpan Elapsed, int ExtraStates, int Middles, string? Stopped)
{
    /// <summary>Whether every transition is known.</summary>
    public bool IsWhole => ExtraStates >= 0;
}
