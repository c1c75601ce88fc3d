namespace SmtpModel.Testing;

/// <summary>How a server is fuzzed.</summary>
public sealed record FuzzOptions
{
    /// <summary>The seed; the same seed draws the same sessions.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many sessions are played.</summary>
    public long Sessions { get; init; } = 1000;

    /// <summary>The most moves of a session.</summary>
    public int MaxLength { get; init; } = 24;

    /// <summary>When to stop, even if sessions are left; null for no limit.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>How many connections are open at a time.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How many different violations are looked for before it stops.</summary>
    public int MaxViolations { get; init; } = 10;

    /// <summary>What the server is known to take.</summary>
    public PaletteOptions Palette { get; init; } = new();

    /// <summary>How sessions are drawn. <see cref="Engine.Strategy.Guided"/> repeats itself for a seed only with one connection.</summary>
    public Strategy Strategy { get; init; }

    /// <summary>How often a walk draws each kind of move.</summary>
    public Weights Weights { get; init; } = new();

    /// <summary>Whether the server takes scripts, as the in-memory one does.</summary>
    public bool IsScripted { get; init; }

    /// <summary>Where what is delivered is looked for, and held against what was taken; nowhere when null.</summary>
    public DeliveryWatch? Delivered { get; init; }

    /// <summary>How long one session may be shrunk.</summary>
    public TimeSpan MaxShrinkTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How fast sessions are begun; as fast as they can be when null.</summary>
    internal Pace? Pace { get; init; }

    /// <summary>The number of the first session, or of the first round of interleaved ones, where the run is a share of a longer
    /// one.</summary>
    internal long First { get; init; }

    /// <summary>
    /// Told of each finding as soon as it is worked up, with the key of what was seen before; null outside a campaign. In one, what
    /// is told of a key last is what the first session of the run shows, whatever the connections.
    /// </summary>
    internal Action<string, Finding>? Found { get; init; }

    /// <summary>The same for rounds of interleaved sessions, which show what was seen in them.</summary>
    internal Action<Engine.InterleavedFinding>? FoundRound { get; init; }
}
