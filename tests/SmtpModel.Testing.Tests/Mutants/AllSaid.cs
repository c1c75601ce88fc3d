using System.Text;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>All that a server answers and hands over in a session, for two servers to be compared.</summary>
internal static class AllSaid
{
    public static async Task<List<string>> OfAsync(ITarget target, TestSession session, CancellationToken cancellation)
    {
        await using var connection = await target.ConnectAsync(session.Greeting, cancellation);
        List<string> said = [$"{connection.Greeting.Kind} {connection.Greeting.Code}"];
        foreach (var step in session.Steps)
        {
            var came = await connection.SendAsync(step.Move.Octets, step.Script, cancellation);
            var handed = connection.Delivered is { } message
                ? $" {message.ReversePath} {string.Join(' ', message.ForwardPaths)} {Encoding.Latin1.GetString(message.Data.Span)}"
                : "";
            said.Add($"{came.Kind} {came.Code}{handed}");
            while (await connection.UnaskedAsync(TimeSpan.Zero, cancellation) is { } more)
            {
                said.Add($"{more.Kind} {more.Code}");
            }
        }

        return said;
    }
}
