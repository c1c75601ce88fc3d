using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Testing.Tests;

/// <summary>Accepts connections on a loopback port and has each served, until it is disposed; then it waits for those that are
/// open.</summary>
internal sealed class AcceptLoop : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    // the listener says that it is bound until it has ended all that waits for it, so it cannot be asked
    private volatile bool _isDying;

    /// <param name="serve">Serves a connection, which it owns, until it is over or the loop stops; what it throws is thrown at the
    /// end.</param>
    public AcceptLoop(Func<Socket, Task> serve)
    {
        _listener.Start(200);
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync(serve);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Cancelled when the loop is being disposed.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Ends what is open and listens no more, as a server that dies.</summary>
    public void Die()
    {
        _isDying = true;
        _listener.Stop();
        _stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // a listener that is gone cannot be asked for the next connection, which the loop may be about to do
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, Task> serve)
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                open.RemoveAll(connection => connection.IsCompletedSuccessfully);
                open.Add(serve(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception fault)
            when (fault is OperationCanceledException
                || (fault is SocketException or ObjectDisposedException or InvalidOperationException && _isDying)
            )
        {
            // stopped, as asked
        }

        await Task.WhenAll(open);
    }
}
