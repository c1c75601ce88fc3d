namespace SmtpModel.Server;

/// <summary>
/// Authenticates against a file of users: SCRAM-SHA-256 (RFC 7677), PLAIN (RFC 4616), LOGIN, and CRAM-MD5 (RFC 2195) where a
/// user of the file can use it. A name that nobody has takes the same dialogue and the same time as a wrong password.
/// </summary>
public sealed class UserAuthenticator : IAuthenticator, IDisposable
{
    private readonly Func<UserFile> _users;
    private readonly string _hostName;
    private readonly TimeProvider _time;

    // deriving keys is work for a processor: half of them at most, and never a thread that carries octets
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>An authenticator.</summary>
    /// <param name="users">Who there is.</param>
    /// <param name="hostName">The server's name, which CRAM-MD5 challenges have.</param>
    /// <param name="time">The clock of the challenges.</param>
    public UserAuthenticator(UserFile users, string hostName = "localhost", TimeProvider? time = null)
        : this(users is null ? throw new ArgumentNullException(nameof(users)) : () => users, hostName, time)
    {
    }

    private UserAuthenticator(Func<UserFile> users, string hostName, TimeProvider? time)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostName);
        (_users, _hostName, _time) = (users, hostName, time ?? TimeProvider.System);
        Mechanisms = users().HasCramMd5
            ? [ScramExchange.Name, PlainExchange.Name, LoginExchange.Name, CramMd5Exchange.Name]
            : [ScramExchange.Name, PlainExchange.Name, LoginExchange.Name];
    }

    /// <summary>
    /// An authenticator that reads its file of users again when that has changed, a second later at most. Which mechanisms are offered
    /// stays as it was.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="hostName">The server's name, which CRAM-MD5 challenges have.</param>
    /// <param name="onFault">Told when what is there then cannot be read or is not well formed: the users stay as they were.</param>
    /// <param name="time">The clock of the challenges.</param>
    /// <exception cref="UserFileException">It is not there, cannot be read, or is not well formed.</exception>
    public static UserAuthenticator Watching(
        string path,
        string hostName = "localhost",
        Action<UserFileException>? onFault = null,
        TimeProvider? time = null
    )
    {
        var users = new WatchedUsers(path, onFault, time ?? TimeProvider.System);
        return new UserAuthenticator(() => users.Current, hostName, time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Mechanisms { get; }

    /// <inheritdoc/>
    public IAuthenticationExchange? Begin(string mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        var users = _users();
        return mechanism.ToUpperInvariant() switch
        {
            ScramExchange.Name => new ScramExchange(users, ScramExchange.MakeNonce()),
            PlainExchange.Name => new PlainExchange(VerifyAsync),
            LoginExchange.Name => new LoginExchange(VerifyAsync),
            CramMd5Exchange.Name when users.HasCramMd5 => new CramMd5Exchange(
                users,
                CramMd5Exchange.MakeChallenge(_hostName, _time.GetUtcNow())
            ),
            _ => null,
        };
    }

    /// <summary>Gives back what it waits with; no exchange may be under way.</summary>
    public void Dispose() => _turns.Dispose();

    private async ValueTask<AuthenticationOutcome> VerifyAsync(
        string name,
        ReadOnlyMemory<byte> password,
        CancellationToken cancellationToken
    )
    {
        var keys = _users().Credentials(name).Scram;
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => keys.AreOf(password.Span), CancellationToken.None)
                ? AuthenticationOutcome.Accepted
                : AuthenticationOutcome.Failed;
        }
        finally
        {
            _turns.Release();
        }
    }
}
