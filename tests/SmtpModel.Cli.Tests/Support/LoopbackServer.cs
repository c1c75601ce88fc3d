using System.Net;
using System.Net.Sockets;
using SmtpModel.Testing.Tests;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>A server on a loopback port that treats each connection as it is told to, until the test is over.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly Func<NetworkStream, CancellationToken, Task> _talk;
    private readonly AcceptLoop _loop;

    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> talk)
    {
        _talk = talk;
        _loop = new AcceptLoop(ServeAsync);
        Name = _loop.EndPoint.ToString();
    }

    /// <summary>HOST:PORT.</summary>
    public string Name { get; }

    /// <summary>A HOST:PORT at which nobody listens: one that was free a moment ago.</summary>
    public static string Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    /// <summary>A server that sends this to every connection and then answers each line with the reply; "" ends the connection.</summary>
    public static LoopbackServer Saying(byte[] greeting, byte[] reply) => new(async (stream, end) =>
    {
        await stream.WriteAsync(greeting, end);
        using var lines = new StreamReader(stream, leaveOpen: true);
        while (reply.Length > 0 && await lines.ReadLineAsync(end) is not null)
        {
            await stream.WriteAsync(reply, end);
        }
    });

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        // a reply goes out when it is written, not when the one before it was acknowledged
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await _talk(stream, _loop.Stopping);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // the tool has left, which is its right, or the test is over
        }
    }
}
