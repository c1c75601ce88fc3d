using System.Net;
using System.Runtime.CompilerServices;

namespace SmtpModel.Server;

/// <summary>What a server listens on, whom it serves how, and how long it waits. Times are real time, not processor time.</summary>
public sealed record SmtpServerOptions
{
    private static readonly IPEndPoint[] Standard = [new(IPAddress.Loopback, 2525)];

    /// <summary>
    /// Where to listen; port 0 lets the system choose. By default the loopback address, port 2525; with <see cref="UnixSockets"/> nowhere
    /// else by default.
    /// </summary>
    public IReadOnlyList<IPEndPoint> EndPoints
    {
        get; init => field = value is { Count: > 0 } ? value
        : throw new ArgumentException("a server listens on at least one end point", nameof(EndPoints));
    } = Standard;

    /// <summary>
    /// The paths of Unix sockets to listen on besides, as for LMTP (RFC 2033) between programs of one machine. Nothing may be at such a
    /// path
    /// beforehand; what the server puts there it takes away when it stops.
    /// </summary>
    public IReadOnlyList<string> UnixSockets { get; init; } = [];

    internal IEnumerable<IPEndPoint> Ports => UnixSockets.Count > 0 && ReferenceEquals(EndPoints, Standard) ? [] : EndPoints;

    /// <summary>The profile's name, one of <see cref="SmtpSession.ProfileNames"/>.</summary>
    public string Profile { get; init; } = "rfc5321";

    /// <summary>Names and limits of each session.</summary>
    public SessionSettings Session { get; init; } = new();

    /// <summary>The site's decisions. It is called on the threads that carry octets: it must not block.</summary>
    public SitePolicy Policy { get; init; } = new();

    /// <summary>Where messages go. It is called as the policy is; what takes time has to be awaited.</summary>
    public required IMessageStore Store { get; init; }

    /// <summary>How connections are secured; null for a server without TLS.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Who decides on AUTH; null for a server that does not offer it.</summary>
    public IAuthenticator? Authenticator { get; init; }

    /// <summary>
    /// How long the reply to a failed login is held back; 1 second. It doubles with each further failure from the same address, up to
    /// 8 seconds, and is forgotten after ten minutes without one.
    /// </summary>
    public TimeSpan FailedLoginDelay
    {
        get;
        init =>
            field =
                value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1)
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(FailedLoginDelay),
                        value,
                        $"{nameof(FailedLoginDelay)} must be from nothing to a minute"
                    );
    } = TimeSpan.FromSeconds(1);

    /// <summary>How many logins may fail in a connection before it ends with 421; 5, since a client may try one mechanism after the other.
    /// Fewer than 3 are not possible (RFC 4954 9).</summary>
    public int MaxFailedLogins
    {
        get;
        init =>
            field =
                value >= 3
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        nameof(MaxFailedLogins),
                        value,
                        $"{nameof(MaxFailedLogins)} must be at least 3 (RFC 4954 9)"
                    );
    } = 5;

    /// <summary>The longest time for one step of an authentication exchange; 1 minute. Then the session ends with 421.</summary>
    public TimeSpan AuthenticationTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait for the next command to be complete; 5 minutes (RFC 5321 4.5.3.2.7).</summary>
    public TimeSpan CommandTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait for more mail data; 3 minutes (RFC 5321 4.5.3.2.5).</summary>
    public TimeSpan DataBlockTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(3);

    /// <summary>The longest time for all mail data of one message, so that one octet a minute is not enough; 1 hour.</summary>
    public TimeSpan DataTimeout { get; init => field = Positive(value); } = TimeSpan.FromHours(1);

    /// <summary>The longest wait for the store; 10 minutes (RFC 5321 4.5.3.2.6).</summary>
    public TimeSpan DeliveryTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(10);

    /// <summary>The longest wait for a client to take the replies of one exchange; 3 minutes. Then the connection is cut.</summary>
    public TimeSpan SendTimeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(3);

    /// <summary>The longest wait for the client to close after the last reply; 5 seconds. Then the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(5);

    /// <summary>How long sessions have to end when the server is stopped; 10 seconds. Then they are cut.</summary>
    public TimeSpan DrainTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The most connections at once; one more draws 421 and is closed.</summary>
    public int MaxConnections { get; init => field = AtLeastOne(value); } = 1000;

    /// <summary>The most connections at once from one network address; one more draws 421 and is closed.</summary>
    public int MaxConnectionsPerAddress { get; init => field = AtLeastOne(value); } = 200;

    /// <summary>
    /// Is told what went wrong inside the server: a policy or store that threw, a listener that cannot accept. Called on any
    /// thread. By default a line on the standard error.
    /// </summary>
    public Action<ServerFault> OnFault { get; init; } = fault => Console.Error.WriteLine(fault);

    /// <summary>The clock of all time limits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>For tests: may give another transport between two exchanges; null keeps the one there is.</summary>
    internal Func<SmtpSession, ITransport, ValueTask<ITransport?>>? ExchangeTransport { get; init; }

    /// <summary>How sessions are made where it is not by the name of the profile: over an order that is wrong on purpose.</summary>
    internal Func<SessionSettings, SitePolicy, SmtpSession>? MakeSession { get; init; }

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero && value < TimeSpan.FromDays(1000) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be longer than nothing and shorter than 1000 days");

    private static int AtLeastOne(int value, [CallerMemberName] string name = "") => value >= 1 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1");
}
