namespace SmtpModel.Testing;

/// <summary>A violation with its evidence.</summary>
/// <param name="Violation">What went wrong.</param>
/// <param name="Session">The shortest session found that shows it.</param>
/// <param name="Transcript">What was said in it.</param>
/// <param name="Number">The number of the session in the run in which it was first seen.</param>
/// <param name="Moves">How many moves that session had.</param>
public sealed record Finding(Violation Violation, TestSession Session, Transcript Transcript, long Number, int Moves)
{
    /// <summary>Whether it shows only where inputs share a packet: sent one by one, each draws what it may.</summary>
    public bool NeedsGroup { get; init; }

    /// <summary>What the session repeats, where the repetition is what shows it: the server counts. Null where nothing is
    /// repeated.</summary>
    public string? Repeats { get; init; }

    /// <summary>Whether it shows only where it can be seen what was delivered.</summary>
    public bool NeedsDeliveries { get; init; }
}
