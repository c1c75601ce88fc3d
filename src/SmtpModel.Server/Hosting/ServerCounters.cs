using System.Diagnostics.Metrics;

namespace SmtpModel.Server;

/// <summary>What a server has done since it was started. Also published as the meter <c>SmtpModel.Server</c>.</summary>
public sealed class ServerCounters : IDisposable
{
    private readonly Meter _meter = new("SmtpModel.Server");
    private long _connections;
    private long _refused;
    private long _sessions;
    private long _commands;
    private long _messages;
    private long _octets;
    private long _lost;
    private long _faults;

    internal ServerCounters(Func<int> open)
    {
        _meter.CreateObservableCounter("smtp.server.connections", () => Connections, "{connection}", "connections accepted from the network");
        _meter.CreateObservableCounter("smtp.server.connections.refused", () => RefusedConnections, "{connection}", "connections refused because a limit was reached");
        _meter.CreateObservableCounter("smtp.server.connections.lost", () => LostConnections, "{connection}", "connections reset by the client or cut");
        _meter.CreateObservableUpDownCounter("smtp.server.connections.open", open, "{connection}", "connections open now");
        _meter.CreateObservableCounter("smtp.server.sessions", () => Sessions, "{session}", "sessions begun");
        _meter.CreateObservableCounter("smtp.server.commands", () => Commands, "{command}", "command lines and blocks of mail data answered");
        _meter.CreateObservableCounter("smtp.server.messages", () => Messages, "{message}", "messages accepted");
        _meter.CreateObservableCounter("smtp.server.received", () => OctetsReceived, "By", "octets received");
        _meter.CreateObservableCounter("smtp.server.faults", () => Faults, "{fault}", "faults inside the server");
    }

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

    /// <summary>Withdraws the meter; the counts can still be read.</summary>
    public void Dispose() => _meter.Dispose();

    internal Meter Meter => _meter;

    internal void AddConnection() => Interlocked.Increment(ref _connections);

    internal void AddRefused() => Interlocked.Increment(ref _refused);

    internal void AddLost() => Interlocked.Increment(ref _lost);

    internal void AddSession() => Interlocked.Increment(ref _sessions);

    internal void AddCommands(long count) => Interlocked.Add(ref _commands, count);

    internal void AddMessage() => Interlocked.Increment(ref _messages);

    internal void AddOctets(int count) => Interlocked.Add(ref _octets, count);

    internal void AddFault() => Interlocked.Increment(ref _faults);
}
