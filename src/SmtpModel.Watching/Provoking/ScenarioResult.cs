using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <summary>What came of one scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Verdict">
/// PASS where the client came to where something is unusual and nothing is wrong with what it did; N/A where it never came there.
/// </param>
/// <param name="Reason">Why, in one sentence; empty for a plain pass. Safe to print.</param>
public sealed record ScenarioResult(Scenario Scenario, CaseVerdict Verdict, string Reason = "")
{
    /// <summary>What the client did that a rule does not allow, or would rather not have; not what it does in the plain scenario as
    /// well.</summary>
    public IReadOnlyList<Blame> Blames { get; init; } = [];

    /// <summary>What was said on all connections.</summary>
    public IReadOnlyList<EvidenceLine> Lines { get; init; } = [];

    /// <summary>How many connections the client made.</summary>
    public int Connections { get; init; }

    /// <summary>How many messages were accepted, with 2yz behind the end of data.</summary>
    public int Accepted { get; init; }

    /// <summary>The client's exit status; null where it is no command, or was ended.</summary>
    public int? ExitStatus { get; init; }

    /// <summary>The end of what the client said on its outputs. Safe to print.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The rule that binds most of those that were broken; null where none was.</summary>
    public Rule? Rule =>
        Blames
            .OrderBy(blame =>
                blame.Verdict is CaseVerdict.Fail ? 0
                : blame.Verdict is CaseVerdict.NonStrict ? 1
                : 2
            )
            .FirstOrDefault()
            ?.Rule;

    /// <summary>What a client did in a few words: commands, then its exit status.</summary>
    public override string ToString() => $"{Verdict} {Scenario.Id}{(Reason.Length > 0 ? $": {Reason}" : "")}";
}
