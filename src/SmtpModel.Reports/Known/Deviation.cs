namespace SmtpModel.Reports;

/// <summary>A failure that is known, and why it is let be.</summary>
/// <param name="Case">The id of the case that fails.</param>
/// <param name="Reason">Why it is let be.</param>
public sealed record Deviation(string Case, string Reason)
{
    /// <summary>The server that it is about, as it is named on the command line; null for all of them.</summary>
    public string? Server { get; init; }

    /// <summary>The last day on which it holds; null when it holds until it is removed.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Whether somebody has said why it is let be: an entry that was written by an update has no reason yet.</summary>
    public bool IsExplained => Reason != Deviations.NewReason;

    internal bool IsAbout(ServerReport server) => Server is null || Server == server.Target;
}

/// <summary>What is wrong with a file of known deviations, held against a run; each fails the run.</summary>
public enum DeviationProblemKind
{
    /// <summary>The case no longer fails: the entry has to go, so that it does not hide the next failure.</summary>
    UnexpectedPass,

    /// <summary>The day on which the entry ends is over, and the case still fails.</summary>
    Expired,

    /// <summary>There is no such case.</summary>
    UnknownCase,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Deviation">The entry.</param>
/// <param name="Message">What is wrong and what to do, in one sentence.</param>
public sealed record DeviationProblem(DeviationProblemKind Kind, Deviation Deviation, string Message);

/// <summary>What came of holding known deviations against a run.</summary>
/// <param name="Servers">The reports, known failures marked.</param>
/// <param name="Problems">What is wrong with the entries; the run fails when there is any.</param>
public sealed record DeviationOutcome(IReadOnlyList<ServerReport> Servers, IReadOnlyList<DeviationProblem> Problems)
{
    /// <summary>Whether nothing failed that is not known, and nothing is wrong with the entries.</summary>
    public bool IsFine => Problems.Count == 0 && !Servers.Any(server => server.Failures.Any());
}
