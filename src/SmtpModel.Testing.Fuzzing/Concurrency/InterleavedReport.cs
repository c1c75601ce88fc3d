namespace SmtpModel.Testing.Engine;

/// <summary>A violation that sessions played at the same time showed.</summary>
/// <param name="Violation">What went wrong.</param>
/// <param name="Session">The session it showed in, from 0; -1 where only what all of them delivered shows it.</param>
/// <param name="Round">The smallest round found that shows it.</param>
/// <param name="Transcript">What was said in it.</param>
/// <param name="Number">The number of the round in the run in which it was first seen.</param>
/// <param name="Sessions">How many sessions that round had.</param>
/// <param name="Moves">How many moves they had.</param>
/// <param name="IsConcurrent">Whether it takes more than one session to see it: none of them shows it when played alone.</param>
public sealed record InterleavedFinding(
    Violation Violation,
    int Session,
    Round Round,
    string Transcript,
    long Number,
    int Sessions,
    int Moves,
    bool IsConcurrent
)
{
    /// <summary>Whether it shows only where inputs share a packet: sent one by one, each draws what it may.</summary>
    public bool NeedsGroup { get; init; }

    /// <summary>Whether it shows only where it can be seen what was delivered.</summary>
    public bool NeedsDeliveries { get; init; }
}

/// <summary>What came of a run of interleaved sessions.</summary>
/// <param name="Run">Coverage and counts; the findings are not in it.</param>
/// <param name="Findings">The different violations, each with its evidence.</param>
public sealed record InterleavedReport(FuzzReport Run, IReadOnlyList<InterleavedFinding> Findings);
