namespace SmtpModel.Server;

/// <summary>How an authentication exchange goes on (RFC 4954 4 and 6).</summary>
public enum AuthenticationOutcome
{
    /// <summary>It failed: the credentials are wrong, or may not be used (535).</summary>
    Failed,

    /// <summary>The server asks on (334).</summary>
    Challenge,

    /// <summary>The client is who it says it is (235).</summary>
    Accepted,

    /// <summary>What the client sent does not fit the mechanism (501).</summary>
    Malformed,

    /// <summary>The server cannot say at the moment (454).</summary>
    Unavailable,

    /// <summary>The user has to come once with a mechanism that sends the password (432).</summary>
    TransitionNeeded,

    /// <summary>The mechanism is too weak for this user (534).</summary>
    TooWeak,
}

/// <summary>One step of an authentication exchange. The value that nothing was put into is a failure.</summary>
public readonly record struct AuthenticationStep
{
    private AuthenticationStep(AuthenticationOutcome outcome, ReadOnlyMemory<byte> challenge, string? identity) =>
        (Outcome, Challenge, Identity) = (outcome, challenge, identity);

    /// <summary>How it goes on.</summary>
    public AuthenticationOutcome Outcome { get; }

    /// <summary>What the server asks, not yet in base64; empty elsewhere.</summary>
    public ReadOnlyMemory<byte> Challenge { get; }

    /// <summary>Who the client is; null while that is not known.</summary>
    public string? Identity { get; }

    /// <summary>The credentials are wrong.</summary>
    public static AuthenticationStep Failed => default;

    /// <summary>What the client sent does not fit the mechanism.</summary>
    public static AuthenticationStep Malformed { get; } = new(AuthenticationOutcome.Malformed, default, null);

    /// <summary>The server cannot say at the moment.</summary>
    public static AuthenticationStep Unavailable { get; } = new(AuthenticationOutcome.Unavailable, default, null);

    /// <summary>The user has to come once with a mechanism that sends the password.</summary>
    public static AuthenticationStep TransitionNeeded { get; } = new(AuthenticationOutcome.TransitionNeeded, default, null);

    /// <summary>The mechanism is too weak for this user.</summary>
    public static AuthenticationStep TooWeak { get; } = new(AuthenticationOutcome.TooWeak, default, null);

    /// <summary>The server asks on.</summary>
    /// <param name="octets">The challenge, not in base64; may be empty.</param>
    public static AuthenticationStep Ask(ReadOnlyMemory<byte> octets) => new(AuthenticationOutcome.Challenge, octets, null);

    /// <summary>The client is who it says it is.</summary>
    /// <param name="identity">The authorization identity; not empty.</param>
    public static AuthenticationStep Accept(string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(identity);
        return new(AuthenticationOutcome.Accepted, default, identity);
    }
}
