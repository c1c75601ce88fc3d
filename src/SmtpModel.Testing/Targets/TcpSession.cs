using System.Net.Sockets;
using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing;

/// <summary>One connection to a server.</summary>
internal sealed class TcpSession(Socket socket, TcpTimeouts timeouts) : IWireSession, IGroupSession
{
    private const int MostHeard = 512;

    private readonly byte[] _received = new byte[8192];
    private readonly ReplyReader _reader = new();
    private readonly StringBuilder _heard = new();
    private int _start;
    private int _end;
    private bool _isClosed;

    public Observation Greeting { get; private set; }

    public Server.StoredMessage? Delivered => null;

    /// <summary>The first octets that came, a character for each, whatever they are.</summary>
    public string Heard => _heard.ToString();

    public async ValueTask GreetAsync(CancellationToken cancellation) => Greeting = await ReadAsync(timeouts.Reply, cancellation);

    public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
    {
        await WriteAsync(octets, cancellation);
        return await ReadAsync(timeouts.Reply, cancellation);
    }

    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        if (_isClosed)
        {
            return false;
        }

        try
        {
            while (octets.Length > 0)
            {
                octets = octets[await socket.SendAsync(octets, SocketFlags.None, cancellation)..];
            }

            return true;
        }
        catch (SocketException)
        {
            // the server has closed: what it said before that may still be there to be read
            _isClosed = _start == _end && socket.Available == 0;
            return false;
        }
    }

    // written whole before anything is read: the replies to a thousand commands fit into what the sockets hold (RFC 2920 3.1)
    public async ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation) =>
        await WriteAsync((byte[])[.. packet.SelectMany(step => step.Move.Octets.ToArray())], cancellation);

    public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) => ReadAsync(patience ?? timeouts.Reply, cancellation);

    public void Drop(bool reset)
    {
        if (reset)
        {
            // to close without lingering is to send a reset
            socket.LingerState = new LingerOption(true, 0);
        }

        socket.Dispose();
    }

    public async ValueTask LeaveAsync(TimeSpan patience)
    {
        if (_isClosed)
        {
            return;
        }

        using var limit = new CancellationTokenSource(patience);
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(_received, SocketFlags.None, limit.Token) > 0)
            {
                // whatever is still said is said to nobody
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // it is over already, was cut off before, or the server takes its time
        }
    }

    public async ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (_start == _end && !_isClosed && patience == TimeSpan.Zero && socket.Available == 0)
        {
            return null;
        }

        var observation = await ReadAsync(patience == TimeSpan.Zero ? TimeSpan.FromMilliseconds(50) : patience, cancellation);
        if (observation is { Kind: ObservationKind.Silence, Fault: { } fault, IsFaultGrave: true } && !_reader.IsWithinReply)
        {
            // lines that are no reply came with the reply before, and are not to be held against the next one
            _reader.Reset();
            return new Observation(ObservationKind.NoReply, Fault: fault) { IsFaultGrave = true };
        }

        return observation.Kind is ObservationKind.Silence ? null : observation;
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Observation> ReadAsync(TimeSpan patience, CancellationToken cancellation)
    {
        CancellationTokenSource? limit = null;
        try
        {
            while (true)
            {
                if (_start < _end)
                {
                    _start += _reader.Feed(_received.AsSpan(_start, _end - _start));
                    if (_reader.Reply is { } reply)
                    {
                        return Complete(reply);
                    }
                }

                if (_isClosed)
                {
                    return new Observation(ObservationKind.Closed);
                }

                limit ??= NewLimit(patience, cancellation);
                // empty before the wait, which may end without anything having come
                _start = _end = 0;
                _end = await socket.ReceiveAsync(_received, SocketFlags.None, limit.Token);
                if (_heard.Length < MostHeard)
                {
                    _heard.Append(Encoding.Latin1.GetString(_received.AsSpan(0, Math.Min(_end, MostHeard - _heard.Length))));
                }

                if (_end == 0)
                {
                    _isClosed = true;
                    _reader.EndInput();
                    if (_reader.Reply is { } cut)
                    {
                        return Complete(cut);
                    }
                }
            }
        }
        catch (SocketException)
        {
            // reset instead of closed: the session is over all the same
            _isClosed = true;
            return new Observation(ObservationKind.Closed) { IsReset = true };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Nothing();
        }
        finally
        {
            limit?.Dispose();
        }
    }

    private Observation Complete(Reply reply) => new(ObservationKind.Reply, reply.Code, reply, Describe()) { IsFaultGrave = IsGrave() };

    // no reply; but something may have come that is none, or has no end. What the reader still holds of the reply before says nothing
    private Observation Nothing() => _reader.Reply is not null ? new(ObservationKind.Silence)
        : new(ObservationKind.Silence, Fault: Describe() ?? (_reader.IsWithinReply ? "what came of one has no end" : null)) { IsFaultGrave = IsGrave() };

    private string? Describe() => _reader.Faults.Count == 0 ? null : string.Join("; ", _reader.Faults.Select(fault => fault.Describe()));

    private bool IsGrave() => _reader.Faults.Any(fault => fault.IsGrave);

    private static CancellationTokenSource NewLimit(TimeSpan patience, CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        return limit;
    }
}
