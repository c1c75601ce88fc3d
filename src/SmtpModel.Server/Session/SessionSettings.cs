namespace SmtpModel.Server;

/// <summary>The names and limits of a session. Each limit has the least value that RFC 5321 4.5.3.1 allows.</summary>
public sealed record SessionSettings
{
    /// <summary>The receiver's own name, which its greetings and its 221 begin with.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>The longest command line, octets with CRLF; at least 512.</summary>
    public int MaxCommandLine { get; init => field = AtLeast(value, 512, nameof(MaxCommandLine)); } = 2048;

    /// <summary>The longest text line, octets with CRLF, without a dot doubled for transparency; at least 1000.</summary>
    public int MaxTextLine { get; init => field = AtLeast(value, 1000, nameof(MaxTextLine)); } = 16 * 1024;

    /// <summary>The largest message, octets; at least 65536.</summary>
    public int MaxMessageSize { get; init => field = AtLeast(value, 64 * 1024, nameof(MaxMessageSize)); } = 32 * 1024 * 1024;

    /// <summary>The most recipients of a transaction; at least 100.</summary>
    public int MaxRecipients { get; init => field = AtLeast(value, 100, nameof(MaxRecipients)); } = 1000;

    /// <summary>Whether STARTTLS is offered and served in clear (RFC 3207); whoever drives the session makes the handshake.</summary>
    public bool OffersStartTls { get; init; }

    /// <summary>
    /// The SASL mechanisms that AUTH is offered with (RFC 4954 3); whoever drives the session answers for them. Where there are none
    /// the site's policy decides on AUTH.
    /// </summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Whether AUTH is offered and served in clear, where others can read what is said (RFC 4954 4 and 9).</summary>
    public bool AuthenticatesInClear { get; init; }

    /// <summary>Whether TLS is demanded: in clear most commands draw 530 (RFC 3207 4). Not for a server that everybody sends mail
    /// to.</summary>
    public bool RequiresTls { get; init; }

    /// <summary>Whether a client has to say who it is: before that most commands draw 530 (RFC 4954 6).</summary>
    public bool RequiresAuthentication { get; init; }

    private static int AtLeast(int value, int least, string name) => value >= least ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least} (RFC 5321 4.5.3.1)");
}
