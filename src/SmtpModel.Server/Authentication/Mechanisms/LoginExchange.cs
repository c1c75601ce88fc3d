using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>
/// LOGIN, which no RFC specifies: the server asks for the name and for the password. A client that gives the name as
/// the initial response is not asked for it.
/// </summary>
internal sealed class LoginExchange(PasswordCheck check) : IAuthenticationExchange
{
    public const string Name = "LOGIN";
    private static readonly byte[] AskName = "Username:"u8.ToArray();
    private static readonly byte[] AskPassword = "Password:"u8.ToArray();
    private bool _hasName;
    private string? _name;

    public ValueTask<AuthenticationStep> StartAsync(ReadOnlyMemory<byte>? initialResponse, CancellationToken cancellationToken) =>
        initialResponse is { } response ? RespondAsync(response, cancellationToken) : new(AuthenticationStep.Ask(AskName));

    public async ValueTask<AuthenticationStep> RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        if (!_hasName)
        {
            // a name that cannot be one is found out with the password, as any wrong one
            (_hasName, _name) = (true, SaslPrep.PrepareName(response.Span));
            return AuthenticationStep.Ask(AskPassword);
        }

        var password = SaslPrep.Prepare(response.Span);
        try
        {
            return _name is null || password is null ? AuthenticationStep.Failed
                : PasswordStep.Of(await check(_name, password, cancellationToken), _name);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    public void Dispose()
    {
        // nothing secret is kept between two messages
    }
}
