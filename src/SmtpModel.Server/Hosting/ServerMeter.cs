using System.Diagnostics.Metrics;

namespace SmtpModel.Server;

/// <summary>Publishes a server's counters while it lives.</summary>
internal sealed class ServerMeter : IDisposable
{
    public ServerMeter(ServerCounters counters, Func<int> open)
    {
        Meter.CreateObservableCounter(
            "smtp.server.connections",
            () => counters.Connections,
            "{connection}",
            "connections accepted from the network"
        );
        Meter.CreateObservableCounter(
            "smtp.server.connections.refused",
            () => counters.RefusedConnections,
            "{connection}",
            "connections refused because a limit was reached"
        );
        Meter.CreateObservableCounter(
            "smtp.server.connections.lost",
            () => counters.LostConnections,
            "{connection}",
            "connections reset by the client or cut"
        );
        Meter.CreateObservableUpDownCounter("smtp.server.connections.open", open, "{connection}", "connections open now");
        Meter.CreateObservableCounter("smtp.server.sessions", () => counters.Sessions, "{session}", "sessions begun");
        Meter.CreateObservableCounter(
            "smtp.server.commands",
            () => counters.Commands,
            "{command}",
            "command lines and blocks of mail data answered"
        );
        Meter.CreateObservableCounter("smtp.server.messages", () => counters.Messages, "{message}", "messages accepted");
        Meter.CreateObservableCounter("smtp.server.received", () => counters.OctetsReceived, "By", "octets received");
        Meter.CreateObservableCounter("smtp.server.handshakes", () => counters.Handshakes, "{handshake}", "TLS handshakes that succeeded");
        Meter.CreateObservableCounter(
            "smtp.server.handshakes.failed",
            () => counters.FailedHandshakes,
            "{handshake}",
            "TLS handshakes that failed"
        );
        Meter.CreateObservableCounter("smtp.server.logins", () => counters.Logins, "{login}", "logins that succeeded");
        Meter.CreateObservableCounter("smtp.server.logins.failed", () => counters.FailedLogins, "{login}", "logins that failed");
        Meter.CreateObservableCounter("smtp.server.faults", () => counters.Faults, "{fault}", "faults inside the server");
    }

    public Meter Meter { get; } = new("SmtpModel.Server");

    public void Dispose() => Meter.Dispose();
}
