namespace SmtpModel.Testing.Engine;

/// <summary>What came of a session that was played again.</summary>
public enum ReplayVerdict
{
    /// <summary>What it showed is not there any more.</summary>
    Fixed,

    /// <summary>It shows the same, or something else that no rule allows.</summary>
    Failed,

    /// <summary>It could not be played so far.</summary>
    Error,

    /// <summary>What was no failure is as it was.</summary>
    Same,

    /// <summary>What was no failure is another thing now, and no failure either.</summary>
    Changed,
}

/// <summary>One step of a session that was played again.</summary>
/// <param name="Sent">What was sent. Safe to print.</param>
/// <param name="Before">What came when it was first played; null when that is not known. Safe to print.</param>
/// <param name="Now">What came now; null when it did not get so far. Safe to print.</param>
/// <param name="IsChanged">Whether another answer came than then.</param>
public sealed record ReplayStep(string Sent, string? Before, string? Now, bool IsChanged);

/// <summary>What came of a session that was played again.</summary>
/// <param name="Verdict">What is made of it.</param>
/// <param name="Reason">Why, in one sentence. Safe to print.</param>
/// <param name="Steps">Each step, then and now; empty where only what was said now is known.</param>
public sealed record ReplayOutcome(ReplayVerdict Verdict, string Reason, IReadOnlyList<ReplayStep> Steps)
{
    /// <summary>What was said now, where there are no steps. Safe to print.</summary>
    public string Transcript { get; init; } = "";
}
