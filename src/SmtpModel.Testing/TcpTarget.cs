using System.Net;
using System.Net.Sockets;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>A server behind a TCP port, or a socket in the file system.</summary>
/// <param name="host">Its name or address; or <c>unix:</c> and the path of a socket.</param>
/// <param name="port">Its port, 1 to 65535; of no meaning for a path.</param>
/// <param name="timeouts">How long to wait.</param>
public sealed class TcpTarget(string host, int port, TcpTimeouts? timeouts = null) : ITarget, IClockedTarget
{
    /// <summary>What stands before the path of a socket.</summary>
    public const string Unix = "unix:";

    private readonly TcpTimeouts _timeouts = timeouts ?? new TcpTimeouts();
    private IPAddress[]? _addresses;
    private Login? _login;
    private Entrance? _entrance;

    // whether its sessions say STARTTLS and log in by themselves, as a machine that has these says when
    private bool _upgrades;

    // whether moves of its sessions may ask for a login
    private bool _speaksLogins;

    // who logs in by them, as none does in front
    private Login? _spoken;

    // it has greeted or answered, so that a session without a greeting is a finding
    private volatile bool _isServer;

    // somebody has listened there: that the name or the port is wrong is no question any more
    private volatile bool _wasThere;

    // it was to be secured where that is offered, and is not
    private volatile bool _isInClear;

    private string? _version;

    private long _clockWaits;

    /// <inheritdoc/>
    long IClockedTarget.ClockWaits => ClockWaits;

    /// <inheritdoc cref="IClockedTarget.ClockWaits"/>
    internal long ClockWaits => Interlocked.Read(ref _clockWaits);

    /// <summary>How long it is waited for.</summary>
    internal TcpTimeouts Timeouts => _timeouts;

    /// <inheritdoc/>
    public string Name => IsUnix ? host : host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    private bool IsUnix => host.StartsWith(Unix, StringComparison.Ordinal);

    /// <summary>How its connections are secured; they are not when left out.</summary>
    public TlsClientOptions Tls { get; init; } = new();

    /// <summary>
    /// Who logs in behind the first EHLO of each session that stands alone and is accepted; nobody when null. The login is no part
    /// of the session: no case sees it, and a transcript has a note of it.
    /// </summary>
    public Login? Login
    {
        get => _login;
        init
        {
            _login = value;
            _entrance = value is null ? null : new Entrance(value, Name);
        }
    }

    /// <summary>The name the client gives itself where it asks for TLS.</summary>
    public string Helo { get; init; } = new PaletteOptions().Helo;

    /// <summary>
    /// The command whose reply lists what the server offers: it is said in front of TLS, and the login follows it. EHLO, where a protocol
    /// has no other, as LMTP has LHLO.
    /// </summary>
    public string Listing { get; init; } = Spec.Profiles.Rfc5321.Table.Listing!.Name;

    /// <summary>Whether its sessions are inside TLS, as far as there were any.</summary>
    internal bool IsSecure => _version is not null;

    /// <summary>Whether what a keyword offers has been done in front of the sessions, or behind their EHLO, so that it need not be offered
    /// any more.</summary>
    internal bool HasUsed(string keyword) =>
        (keyword == StartTls.Keyword && IsSecure) || (keyword == Entrance.Keyword && _entrance?.Mechanism is not null);

    /// <summary>What was done in front of the sessions so far, for people; empty where nothing was asked for. Safe to print.</summary>
    public IReadOnlyList<string> Notes =>
        [
            .. _version is { } version
                ?
                [
                    $"every session is inside {version}, {(Tls.Mode is TlsMode.Implicit ? "from the first octet on" : "behind STARTTLS")}"
                        + $"{(Tls.TakesAnyCertificate ? "; the certificate is not checked" : "")}",
                ]
            : _isInClear ? ["STARTTLS is not offered, so every session is in clear"]
            : Array.Empty<string>(),
            .. _entrance?.Mechanism is { } mechanism
                ? [$"{Printable.Text(_login!.User)} is authenticated with {mechanism} behind the first EHLO of each session"]
                : Array.Empty<string>(),
        ];

    /// <summary>
    /// The server for the sessions of a profile: itself, or, where the profile's sessions begin TLS or log in by themselves, the same
    /// server
    /// with nothing of that done in front of them.
    /// </summary>
    /// <param name="profile">What the sessions are of.</param>
    public TcpTarget For(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.Table.LastingRegions.Count == 0 ? this : Inside(profile);
    }

    /// <summary>Whether STARTTLS may be said in a session that begins in clear.</summary>
    /// <param name="keyword">The keyword it is offered with.</param>
    /// <param name="offer">What is offered where the other cases are played, inside TLS where these are.</param>
    internal bool MaySay(string keyword, Protocol.ServiceOffer offer) =>
        Tls.Mode is TlsMode.None || _isInClear ? offer.Lists(keyword) : Tls.Mode is not TlsMode.Implicit && IsSecure;

    /// <summary>The line that logs in where no certificate was looked at; null where nobody may, or the password would be seen.</summary>
    /// <param name="offer">What is offered there.</param>
    internal string? LoginInClear(Protocol.ServiceOffer offer) =>
        _spoken is not null && LoginLines.Of(offer, _spoken, isSecure: false, fails: false) is { LogsIn: true } lines ? lines.Begin : null;

