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
        if (
            server.Options.Tls is not { } tls
            || _transport is not SocketTransport plain
            || await TlsHandshake.AsServerAsync(plain, tls) is not { } secured
        )
        {
            server.Counters.AddFailedHandshake();
            return false;
        }

        server.Counters.AddHandshake();
        _transport = secured;
        ExpectInput(isProgress: true);
        return true;
    }

    // What was received in clear behind the command is thrown away, half a line too: never is it obeyed inside (RFC 3207 4.2, 6).
    private async ValueTask<bool> StartTlsAsync()
    {
        (_start, _end) = (0, 0);
        kit.Policy.Reset();
        if (!await SecureAsync())
        {
            return false;
        }

        _session.CompleteHandshake();
        return true;
    }
}
