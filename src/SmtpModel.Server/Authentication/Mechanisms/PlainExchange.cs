using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>PLAIN (RFC 4616): authorization identity, name and password in one message, NUL between.</summary>
internal sealed class PlainExchange(PasswordCheck check) : IAuthenticationExchange
{
    public const string Name = "PLAIN";

    public ValueTask<AuthenticationStep> StartAsync(ReadOnlyMemory<byte>? initialResponse, CancellationToken cancellationToken) =>
        initialResponse is { } response ? RespondAsync(response, cancellationToken) : new(AuthenticationStep.Ask(default));

    public async ValueTask<AuthenticationStep> RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        var first = response.Span.IndexOf((byte)0);
        var second = first < 0 ? -1 : response.Span[(first + 1)..].IndexOf((byte)0);
        if (second < 0 || response.Span[(first + second + 2)..].Contains((byte)0))
        {
            return AuthenticationStep.Malformed;
        }

        var (actsAs, sentName) = (response[..first], response.Slice(first + 1, second));
        var name = SaslPrep.PrepareName(sentName.Span);
        var password = SaslPrep.Prepare(response.Span[(first + second + 2)..]);
        try
        {
            // nobody acts for another here
            return name is null || password is null || (!actsAs.IsEmpty && SaslPrep.PrepareName(actsAs.Span) != name)
                ? AuthenticationStep.Failed
                : PasswordStep.Of(await check(name, password, cancellationToken), name);
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

/// <summary>What a check of a password means for the exchange.</summary>
internal static class PasswordStep
{
    public static AuthenticationStep Of(AuthenticationOutcome outcome, string name) => outcome switch
    {
        AuthenticationOutcome.Accepted => AuthenticationStep.Accept(name),
        AuthenticationOutcome.Failed => AuthenticationStep.Failed,
        AuthenticationOutcome.Malformed => AuthenticationStep.Malformed,
        AuthenticationOutcome.Unavailable => AuthenticationStep.Unavailable,
        AuthenticationOutcome.TransitionNeeded => AuthenticationStep.TransitionNeeded,
        AuthenticationOutcome.TooWeak => AuthenticationStep.TooWeak,
        _ => throw new InvalidOperationException($"the check of a password cannot end as {outcome}"),
    };
}
