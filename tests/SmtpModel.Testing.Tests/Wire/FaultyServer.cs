using System.Net.Sockets;
using System.Text;
using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>The profile's own session on a loopback port, with a fault between it and the octets.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly Profile _profile;
    private readonly Func<WireFault> _fault;
    private readonly SitePolicy _policy;
    private readonly AcceptLoop _loop;
    private SmtpSession? _kept;
    private int _connections;
    private int _active;
    private int _busy;
    private bool _isUpset;

    /// <param name="profile">The profile of its session.</param>
    /// <param name="fault">Makes the fault anew for each connection.</param>
    /// <param name="policy">The site's policy; the usual one when null.</param>
    public FaultyServer(Profile profile, Func<WireFault> fault, SitePolicy? policy = null)
    {
        (_profile, _fault, _policy) = (profile, fault, policy ?? new ProvokedPolicy());
        _loop = new AcceptLoop(ServeAsync);
        Target = new TcpTarget("127.0.0.1", _loop.EndPoint.Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(2) });
    }

    public TcpTarget Target { get; }

    /// <summary>How many messages were handed over.</summary>
    public int Delivered { get; private set; }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        for (var waited = 0; _fault().IsUpset && waited < 100 && Volatile.Read(ref _active) > 0; waited++)
        {
            // how the connection before ended is known only when it has
            await Task.Delay(10);
        }

        Interlocked.Increment(ref _active);
        var number = Interlocked.Increment(ref _connections);
        var fault = _fault() is var made && number <= made.Connections ? Troubled(made, number) : new WireFault("", "");
        var session = Interlocked.Exchange(ref _kept, null);
        if (session is null)
        {
            session = ProfileSessions.Of(_profile)(new SessionSettings { HostName = "mx.example.test" }, _policy);
            session.Open();
        }
        else
        {
            await socket.SendAsync("220 Welcome back\r\n"u8.ToArray());
        }

        var isWithinLine = false;
        try
        {
            await SendAsync(socket, session, fault);
            var input = new byte[64 * 1024];
            var pending = "";
            while (session.Status is not SessionStatus.Ended && await socket.ReceiveAsync(input, _loop.Stopping) is var count and > 0)
            {
                var text = Encoding.Latin1.GetString(input, 0, count);
                isWithinLine = text[^1] != '\n';
                pending += fault.Chunk?.Invoke(text, session.IsReceivingData) ?? text;
                (var goesOn, pending) = await TakeAsync(socket, session, fault, pending);
                if (!goesOn)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
            // the client has gone, or the test is over
            _isUpset = end is SocketException { SocketErrorCode: SocketError.ConnectionReset };
        }
        finally
        {
            _busy = _busy == number ? 0 : _busy;
            Interlocked.Decrement(ref _active);
        }

        if (fault.IsKept && isWithinLine)
        {
            session.ClearOutput();
            _kept = session;
        }
    }

    // what other connections did, or do, is in the way of this one
    private WireFault Troubled(WireFault fault, int number)
    {
        if (fault.IsUpset && Interlocked.Exchange(ref _isUpset, false))
        {
            return fault with { Command = _ => new WireFault.Line(null, "500 Where am I?\r\n") };
        }

        return fault.IsOneAtATime
                ? fault with
                {
                    Command = line =>
                        number < _connections && Has(line, "DATA") ? new WireFault.Line(null, "503 No transaction\r\n") : line,
                }
            : !fault.IsShared ? fault
            : fault with
            {
                Command = line =>
                {
                    var isBusy = _busy != 0 && _busy != number;
                    _busy = _busy == 0 && Has(line, "RCPT") ? number : _busy;
                    return isBusy && Has(line, "RCPT", "DATA")
                        ? new WireFault.Line(null, Has(line, "DATA") ? "354 Go on\r\n" : "250 OK\r\n")
                        : line;
                },
            };
    }

    private static bool Has(string line, params string[] verbs) => verbs.Any(verb => line.StartsWith(verb, StringComparison.Ordinal));

    private async Task<(bool GoesOn, string Pending)> TakeAsync(Socket socket, SmtpSession session, WireFault fault, string pending)
    {
        while (pending.Length > 0 && session.Status is not SessionStatus.Ended)
        {
            var give = pending;
            if (fault.Command is { } command && !session.IsReceivingData)
            {
                var end = pending.IndexOf("\r\n", StringComparison.Ordinal);
                if (end < 0)
                {
                    break;
                }

                var line = command(pending[..end]);
                pending = pending[(end + 2)..];
                await Task.Delay(line.After, _loop.Stopping);
                if (line.Say is { } reply)
                {
                    await socket.SendAsync(Encoding.Latin1.GetBytes(reply));
                    continue;
                }

                if (line.Give is null)
                {
                    return (false, "");
                }

                give = line.Give;
            }
            else
            {
                pending = "";
            }

            await GiveAsync(socket, session, fault, Encoding.Latin1.GetBytes(give));
        }

        return (true, pending);
    }

    private async Task GiveAsync(Socket socket, SmtpSession session, WireFault fault, ReadOnlyMemory<byte> octets)
    {
        while (octets.Length > 0 && session.Status is not SessionStatus.Ended)
        {
            octets = octets[session.Receive(octets.Span)..];
            if (session.Status is SessionStatus.Delivering)
            {
                await Task.Delay(fault.Delay);
                while (session.Status is SessionStatus.Delivering)
                {
                    session.CompleteDelivery(Decision.Accept);
                }

                Delivered++;
            }

            await SendAsync(socket, session, fault);
        }
    }

    private static async Task SendAsync(Socket socket, SmtpSession session, WireFault fault)
    {
        if (!session.Output.IsEmpty)
        {
            var text = Encoding.Latin1.GetString(session.Output.Span);
            session.ClearOutput();
            await socket.SendAsync(Encoding.Latin1.GetBytes(fault.Reply?.Invoke(text) ?? text));
        }
    }
}
