namespace SmtpModel.Testing;

/// <summary>What came of a fuzzing run.</summary>
/// <param name="Findings">The different violations, each with its evidence.</param>
/// <param name="Coverage">What of the machine was exercised.</param>
/// <param name="Sessions">How many sessions were played.</param>
/// <param name="Exchanges">How many exchanges there were.</param>
/// <param name="NonStrict">What was not strict, with the rule beside it and an example.</param>
/// <param name="Inconclusive">Why sessions could not be played to their end, and how many; also violations that did not show
/// again.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record FuzzReport(IReadOnlyList<Finding> Findings, Coverage Coverage, long Sessions, long Exchanges,
    IReadOnlyDictionary<NonStrict, Remark> NonStrict, IReadOnlyDictionary<string, int> Inconclusive, TimeSpan Elapsed)
{
    /// <summary>How many groups of inputs were sent in one packet, and how many inputs the longest had.</summary>
    public GroupCount Groups { get; init; }

    /// <summary>How many of the messages that were taken have come, and of how many; null where nobody looked, or could see.</summary>
    public (int There, int Of)? Delivered { get; init; }

    /// <summary>Why nothing is said of what is delivered though it was asked for; null where something is, or nobody asked.</summary>
    internal string? Unseen { get; init; }

    /// <summary>How many sessions were not played, as the server would not begin them, or began none any more.</summary>
    public long NotBegun { get; init; }

    /// <summary>What was said instead of beginning a session, and how many were kept to at a time, for people.</summary>
    internal IReadOnlyList<string> Door { get; init; } = [];

    /// <summary>What the server refused; null where nobody looked.</summary>
    internal RefusalLog? Refusals { get; init; }

    /// <summary>Those of <see cref="Inconclusive"/> that stand for a finding which is only the server's policy.</summary>
    internal IReadOnlyCollection<string> ByPolicy { get; init; } = [];

    /// <summary>Whether anything was decided: a session got as far as an exchange of commands, no fewer were played than not, and where it
    /// was asked for, it was seen what is delivered.</summary>
    public bool IsConclusive => Findings.Count > 0 || (Coverage.States.Covered > 2 && Sessions >= NotBegun && Unseen is null);
}

/// <summary>How far a run is.</summary>
/// <param name="Sessions">Sessions played.</param>
/// <param name="Exchanges">Exchanges so far.</param>
/// <param name="Violations">Different violations so far.</param>
/// <param name="Edges">Edges covered and all, as of now.</param>
public readonly record struct FuzzProgress(long Sessions, long Exchanges, int Violations, (int Covered, int Of) Edges)
{
    /// <summary>How many messages that were taken are delivered, while that is waited for; null before.</summary>
    public (int There, int Of)? Delivered { get; init; }
}
