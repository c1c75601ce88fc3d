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

    private readonly string? _path;

    private Listener(ServerContext server, Socket socket, string? path = null) => (_server, _socket, _path) = (server, socket, path);

    /// <summary>Where it listens, with the port that the system chose; null for a Unix socket.</summary>
    public IPEndPoint? EndPoint => field ??= _socket.LocalEndPoint as IPEndPoint;

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

    /// <summary>Listens on a Unix socket.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">Its path, where nothing is yet.</param>
    /// <exception cref="ListenException">It cannot.</exception>
    public static Listener Open(ServerContext server, string path)
    {
        if (UnixPath.Problem(path) is { } problem)
        {
            throw new ListenException(path, problem);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen(Backlog);
            return new Listener(server, socket, path);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ListenException(path, e);
        }
    }

    public void Start(Action<Socket> accepted) => _accepting = AcceptAsync(accepted);

    public async Task CloseAsync()
    {
        _isClosed = true;
        Dispose();
        await _accepting;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_path is not null)
        {
            // nobody can connect to what is left of a socket, and nobody else can listen there
            File.Delete(_path);
        }
    }

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
