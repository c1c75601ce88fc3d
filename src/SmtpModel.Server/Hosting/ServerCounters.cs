namespace SmtpModel.Server;

/// <summary>What a server has done since it was started. Also published as the meter <c>SmtpModel.Server</c>.</summary>
public sealed class ServerCounters
{
    private long _connections;
    private long _refused;
    private long _sessions;
    private long _commands;
    private long _messages;
    private long _octets;
    private long _lost;
    private long _faults;
    private long _handshakes;
    private long _failedHandshakes;
    private long _logins;
    private long _failedLogins;

    internal ServerCounters() { }

    /// <summary>Connections accepted from the network, refused ones among them.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Connections refused because a limit was reached.</summary>
    public long RefusedConnections => Volatile.Read(ref _refused);

    /// <summary>Connections that the client reset, or that were cut because it took too long.</summary>
    public long LostConnections => Volatile.Read(ref _lost);

    /// <summary>Sessions begun.</summary>
    public long Sessions => Volatile.Read(ref _sessions);

    /// <summary>Command lines and blocks of mail data answered.</summary>
    public long Commands => Volatile.Read(ref _commands);

    /// <summary>Messages the store has accepted.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Octets received.</summary>
    public long OctetsReceived => Volatile.Read(ref _octets);

    /// <summary>Faults inside the server, each reported to <see cref="SmtpServerOptions.OnFault"/>.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>TLS handshakes that succeeded.</summary>
    public long Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>
    /// TLS handshakes that failed: the client spoke no TLS or none of the versions, would not have the certificate, went away, or took too
    /// long.
    /// </summary>
    public long FailedHandshakes => Volatile.Read(ref _failedHandshakes);

    /// <summary>Authentication exchanges in which the client has shown who it is.</summary>
    public long Logins => Volatile.Read(ref _logins);

    /// <summary>Authentication exchanges that ended otherwise.</summary>
    public long FailedLogins => Volatile.Read(ref _failedLogins);

    internal void AddConnection() => Interlocked.Increment(ref _connections);

    internal void AddRefused() => Interlocked.Increment(ref _refused);

    internal void AddLost() => Interlocked.Increment(ref _lost);

    internal void AddSession() => Interlocked.Increment(ref _sessions);

    internal void AddCommands(long count) => Interlocked.Add(ref _commands, count);

    internal void AddMessage() => Interlocked.Increment(ref _messages);

    internal void AddOctets(int count) => Interlocked.Add(ref _octets, count);

    internal void AddHandshake() => Interlocked.Increment(ref _handshakes);

    internal void AddFailedHandshake() => Interlocked.Increment(ref _failedHandshakes);

    internal void AddLogin() => Interlocked.Increment(ref _logins);

    internal void AddFailedLogin() => Interlocked.Increment(ref _failedLogins);

    internal void AddFault() => Interlocked.Increment(ref _faults);
}
