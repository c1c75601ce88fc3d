using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <summary>What came of trying one client.</summary>
/// <param name="Client">The client, as it was called, without what is secret in it.</param>
/// <param name="Profile">What was served.</param>
/// <param name="Results">A result for each scenario that was selected.</param>
public sealed record TrialReport(string Client, Profile Profile, IReadOnlyList<ScenarioResult> Results)
{
    /// <summary>The result of the plain scenario, also where it was not selected.</summary>
    public required ScenarioResult Plain { get; init; }

    /// <summary>Why no scenario was played behind the plain one; null where they were.</summary>
    public string? Stopped { get; init; }

    /// <summary>How the client parts, told once for all scenarios: that it closed the channel without QUIT, or without waiting for its
    /// reply.</summary>
    public IReadOnlyList<Parting> Partings { get; init; } = [];

    /// <summary>Which exchanges of the table were answered to it.</summary>
    public required TrialCoverage Coverage { get; init; }

    /// <summary>What the user should know about the run as a whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the server was blamed for beside what a scenario has it do: then it is not the server that it should be.</summary>
    internal IReadOnlyList<string> ServerFaults { get; init; } = [];

    /// <summary>How many connections there were.</summary>
    public long Sessions { get; init; }

    /// <summary>How many exchanges were followed.</summary>
    public long Exchanges { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many results there are of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public int Count(CaseVerdict verdict) => Results.Count(result => result.Verdict == verdict);

    /// <summary>Whether a MUST is broken.</summary>
    public bool HasFailed =>
        Count(CaseVerdict.Fail) > 0
        || Plain.Verdict is CaseVerdict.Fail
        || Partings.Any(parting => parting.Blame.Verdict is CaseVerdict.Fail);

    /// <summary>Whether any scenario was decided.</summary>
    public bool IsConclusive =>
        Results.Any(result => result.Verdict is CaseVerdict.Pass or CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Info);
}

/// <summary>The exchanges of the places where a client comes by that delivers a message: each reply that the rows allow there.</summary>
/// <param name="Answered">How many were answered to the client.</param>
/// <param name="All">How many there are.</param>
/// <param name="Open">Those that were not answered to it, as <c>Ready: MAIL / 451</c>.</param>
public sealed record TrialCoverage(int Answered, int All, IReadOnlyList<string> Open);

/// <summary>A way of parting that a rule does not allow, or would rather not have.</summary>
/// <param name="Blame">What it is, as it was seen first.</param>
/// <param name="Scenarios">The scenarios in which it was seen.</param>
public sealed record Parting(Blame Blame, IReadOnlyList<string> Scenarios);
