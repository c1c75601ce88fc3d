using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What the wire cases need to know of a server and of the run.</summary>
public sealed record WireOptions
{
    /// <summary>The moves that lead to a state on this server, from the greeting on; null where no way is known. The cases that need the
    /// state are then not decided.</summary>
    public required Func<State, IReadOnlyList<Move>?> Access { get; init; }

    /// <summary>What the server is known to take.</summary>
    public PaletteOptions Palette { get; init; } = new();

    /// <summary>How far the cases go; those that go further do not apply.</summary>
    public Depth Depth { get; init; } = Depth.Envelope;

    /// <summary>How long to wait for what should not come.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a session is tried again that the server would not begin.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How sessions are let in; null where nothing is known of the server.</summary>
    internal Door? Door { get; init; }

    /// <summary>How long a greylisting server puts off what it does not know yet; zero for one that does not.</summary>
    internal TimeSpan Greylisted { get; init; }

    /// <summary>How it is asked for silence; null where nothing is known of the server.</summary>
    internal Fence? Fence { get; init; }

    /// <summary>The inputs that are known to draw no reply; null where nothing is known of the server.</summary>
    internal Mutes? Mutes { get; init; }
}
