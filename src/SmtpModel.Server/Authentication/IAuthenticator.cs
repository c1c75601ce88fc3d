namespace SmtpModel.Server;

/// <summary>
/// Decides who a client is (RFC 4954). One authenticator serves many sessions at once. <see cref="UserAuthenticator"/> asks a
/// file of users; <see cref="PasswordAuthenticator"/> is for a check of one's own of a name and a password.
/// </summary>
public interface IAuthenticator
{
    /// <summary>The SASL mechanisms, in the order in which EHLO lists them; upper case, as <c>SCRAM-SHA-256</c>.</summary>
    IReadOnlyList<string> Mechanisms { get; }

    /// <summary>Begins an authentication exchange; null for a mechanism that is none of <see cref="Mechanisms"/>.</summary>
    /// <param name="mechanism">The mechanism's name, in either case.</param>
    IAuthenticationExchange? Begin(string mechanism);
}

/// <summary>
/// One authentication exchange of the server's side (RFC 4422 3): takes what the client sends, decoded from base64, and says how
/// it goes on. It is begun with <see cref="StartAsync"/>, once, and disposed when it is over, which wipes what is secret in it.
/// </summary>
public interface IAuthenticationExchange : IDisposable
{
    /// <summary>Begins. May take its time; the session waits.</summary>
    /// <param name="initialResponse">The initial response; null where the client sent none, which is not the same as an empty one.</param>
    /// <param name="cancellationToken">Cancelled when the client is not waited for any longer.</param>
    ValueTask<AuthenticationStep> StartAsync(ReadOnlyMemory<byte>? initialResponse, CancellationToken cancellationToken);

    /// <summary>Takes the client's response to the last challenge. May take its time.</summary>
    /// <param name="response">The response. It is wiped when the call is over: copy what is to be kept.</param>
    /// <param name="cancellationToken">Cancelled when the client is not waited for any longer.</param>
    ValueTask<AuthenticationStep> RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken);
}
