using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Server;

/// <summary>Accepts connections at one end point.</summary>
internal sealed class Listener : IDisposable
{
    private const int Backlog = 512;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ServerContext _server;
    private readonly Socket _socket;
    private Task _accepting = Task.CompletedTask;
    private volatile bool _isClosed;

    private Listener(ServerContext server, Socket socket) => (_server, _socket) = (server, socket);

    public IPEndPoint EndPoint => field ??= (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Listens.</summary>
    /// <exception cref="ListenException">It cannot.</exception>
    public static Listener Open(ServerContext server, IPEndPoint endPoint)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // accepted sockets inherit it: all replies to what has come go out in one piece, so there is nothing to wait for
            socket.NoDelay = true;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new Listener(server, socket);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new ListenException(endPoint, e);
        }
    }

    public void Start(Action<Socket> accepted) => _accepting = AcceptAsync(accepted);

    public async Task CloseAsync()
    {
        _isClosed = true;
        _socket.Dispose();
        await _accepting;
    }

    public void Dispose() => _socket.Dispose();

    private async Task AcceptAsync(Action<Socket> accepted)
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await _socket.AcceptAsync();
            }
            catch (Exception e) when (_isClosed && e is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // that client has gone; the next one
                continue;
            }
            catch (SocketException e)
            {
                // out of descriptors or memory: others have to end first
                _server.Report("a connection could not be accepted", e, null);
                await Task.Delay(Pause, _server.Time);
                continue;
            }

            try
            {
                accepted(connection);
            }
            catch (Exception e)
            {
                _server.Report("a connection could not be begun", e, null);
                connection.Dispose();
            }
        }
    }
}
