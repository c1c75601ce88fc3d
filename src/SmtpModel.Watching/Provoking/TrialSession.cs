using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmtpModel.Protocol;

namespace SmtpModel.Watching;

/// <summary>
/// One connection of a client on trial. What is answered, and where the session goes, is asked of the table; the scenario has the last
/// word once. The follower is told of what the client sends when it comes, and of a reply before it is sent: so what it takes for sent
/// without waiting was sent without waiting.
/// </summary>
internal sealed partial class TrialSession : IDisposable
{
    /// <summary>How much is kept of a message.</summary>
    public const int MostContent = 1024 * 1024;

    private const int MostWaiting = 4 * 1024 * 1024;
    private const int MostLines = 400;
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);
    private readonly Played _played;
    private readonly Socket _socket;
    private readonly Grounds _grounds;
    private readonly Follower _follower;
    private readonly X509Certificate2? _certificate;
    private readonly bool _isFirst;
    private readonly byte[] _block = new byte[16 * 1024];
    private readonly ByteBuffer _input = new();
    private readonly List<EvidenceLine> _lines = [];
    private Stream _stream;
    private Task<int>? _pending;
    private int _at;

    public TrialSession(Played played, Socket socket, Profile profile, X509Certificate2? certificate, bool isFirst)
    {
        (_played, _socket, _certificate, _isFirst) = (played, socket, certificate, isFirst);
        _grounds = OfferBook.Of(played.Scenario.Serves is { } serves && isFirst ? serves : profile);
        _state = Table.Start;
        _stream = new NetworkStream(socket, ownsSocket: true);
        socket.NoDelay = true;
        _follower = new Follower(Log, new FollowOptions { Profile = Spec.Profiles.BaseOf(profile) }) { Said = Keep };
    }

    /// <summary>What the client is to be blamed for.</summary>
    public BlameLog Log { get; } = new();

    /// <summary>What was said, as evidence.</summary>
    public IReadOnlyList<EvidenceLine> Lines => _lines;

    /// <summary>Whether the session is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the server closed the connection before the client had said QUIT.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>How many recipients the client had been told of when it closed the channel, where there were replies to come for others;
    /// null where it did not.</summary>
    public int? LeftBehind { get; private set; }

    /// <summary>Whether nothing that the client has sent is without its reply.</summary>
    public bool IsAnswered => _at == _input.Length && !_isInData;

    /// <summary>Whether it is inside TLS.</summary>
    public bool IsSecured => _stream is SslStream;

    private TransitionTable Table => _grounds.Table;

    /// <summary>Answers until one of the two closes, or until it is to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _follower.Begin(_played.Sessions.Count > 1 ? $"{_played.Scenario.Id}, connection {_played.Sessions.Count}" : _played.Scenario.Id);
        try
        {
            var isOpen = await AnswerAsync(Table.Commands[_grounds.Opening], MoveKind.Valid, stop);
            while (isOpen && await ReadAsync(stop) is { } input)
            {
                isOpen = await AnswerAsync(input.Use, input.Kind, stop);
            }

            await PartAsync(stop);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // the client is gone, or does not trust the certificate: the judge sees how far it came
            _follower.Close(Side.Client, isReset: true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the time is up, which is no fault of the client's that could be read here
        }

        IsOver = true;
    }

    public void Dispose() => _stream.Dispose();

    // ------------------------------------------------------------------ octets that come

    // false at the end
    private async Task<bool> TakeAsync(CancellationToken stop)
    {
        _pending ??= _stream.ReadAsync(_block, stop).AsTask();
        var count = await _pending;
        _pending = null;
        if (count == 0)
        {
            return false;
        }

        _follower.Time = Environment.TickCount64;
        _follower.HasRead = _isAwaited;
        _follower.Take(Side.Client, _block.AsSpan(0, count));
        if (_input.Length + count > MostWaiting)
        {
            throw new IOException("more came than is kept");
        }

        _input.Append(_block.AsSpan(0, count));
        return true;
    }

    // reads on while the client has to wait
    private async Task PauseAsync(TimeSpan time, CancellationToken stop)
    {
        var waited = Task.Delay(time, stop);
        var isQuiet = _at == _input.Length;
        while (true)
        {
            _pending ??= _stream.ReadAsync(_block, stop).AsTask();
            if (await Task.WhenAny(_pending, waited) == waited)
            {
                await waited;
                _isAwaited = isQuiet;
                return;
            }

            isQuiet = false;
            if (!await TakeAsync(stop))
            {
                // while it was waiting for a reply, which is no parting without QUIT
                _isClosedByClient = true;
                _follower.Close(Side.Client);
                await waited;
                return;
            }
        }
    }

    private bool _isAwaited;
    private bool _isClosedByClient;

    private ReadOnlySpan<byte> Waiting => _input.WrittenSpan[_at..];

    private void Consume(int count)
    {
        _at += count;
        if (_at == _input.Length)
        {
            _input.Clear();
            _at = 0;
        }
    }

    // ------------------------------------------------------------------ octets that go

    private async Task SayAsync(byte[] octets, bool isEach, CancellationToken stop)
    {
        _follower.Time = Environment.TickCount64;
        _follower.Take(Side.Server, octets);
        for (var at = 0; isEach && at < octets.Length; at++)
        {
            await _stream.WriteAsync(octets.AsMemory(at, 1), stop);
            if (at % 8 == 0)
            {
                // long enough for the octets before it to be read by themselves
                await Task.Delay(1, stop);
            }
        }

        if (!isEach)
        {
            await _stream.WriteAsync(octets, stop);
        }
    }

    // the last octets are to be read before the connection is gone, so it is not cut off
    private async Task PartAsync(CancellationToken stop)
    {
        if (_isClosing)
        {
            if (!_hasQuit)
            {
                IsDropped = true;
                _follower.Close(Side.Server);
            }

            if (_stream is SslStream tls)
            {
                await tls.ShutdownAsync();
            }

            _socket.Shutdown(SocketShutdown.Send);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Parting);
            try
            {
                while (!_isClosedByClient && await TakeAsync(limit.Token))
                {
                    // what is on its way has nobody to answer it
                    Consume(Waiting.Length);
                }
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // a client may leave a connection open that the other side has closed
                return;
            }
        }

        _follower.Close(Side.Client);
    }

    private async Task SecureAsync(CancellationToken stop)
    {
        var first = Array.Empty<byte>();
        if (_pending is not null)
        {
            var count = await _pending;
            _pending = null;
            first = _block[..count];
        }

        // RFC 3207 4.2: what came in plain text behind the command is not obeyed
        Consume(Waiting.Length);
        var tls = new SslStream(first.Length > 0 ? new BegunStream(_stream, first) : _stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop);
        _follower.Secured();
    }

    private void Keep(EvidenceLine line)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(line);
        }
    }
}
