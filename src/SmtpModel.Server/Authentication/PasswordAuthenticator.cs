namespace SmtpModel.Server;

/// <summary>
/// Authenticates by a check of one's own of a name and a password, as by a directory service: the mechanisms PLAIN (RFC 4616)
/// and LOGIN, which send the password itself and so belong inside TLS.
/// </summary>
public abstract class PasswordAuthenticator : IAuthenticator
{
    private static readonly string[] Both = [PlainExchange.Name, LoginExchange.Name];

    /// <inheritdoc/>
    public IReadOnlyList<string> Mechanisms => Both;

    /// <inheritdoc/>
    public IAuthenticationExchange? Begin(string mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        return mechanism.ToUpperInvariant() switch
        {
            PlainExchange.Name => new PlainExchange(VerifyAsync),
            LoginExchange.Name => new LoginExchange(VerifyAsync),
            _ => null,
        };
    }

    /// <summary>Checks a password. It is to take as long for a name that nobody has as for a wrong password.</summary>
    /// <param name="name">The name, prepared by SASLprep (RFC 4013); not empty.</param>
    /// <param name="password">The password in UTF-8, prepared likewise; not empty. It is wiped when the call is over.</param>
    /// <param name="cancellationToken">Cancelled when the client is not waited for any longer.</param>
    /// <returns>Any outcome but <see cref="AuthenticationOutcome.Challenge"/>.</returns>
    protected abstract ValueTask<AuthenticationOutcome> VerifyAsync(
        string name,
        ReadOnlyMemory<byte> password,
        CancellationToken cancellationToken
    );
}

/// <summary>Checks a name and a password, both prepared.</summary>
internal delegate ValueTask<AuthenticationOutcome> PasswordCheck(
    string name,
    ReadOnlyMemory<byte> password,
    CancellationToken cancellationToken
);
