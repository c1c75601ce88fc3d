using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Watching;

/// <summary>
/// Stands between clients and a server, carries the octets of both unchanged and as they come, and follows each session. What the
/// server says is followed before the client gets it, so that a client which sends without waiting is seen to.
/// </summary>
public sealed class Watcher : IAsyncDisposable
{
    private readonly WatchOptions _options;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _channels = [];
    private Task? _accepting;
    private long _count;

    private Watcher(WatchOptions options, BlameLog log, Socket listener) => (_options, Log, _listener) = (options, log, listener);

    /// <summary>What was found so far; only to be read where no channel is open, or inside one of the calls back.</summary>
    public BlameLog Log { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Begins to listen.</summary>
    /// <param name="options">How the channel is watched.</param>
    /// <param name="log">Where what is found goes.</param>
    /// <exception cref="SocketException">It cannot listen there.</exception>
    public static Watcher Start(WatchOptions options, BlameLog log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        var listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(options.Listen);
            listener.Listen();
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        var watcher = new Watcher(options, log, listener);
        watcher._accepting = watcher.AcceptAsync();
        return watcher;
    }

    /// <summary>Closes all channels and listens no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        if (_accepting is not null)
        {
            await _accepting;
        }

        Task[] open;
        lock (_gate)
        {
            open = [.. _channels];
        }

        await Task.WhenAll(open);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                // a client that is gone before it was accepted
                continue;
            }

            lock (_gate)
            {
                _channels.RemoveWhere(channel => channel.IsCompleted);
                if (_channels.Count >= _options.MaxConnections)
                {
                    client.Dispose();
                    continue;
                }

                _channels.Add(new Channel(_options, Log, _gate, client, $"#{++_count}").RunAsync(_stop.Token));
            }
        }
    }
}
