using System.Net;
using System.Net.Sockets;
using SmtpModel.Testing.Tests;

namespace SmtpModel.Interop.Tests.Faults;

/// <summary>Stands between a client and a server, passes on what they say one exchange at a time, and plants a fault.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly Func<Fault> _fault;
    private readonly AcceptLoop _loop;

    public FaultyProxy(IPEndPoint server, Func<Fault> fault)
    {
        (_server, _fault) = (server, fault);
        _loop = new AcceptLoop(ServeAsync);
    }

    public int Port => _loop.EndPoint.Port;

    /// <summary>Stops, and fails with whatever a connection failed with that was not its client's or its server's leaving.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(Socket client)
    {
        using var near = new Line(new TcpClient { Client = client });
        using var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server, _loop.Stopping);
            using var far = new Line(socket);
            await RelayAsync(near, far, _fault(), _loop.Stopping);
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
