using System.Net;

namespace SmtpModel.Server;

/// <summary>
/// One connection: carries octets between a transport and a session until the session or the client ends. What may
/// follow what is the session's business alone.
/// </summary>
internal sealed partial class Connection(ServerContext server, SessionKit kit, ITransport transport, IPEndPoint? client)
{
    // output that has grown this far is sent before more input is taken
    private const int SendAt = 32 * 1024;
    private readonly SmtpSession _session = kit.Session;
    // exchanged only while nothing is under way on it; the sweep and the server's end may cut it at any time
    private volatile ITransport _transport = transport;
    private int _start;
    private int _end;
    private long _exchanges;
    // false when the session may be in use still, or is in doubt
    private bool _isKitFree = true;

    public IPEndPoint? Client => client;

    /// <summary>Whether it is over a limit; it does not count for the limits then.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Serves the connection to its end. Never throws.</summary>
    /// <param name="refusal">What it is turned away with; null when it is served.</param>
    public async Task RunAsync(Refusal? refusal)
    {
        try
        {
            if (!await (refusal is null ? BeginAsync() : RefuseAsync(refusal)))
            {
                server.Counters.AddLost();
            }
        }
        catch (Exception e)
        {
            _isKitFree = false;
            server.Report("the connection could not be served on", e, client);
        }
        finally
        {
            _deadline.Clear();
            _exchange?.Dispose();
            _transport.Dispose();
            if (_isKitFree)
            {
                server.Kits.Return(kit);
            }
        }
    }

    // false when the connection was lost before the session was over
    private async ValueTask<bool> ServeAsync()
    {
        Open();
        while (true)
        {
            var storing = TakeInput();
            NoteProgress();
            if (!_session.Output.IsEmpty)
            {
                var sending = _transport.SendAsync(_session.Output);
                var isSlow = !sending.IsCompleted;
                if (isSlow)
                {
                    Expect(server.Limits.Send, Overdue.Cut);
                }

                if (!await sending)
                {
                    return false;
                }

                _session.ClearOutput();
                if (isSlow)
                {
                    // the client could not go on before it had the replies
                    ExpectInput(isProgress: true);
                }
            }

            if (storing is { } delivery)
            {
                if (!await DeliverAsync(delivery))
                {
                    return await CloseAsync();
                }
            }
            else if (_session.Status is SessionStatus.Ended)
            {
                return await CloseAsync();
            }
            else if (_session.Status is SessionStatus.Authenticating)
            {
                await AuthenticateAsync();
            }
            else if (_session.Status is SessionStatus.Securing)
            {
                if (!await StartTlsAsync())
                {
                    return false;
                }
            }
            else if (_start == _end)
            {
                await ExchangeTransportAsync();
                if (_stop is { } stop)
                {
                    _session.ShutDown(stop.Goodbye);
                    continue;
                }

                var receiving = _transport.ReceiveAsync(kit.Input);
                if (!receiving.IsCompleted)
                {
                    BeginWait();
                }

                var received = await receiving;
                if (!EndWait())
                {
                    return await DrainAsync(received);
                }

                if (received <= 0)
                {
                    return received is Transport.Ended;
                }

                server.Counters.AddOctets(received);
                (_start, _end) = (0, received);
            }
        }
    }

    private async ValueTask<bool> RefuseAsync(Refusal refusal)
    {
        server.Counters.AddRefused();
        if (IsSecuredAtOnce)
        {
            // a handshake just to say no is what a flood of connections is after
            return true;
        }

        _session.ShutDown(refusal.Goodbye);
        Expect(server.Limits.Close, Overdue.Cut);
        return await _transport.SendAsync(_session.Output) && (refusal.IsHurried || await CloseAsync());
    }

    private void Open()
    {
        server.Counters.AddSession();
        try
        {
            _session.Open(IsSecuredAtOnce);
        }
        catch (Exception e)
        {
            Fail("the site's policy failed at the opening", e);
        }

        ExpectInput(isProgress: true);
    }

    // takes what has come as far as that can be done without waiting; gives the delivery that has to be waited for
    private ValueTask<Decision>? TakeInput()
    {
        try
        {
            while (
                _session.Status is SessionStatus.Delivering
                || (_start < _end && _session.Status is SessionStatus.Receiving && _session.Output.Length < SendAt)
            )
            {
                if (_session.Status is SessionStatus.Receiving)
                {
                    _start += _session.Receive(kit.Input.AsSpan(_start, _end - _start));
                }

                // to one recipient after the other where each is answered: what is known goes out while the next is waited for
                if (_session.Status is SessionStatus.Delivering)
                {
                    var storing = Store();
                    if (!storing.IsCompletedSuccessfully)
                    {
                        return storing;
                    }

                    Complete(storing.Result);
                }
            }
        }
        catch (Exception e)
        {
            Fail("the site's policy or store failed", e);
        }

        return null;
    }

    private async ValueTask ExchangeTransportAsync()
    {
        if (server.Options.ExchangeTransport is { } exchange)
        {
            Expect(server.Limits.Command, Overdue.Cut);
            _transport = await exchange(_session, _transport) ?? _transport;
            ExpectInput(isProgress: true);
        }
    }

    // the client is told 421, the server what happened
    private void Fail(string doing, Exception exception)
    {
        _isKitFree = false;
        server.Report(doing, exception, client);
        _session.ShutDown(server.Goodbye("Local error"));
    }
}
