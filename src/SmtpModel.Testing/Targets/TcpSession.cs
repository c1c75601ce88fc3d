using System.Net.Sockets;
using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>One connection to a server.</summary>
/// <param name="channel">The connection.</param>
/// <param name="timeouts">How long to wait.</param>
/// <param name="handshake">How it is secured.</param>
/// <param name="entrance">Who logs in on it; null when nobody does.</param>
/// <param name="listing">The command that a login follows.</param>
internal sealed class TcpSession(
    TcpChannel channel,
    TcpTimeouts timeouts,
    Handshake handshake,
    Entrance? entrance = null,
    string listing = ""
) : IWireSession, IGroupSession
{
    private const int MostHeard = 512;

    private readonly byte[] _received = new byte[8192];
    private readonly ReplyReader _reader = new();
    private readonly StringBuilder _heard = new();
    private readonly LineWatch _lines = new();
    private int _start;
    private int _end;
    private bool _isClosed;
    private bool _isLoggedIn;
    private Observation _greeting;

    public Observation Greeting => _greeting with { Note = Note };

    /// <summary>What was done before the session began, to be shown beside the greeting; null where nothing was.</summary>
    public string? Note { get; set; }

    public Protocol.StoredMessage? Delivered => null;

    /// <summary>Whether the session itself says STARTTLS: then the handshake follows where that is accepted.</summary>
    public bool Upgrades { get; init; }

    /// <summary>Plays the logins that moves ask for; null where none does.</summary>
    public SpokenLogin? Spoken { get; init; }

    /// <summary>Called where nothing came within the patience.</summary>
    public Action? RanOut { get; init; }

    /// <summary>The first octets that came, a character for each, whatever they are.</summary>
    public string Heard => _heard.ToString();

    public bool IsSecure => channel.IsSecure;

    /// <summary>Takes the greeting.</summary>
    /// <param name="isKnown">Whether there is an SMTP server: another's first line need not be waited behind.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask GreetAsync(bool isKnown, CancellationToken cancellation) =>
        _greeting = await ReceiveAsync(timeouts.Reply, cancellation, isKnown ? null : timeouts.Reply * FirstReply.Soon);

    public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
    {
        await WriteAsync(octets, cancellation);
        return await ReadAsync(timeouts.Reply, cancellation);
    }

    /// <summary>Sends octets that are no part of the session as it is tested, and waits for one reply.</summary>
    public async ValueTask<Observation> AsideAsync(string line, TimeSpan patience, CancellationToken cancellation)
    {
        await SendAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellation);
        return await ReceiveAsync(patience, cancellation);
    }

    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        if (FollowsLines)
        {
            _lines.Send(octets.Span);
        }

        return await SendAsync(Spoken?.Begin(octets) ?? octets, cancellation);
    }

    // written whole before anything is read: the replies to a thousand commands fit into what the sockets hold (RFC 2920 3.1)
    public async ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation) =>
        await WriteAsync((byte[])[.. packet.SelectMany(step => step.Move.Octets.ToArray())], cancellation);

    public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
        ReadAsync(patience ?? timeouts.Reply, cancellation);

    /// <summary>
    /// Shakes hands on the connection, behind a reply that asks for it. Replies in clear that came behind that one are not taken into
    /// TLS: then the upgrade fails (RFC 3207 6).
    /// </summary>
    public async Task<Upgrade> SecureAsync(CancellationToken cancellation)
    {
        if (channel.IsSecure || (_heard.Length > 0 && (_start < _end || channel.HasMore)))
        {
            return new Upgrade(
                UpgradeOutcome.Failed,
                channel.IsSecure
                    ? "the connection is inside TLS already"
                    : "the server says something in clear behind the reply that begins TLS"
            );
        }

        var upgrade = await channel.SecureAsync(handshake, timeouts.Reply, cancellation);
        _reader.Reset();
        _isClosed |= upgrade.Outcome is not UpgradeOutcome.Secured;
        return upgrade;
    }

    public void Drop(bool reset)
    {
        if (reset)
        {
            channel.Reset();
        }

        channel.Dispose();
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
            await channel.EndAsync();
            while (await channel.ReceiveAsync(_received, limit.Token) > 0)
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
        if (_start == _end && !_isClosed && patience == TimeSpan.Zero && !channel.HasMore)
        {
            return null;
        }

        var observation = await ReceiveAsync(patience == TimeSpan.Zero ? TimeSpan.FromMilliseconds(50) : patience, cancellation);
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
        channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        if (_isClosed)
        {
            return false;
        }

        try
        {
            await channel.SendAsync(octets, cancellation);
            return true;
        }
        catch (SocketException)
        {
            // the server has closed: what it said before that may still be there to be read
            _isClosed = _start == _end && !channel.HasMore;
            return false;
        }
    }

    private async ValueTask<Observation> ReadAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var came = await ReceiveAsync(patience, cancellation);
        while (Spoken?.Next(came) is { } response)
        {
            await SendAsync(response, cancellation);
            came = await ReceiveAsync(patience, cancellation);
        }

        if (came.Kind is not ObservationKind.Reply || !FollowsLines)
        {
            return Spoken?.Hide(came) ?? came;
        }

        var (isListing, isUpgrade) = Kind(_lines.Answered());
        return Enters && isListing && came.Reply!.IsSuccess ? await EnterAsync(came, cancellation)
            : Upgrades && isUpgrade && came.IsAcceptance() && !IsSecure ? await UpgradeAsync(came, cancellation)
            : Spoken?.Hide(came) ?? came;
    }

    // whether somebody is still to log in on it
    private bool Enters => entrance is not null && !_isLoggedIn;

    // whether it matters which line a reply is for
    private bool FollowsLines => Enters || Upgrades;

    private (bool IsListing, bool IsUpgrade) Kind(ReadOnlySpan<byte> keyword) =>
        (Ascii.EqualsIgnoreCase(keyword, listing), Ascii.EqualsIgnoreCase(keyword, StartTls.Keyword));

    // the login is no part of the session: it is played behind a greeting that stands alone, when no transaction can be open
    private async ValueTask<Observation> EnterAsync(Observation came, CancellationToken cancellation)
    {
        var note = await entrance!.LogInAsync(this, ServiceOffer.Read(came.Reply!), cancellation);
        _isLoggedIn = true;
        return came with { Note = note };
    }

    private async ValueTask<Observation> UpgradeAsync(Observation came, CancellationToken cancellation)
    {
        var upgrade = await SecureAsync(cancellation);
        return upgrade.Outcome is UpgradeOutcome.Secured ? came with { Note = $"all inside {upgrade.What}" }
            : throw new SessionLostException($"behind {came.Code} to {StartTls.Keyword} there is no TLS: {upgrade.What}");
    }

    // behind lines that are no reply a reply is waited for as long as any, or for as long as is said
    private async ValueTask<Observation> ReceiveAsync(TimeSpan patience, CancellationToken cancellation, TimeSpan? behindOthers = null)
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
                if (behindOthers is { } little && IsGrave())
                {
                    limit.CancelAfter(little);
                    behindOthers = null;
                }

                // empty before the wait, which may end without anything having come
                _start = _end = 0;
                _end = await channel.ReceiveAsync(_received, limit.Token);
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
            RanOut?.Invoke();
            return Nothing();
        }
        finally
        {
            limit?.Dispose();
        }
    }

    private Observation Complete(Reply reply) => new(ObservationKind.Reply, reply.Code, reply, Describe()) { IsFaultGrave = IsGrave() };

    // no reply; but something may have come that is none, or has no end. What the reader still holds of the reply before says nothing
    private Observation Nothing() =>
        _reader.Reply is not null
            ? new(ObservationKind.Silence)
            : new(ObservationKind.Silence, Fault: Describe() ?? (_reader.IsWithinReply ? "what came of one has no end" : null))
            {
                IsFaultGrave = IsGrave(),
            };

    private string? Describe() => _reader.Faults.Count == 0 ? null : string.Join("; ", _reader.Faults.Select(fault => fault.Describe()));

    private bool IsGrave() => _reader.Faults.Any(fault => fault.IsGrave);

    private static CancellationTokenSource NewLimit(TimeSpan patience, CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        return limit;
    }
}
