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
        var fault = Interlocked.Increment(ref _connections) - 1 is var number && _fault() is var made && number < made.Connections ? made : new WireFault("", "");
        var session = Interlocked.Exchange(ref _kept, null);
        if (session is null)
        {
            session = SmtpSession.Create(_profile.Name, new SessionSettings { HostName = "mx.example.test" }, _policy);
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
        }

        if (fault.IsKept && isWithinLine)
        {
            session.ClearOutput();
            _kept = session;
        }
    }

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
                session.CompleteDelivery(Decision.Accept);
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
