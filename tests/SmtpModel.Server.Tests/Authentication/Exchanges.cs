using System.Text;

namespace SmtpModel.Server.Tests.Authentication;

/// <summary>Users made for tests, and exchanges in text.</summary>
internal static class Exchanges
{
    // as few as are allowed, for speed
    public const int Iterations = UserFile.LeastIterations;

    public static UserFile Users(params (string Name, string Password)[] users)
    {
        var file = new UserFile { Secret = Encoding.ASCII.GetBytes("a secret of thirty-two octets...") };
        Array.ForEach(users, user => file.Set(user.Name, Encoding.UTF8.GetBytes(user.Password), Iterations, cramMd5: true));
        return file;
    }

    public static async Task<AuthenticationStep> BeginAsync(this IAuthenticationExchange exchange, string? initialResponse) =>
        await exchange.StartAsync(
            initialResponse is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(initialResponse),
            TestContext.Current.CancellationToken
        );

    public static async Task<AuthenticationStep> AnswerAsync(this IAuthenticationExchange exchange, string response) =>
        await exchange.RespondAsync(Encoding.UTF8.GetBytes(response), TestContext.Current.CancellationToken);

    public static string Text(this AuthenticationStep step) =>
        step.Outcome is AuthenticationOutcome.Challenge
            ? Encoding.UTF8.GetString(step.Challenge.Span)
            : throw new InvalidOperationException($"no challenge: {step.Outcome}");
}
