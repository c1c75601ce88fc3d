namespace SmtpModel.Testing;

/// <summary>How a server is tested.</summary>
public sealed record TestOptions
{
    /// <summary>How far the test goes.</summary>
    public Depth Depth { get; init; } = Depth.Envelope;

    /// <summary>Which of the cases are played; all when null.</summary>
    public Func<TestCase, bool>? Select { get; init; }

    /// <summary>What the server is known to take.</summary>
    public PaletteOptions Palette { get; init; } = new();

    /// <summary>For single cases, by their ids: codes that count as right though the profile does not list them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Accepted { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>How many connections are open at a time; the verdicts are the same.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>
    /// How many are open at a time where the server lets every client wait for its greeting, by a twentieth of a second and more, so that
    /// nearly all of the time goes by with that, and where that does not get longer with their number; no more than
    /// <see cref="Connections"/> where that is more, or 1.
    /// </summary>
    public int ConnectionsWhereSlow { get; init; }

    /// <summary>The most sessions begun in a second; null for no limit.</summary>
    public double? Rate { get; init; }

    /// <summary>How often a session is played again that the server cut short with 421 or would not begin.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long in all a 4yz reply on the way to mail data is waited out, as greylisting wants; not at all when zero. It is tried
    /// again up to <see cref="Retries"/> times.</summary>
    public TimeSpan RetryTime { get; init; }

    /// <summary>How long to wait for what should not come: a second reply, an answer before the end of the data.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is done, behind all cases, about states that the profile has not, as a server has that counts; nothing when null. It
    /// delivers messages, so it needs <see cref="Depth.Data"/>.</summary>
    public SessionSearch? Thorough { get; init; }

    /// <summary>Where what is delivered is looked for, and held against what was taken; nowhere when null. It needs
    /// <see cref="Depth.Data"/>.</summary>
    public DeliveryWatch? Delivered { get; init; }

    /// <summary>Whether the server is known to greet and to answer nothing, as <see cref="Engine.ServerOffer.IsMute"/> says: then it is
    /// not waited for again.</summary>
    public bool IsMute { get; init; }

    /// <summary>What of the machine is gone through; all of it when null.</summary>
    internal Scope? Scope { get; init; }

    /// <summary>The greeting that a scripted server is to give; 0 where the server decides.</summary>
    internal int Greeting { get; init; }
}
