namespace SmtpModel.Testing.Engine;

/// <summary>How a server is learned.</summary>
public sealed record LearnOptions
{
    /// <summary>The inputs by their names: those of commands, <c>NAME!</c> for a malformed line; all plain ones when null.</summary>
    public IReadOnlyCollection<string>? Inputs { get; init; }

    /// <summary>Whether only the first digit of a reply counts.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>How many states more than were found the server may have, for which what was learned is still right.</summary>
    public int ExtraStates { get; init; }

    /// <summary>How many sessions with a random middle are played besides.</summary>
    public int Middles { get; init; }

    /// <summary>Whether no sessions of the specification are played to begin with.</summary>
    public bool IsFromNothing { get; init; }

    /// <summary>The seed of what is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What the server is called; as its target when null.</summary>
    public string? Name { get; init; }

    /// <summary>The most inputs; null for any number.</summary>
    public long? MostInputs { get; init; }

    /// <summary>The most time; null for any.</summary>
    public TimeSpan? MostTime { get; init; }

    /// <summary>What the server is known to take.</summary>
    public PaletteOptions Palette { get; init; } = new();
}
