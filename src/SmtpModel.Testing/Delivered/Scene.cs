namespace SmtpModel.Testing.Engine;

/// <summary>How the last mail data of a scene is sent.</summary>
internal enum DataManner
{
    /// <summary>As all else.</summary>
    Whole,

    /// <summary>In packets that end behind every CR, LF and dot.</summary>
    InPieces,

    /// <summary>Without what ends it, and then the connection is closed.</summary>
    WithoutEnd,

    /// <summary>With CRLF and a dot, and then the connection is closed.</summary>
    WithoutLastLineEnd,
}

/// <summary>A session that is played for what it delivers.</summary>
/// <param name="Moves">What is sent.</param>
internal sealed record Scene(IReadOnlyList<Move> Moves)
{
    public DataManner Manner { get; init; }

    /// <summary>The places of what has to be refused for the scene to show something.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>The places of what may be refused.</summary>
    public IReadOnlyList<int> Free { get; init; } = [];

    /// <summary>How many of the moves that name recipients have to be accepted at least.</summary>
    public int Recipients { get; init; } = 1;
}

/// <summary>A case about what is delivered.</summary>
/// <param name="Case">The case.</param>
/// <param name="About">The differences that break it.</param>
/// <param name="Play">Makes what is played, null with a server that it does not apply to; null where it is about all messages of a
/// run.</param>
internal sealed record DeliveryCase(TestCase Case, IReadOnlyList<DeliveryFaultKind> About, Func<SceneWriter, Scene?>? Play);
