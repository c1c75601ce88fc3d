namespace SmtpModel.Server;

/// <summary>How a connection becomes one through TLS.</summary>
internal sealed partial class Connection
{
    private bool IsSecuredAtOnce => server.Options.Tls is { Start: TlsStart.Implicit };

    // false when the connection was lost before the session was over
    private async ValueTask<bool> BeginAsync() => (!IsSecuredAtOnce || await SecureAsync()) && await ServeAsync();

    // What a client does wrong in the handshake is its own affair: counted, and reported to nobody.
    private async ValueTask<bool> SecureAsync()
    {
        Expect(server.Limits.Handshake, Overdue.Cut);
        if (await TlsHandshake.AsServerAsync((SocketTransport)_transport, server.Options.Tls!) is not { } secured)
        {
            server.Counters.AddFailedHandshake();
            return false;
        }

        server.Counters.AddHandshake();
        _transport = secured;
        kit.Policy.IsSecured = true;
        return true;
    }
}
