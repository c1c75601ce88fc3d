using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Watching;

/// <summary>Takes connections and gives them to the scenario that is being played.</summary>
internal sealed class TrialListener : IDisposable
{
    private readonly Socket _socket;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">It cannot listen there.</exception>
    public TrialListener(IPEndPoint at)
    {
        _socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(at);
            _socket.Listen();
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>The next connection; null when it is to stop.</summary>
    public async Task<Socket?> AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await _socket.AcceptAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException) when (!stop.IsCancellationRequested)
            {
                // a client that is gone before it was accepted
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
