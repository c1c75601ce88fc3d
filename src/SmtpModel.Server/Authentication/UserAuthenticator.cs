namespace SmtpModel.Server;

/// <summary>
/// Authenticates against a file of users: SCRAM-SHA-256 (RFC 7677), PLAIN (RFC 4616), LOGIN, and CRAM-MD5 (RFC 2195) where a
/// user of the file can use it. A name that nobody has takes the same dialogue and the same time as a wrong password.
/// </summary>
public sealed class UserAuthenticator : IAuthenticator, IDisposable
{
    private readonly UserFile _users;
    private readonly string _hostName;
    private readonly TimeProvider _time;

    // deriving keys is work for a processor: half of them at most, and never a thread that carries octets
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>An authenticator.</summary>
    /// <param name="users">Who there is.</param>
    /// <param name="hostName">The server's name, which CRAM-MD5 challenges have.</param>
    /// <param name="time">The clock of the challenges.</param>
    public UserAuthenticator(UserFile users, string hostName = "localhost", TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentException.ThrowIfNullOrEmpty(hostName);
        (_users, _hostName, _time) = (users, hostName, time ?? TimeProvider.System);
        Mechanisms = users.HasCramMd5
            ? [ScramExchange.Name, PlainExchange.Name, LoginExchange.Name, CramMd5Exchange.Name]
            : [ScramExchange.Name, PlainExchange.Name, LoginExchange.Name];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Mechanisms { get; }

    /// <inheritdoc/>
    public IAuthenticationExchange? Begin(string mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return mechanism.ToUpperInvariant() switch
        {
            ScramExchange.Name => new ScramExchange(_users, ScramExchange.MakeNonce()),
            PlainExchange.Name => new PlainExchange(VerifyAsync),
            LoginExchange.Name => new LoginExchange(VerifyAsync),
            CramMd5Exchange.Name when _users.HasCramMd5 => new CramMd5Exchange(_users, CramMd5Exchange.MakeChallenge(_hostName, _time.GetUtcNow())),
            _ => null,
        };
    }

    /// <summary>Gives back what it waits with; no exchange may be under way.</summary>
    public void Dispose() => _turns.Dispose();

    private async ValueTask<AuthenticationOutcome> VerifyAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var keys = _users.Credentials(name).Scram;
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => keys.AreOf(password.Span), CancellationToken.None) ? AuthenticationOutcome.Accepted : AuthenticationOutcome.Failed;
        }
        finally
        {
            _turns.Release();
        }
    }
}
