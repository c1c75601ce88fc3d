namespace SmtpModel.Testing.Engine;

/// <summary>How far learning goes.</summary>
internal sealed record LearningLimits
{
    /// <summary>How many states more than were found the system may have, for which the machine is still right.</summary>
    public int ExtraStates { get; init; }

    /// <summary>
    /// How many sessions in a row have to agree with a hypothesis that go on and on, each input behind one that it has not been tried
    /// behind: they find the states that the first observations do not show.
    /// </summary>
    public int Walks { get; init; } = 6;

    /// <summary>How many inputs such a session has.</summary>
    public int WalkLength { get; init; } = 40;

    /// <summary>How many inputs follow where an input draws what it has not drawn before.</summary>
    public int TailLength { get; init; } = 8;

    /// <summary>How many sessions with a random middle are played behind that; many of them repeat an input, up to five times.</summary>
    public int Middles { get; init; }

    /// <summary>The longest middle.</summary>
    public int LongestMiddle { get; init; } = 8;

    /// <summary>The seed of walks and middles.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The most inputs; null for any number.</summary>
    public long? MostInputs { get; init; }

    /// <summary>The most time; null for any.</summary>
    public TimeSpan? MostTime { get; init; }

    /// <summary>The most states: a system that is different after each input would never be learned.</summary>
    public int MostStates { get; init; } = 200;
}
