using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Server;

/// <summary>
/// An SMTP server over TCP: it listens, and drives a session for each connection. Start it once, stop it once.
/// One client's slowness or errors end that client's connection and touch no other.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly ServerContext _context;
    private readonly ConnectionRegistry _connections;
    private readonly ServerMeter _meter;
    private readonly List<Listener> _listeners = [];
    private readonly Lock _lock = new();
    private Task? _stopping;
    private bool _isStarted;

    /// <summary>A server, not yet listening.</summary>
    /// <param name="options">What it listens on and how it serves.</param>
    /// <exception cref="ArgumentException">There is no profile of the name given.</exception>
    public SmtpServer(SmtpServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Counters = new ServerCounters();
        _meter = new ServerMeter(Counters, () => OpenConnections);
        _context = new ServerContext(options, Counters);
        _connections = new ConnectionRegistry(_context);
        // a wrong profile is found here, not at the first connection
        _context.Kits.Return(_context.Kits.Take());
    }

    /// <summary>What it was made with.</summary>
    public SmtpServerOptions Options { get; }

    /// <summary>What it has done so far.</summary>
    public ServerCounters Counters { get; }

    /// <summary>Connections open now.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>Where it listens, with the ports the system chose; empty before it was started.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; private set; } = [];

    internal Meter Meter => _meter.Meter;

    /// <summary>Listens on all end points, or on none when one of them cannot be had.</summary>
    /// <exception cref="ListenException">An end point cannot be had; the message says why and what to do.</exception>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public Task StartAsync()
    {
        if (_isStarted)
        {
            throw new InvalidOperationException("a server is started once");
        }

        _isStarted = true;
        try
        {
            foreach (var endPoint in Options.Ports)
            {
                _listeners.Add(Listener.Open(_context, endPoint));
            }

            foreach (var path in Options.UnixSockets)
            {
                _listeners.Add(Listener.Open(_context, path));
            }
        }
        catch (ListenException)
        {
            _listeners.ForEach(listener => listener.Dispose());
            _listeners.Clear();
            throw;
        }

        EndPoints = [.. _listeners.Select(listener => listener.EndPoint).OfType<IPEndPoint>()];
        _connections.StartSweep();
        _listeners.ForEach(listener => listener.Start(Accept));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops: no connection is accepted any more, a delivery under way is finished, every session is told 421 and closed.
    /// What has not ended after <see cref="SmtpServerOptions.DrainTime"/> is cut. Complete when no connection is left.
    /// </summary>
    /// <param name="cancellationToken">Cuts at once when it is cancelled.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await using var cutting = cancellationToken.UnsafeRegister(
            static connections => ((ConnectionRegistry)connections!).CutAll(),
            _connections
        );
        Task stopping;
        lock (_lock)
        {
            stopping = _stopping ??= StopOnceAsync();
        }

        await stopping;
    }

    /// <summary>Stops it as <see cref="StopAsync"/> does, and withdraws the meter.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _meter.Dispose();
        _context.Dispose();
    }

    private async Task StopOnceAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.CloseAsync();
        }

        var ended = _connections.StopAll(_context.Goodbye("Service is shut down"));
        try
        {
            await ended.WaitAsync(Options.DrainTime, Options.TimeProvider);
        }
        catch (TimeoutException)
        {
            _connections.CutAll();
            await ended;
        }

        _connections.Dispose();
    }

    private void Accept(Socket socket)
    {
        Counters.AddConnection();
        var kit = _context.Kits.Take();
        var connection = new Connection(_context, kit, new SocketTransport(socket, kit.Receiving, kit.Sending), ClientOf(socket));
        _ = ServeAsync(connection, _connections.Add(connection));
    }

    private async Task ServeAsync(Connection connection, Refusal? refusal)
    {
        await connection.RunAsync(refusal);
        _connections.Remove(connection);
    }

    private static IPEndPoint? ClientOf(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint client)
        {
            return null;
        }

        return client.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(client.Address.MapToIPv4(), client.Port) : client;
    }
}