    /// <summary>
    /// The same server for sessions that do by themselves what is done in front of all others: TLS begins where they say so (a profile
    /// with
    /// STARTTLS), or was begun before (one without), and nobody logs in but where they do. Where they begin TLS any certificate will do
    /// unless
    /// a login may follow: nothing else that is said is a secret.
    /// </summary>
    /// <param name="profile">What the sessions are of.</param>
    internal TcpTarget Inside(Profile profile)
    {
        var upgrades = profile.Parts.Contains(Spec.Rfc3207.Part);
        var logsIn = profile.Parts.Contains(Spec.Rfc4954.Part);
        return new TcpTarget(host, port, timeouts)
        {
            Tls = !upgrades ? Tls : Tls with { Mode = TlsMode.None, TakesAnyCertificate = Tls.TakesAnyCertificate || !logsIn },
            Helo = Helo,
            Listing = Listing,
            _upgrades = upgrades,
            _speaksLogins = true,
            _spoken = _login,
            _addresses = _addresses,
            _wasThere = _wasThere,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        if (_entrance?.Refused is { } refused)
        {
            throw new TargetUnreachableException(refused);
        }

        var session = new TcpSession(
            new TcpChannel(await OpenAsync(cancellation)),
            _timeouts,
            new Handshake(Tls, host),
            _entrance,
            Listing
        )
        {
            RanOut = () => Interlocked.Increment(ref _clockWaits),
            Upgrades = _upgrades,
            Spoken = _speaksLogins ? new SpokenLogin(_spoken) : null,
        };
        var isKept = false;
        try
        {
            if (Tls.Mode is TlsMode.Implicit)
            {
                Secured(session, await session.SecureAsync(cancellation));
            }

            await session.GreetAsync(_isServer, cancellation);
            _isServer = _isServer || session.Greeting.Kind is ObservationKind.Reply;
            if (!_isServer && session is not { Greeting.Kind: ObservationKind.Closed, Heard.Length: 0 })
            {
                if (await FirstWords.DescribeAsync(session, _timeouts.Reply, cancellation) is { } what)
                {
                    throw new TargetUnreachableException($"{Name} takes the connection and {what}");
                }

                // it answers, so it is a server that does not greet; what was said to find that out is in no session
                _isServer = true;
            }
            else if (await GoInAsync(session, cancellation))
            {
                // one that is closed without a word may be refused to this client, or be one too many
                isKept = true;
                return session;
            }
        }
        finally
        {
            if (!isKept)
            {
                await session.DisposeAsync();
            }
        }

        return await ConnectAsync(greeting, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _entrance?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<Socket> OpenAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeouts.Connect);
        var socket = IsUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IsUnix)
            {
                await socket.ConnectAsync(Socket(host[Unix.Length..]), limit.Token);
                _wasThere = true;
                return socket;
            }

            _addresses ??= await Dns.GetHostAddressesAsync(host, limit.Token);
            await socket.ConnectAsync(_addresses, port, limit.Token);
            _wasThere = true;
            return socket;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            var why =
                IsUnix && !Path.Exists(host[Unix.Length..]) ? "there is no such socket"
                : fault is SocketException refused ? Why(refused)
                : $"no connection within {_timeouts.Connect.TotalSeconds:0.#} s";
            throw new TargetUnreachableException(
                $"cannot connect to {Name}: {why}{(_wasThere ? "" : ". Is the server running there, and is this its name?")}",
                fault
            );
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private UnixDomainSocketEndPoint Socket(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException fault)
        {
            throw new TargetUnreachableException(
                $"cannot connect to {Name}: the path is longer than that of a socket may be, or is none",
                fault
            );
        }
    }

    // false where this connection has been used up to find out that there is no STARTTLS, and is not asked for either
    private async ValueTask<bool> GoInAsync(TcpSession session, CancellationToken cancellation)
    {
        if (Tls.Mode is not (TlsMode.StartTls or TlsMode.Try) || _isInClear || !session.Greeting.IsAcceptance())
        {
            return true;
        }

        if (await new StartTls($"{Listing} {Helo}", _timeouts.Reply).RunAsync(session, cancellation) is { } upgrade)
        {
            Secured(session, upgrade);
            return true;
        }

        _isInClear = Tls.Mode is TlsMode.Try;
        return _isInClear
            ? false
            : throw new TargetUnreachableException(
                $"{Name} does not offer STARTTLS; --tls implicit speaks TLS from the first octet on, --tls none or --tls try goes on in "
                    + $"clear"
            );
    }

    private void Secured(TcpSession session, Upgrade upgrade)
    {
        if (upgrade.Outcome is not UpgradeOutcome.Secured)
        {
            throw new TargetUnreachableException($"{Name} cannot be tested inside TLS: {upgrade.What}");
        }

        _version = upgrade.What;
        session.Note = Tls.Mode is TlsMode.Implicit ? $"all inside {upgrade.What}" : $"{StartTls.Keyword}, and all inside {upgrade.What}";
    }

    private static string Why(SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nobody listens there",
        SocketError.AccessDenied => "it may not be opened by this user",
        SocketError.HostNotFound or SocketError.NoData => "there is no host of this name",
        SocketError.TryAgain => "its name cannot be looked up now",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it from here",
        SocketError.AddressFamilyNotSupported => "this machine does not speak that kind of address",
        SocketError.TimedOut => "it does not answer",
        SocketError.ConnectionReset => "it cuts the connection off",
        _ => $"the system says {fault.SocketErrorCode}",
    };
}

/// <summary>How long to wait for a server.</summary>
public sealed record TcpTimeouts
{
    /// <summary>For the connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a reply, the greeting included.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(10);
}
