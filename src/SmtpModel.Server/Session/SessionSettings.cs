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

    private static int AtLeast(int value, int least, string name) => value >= least ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least} (RFC 5321 4.5.3.1)");
}
