using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Interop.Tests.Faults;

/// <summary>Stands between a client and a server, passes on what they say one exchange at a time, and plants a fault.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;
    private readonly Func<Fault> _fault;
    private readonly Task _accepting;

    public FaultyProxy(IPEndPoint server, Func<Fault> fault)
    {
        (_server, _fault) = (server, fault);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Stops, and fails with whatever a connection failed with that was not its client's or its server's leaving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // a listener that is gone cannot be asked for the next connection, which the loop may be about to do
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.RemoveAll(connection => connection.IsCompletedSuccessfully);
                open.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // stopped, as asked
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = new Line(client);
        using var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server, _stop.Token);
            using var far = new Line(socket);
            await RelayAsync(near, far, _fault(), _stop.Token);
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // one of the two has left: a session that is just dropped is how most sessions end
        }
    }

    private static async Task RelayAsync(Line client, Line server, Fault fault, CancellationToken cancellation)
    {
        await client.SendAsync(fault.Change("", await server.ReadReplyAsync(cancellation)), cancellation);
        for (var commands = 1; await client.ReadAsync(cancellation) is { Length: > 0 } line; commands++)
        {
            var command = line.TrimEnd('\r', '\n');
            if (fault.Answer(command) is { } own)
            {
                await client.SendAsync(own, cancellation);
            }
            else
            {
                await server.SendAsync(line, cancellation);
                var reply = await server.ReadReplyAsync(cancellation);
                await client.SendAsync(fault.Change(command, reply), cancellation);
                if (reply.StartsWith("354", StringComparison.Ordinal))
                {
                    await RelayDataAsync(client, server, fault, cancellation);
                }
                else if (reply.StartsWith("221", StringComparison.Ordinal))
                {
                    return;
                }
            }

            if (fault.ClosesAfter(commands))
            {
                return;
            }
        }
    }

    private static async Task RelayDataAsync(Line client, Line server, Fault fault, CancellationToken cancellation)
    {
        string line;
        do
        {
            line = await client.ReadAsync(cancellation);
            await server.SendAsync(line, cancellation);
        }
        while (line is not (".\r\n" or ""));
        await client.SendAsync(fault.Change("", await server.ReadReplyAsync(cancellation)), cancellation);
    }
}
