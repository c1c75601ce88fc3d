using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Live;

/// <summary>What a server says to a line wherever it comes is no answer to its place, whatever a run happened to play.</summary>
public sealed class OrderQuestionTests
{
    [Fact]
    public async Task A_refusal_of_a_line_is_accused_with_no_seed_and_one_of_its_place_is_found()
    {
        // the recipient is looked at before it is known whether there may be one
        await using var first = new MiniServer(Refusing(session => true));
        foreach (var seed in Enumerable.Range(1, 10).Select(seed => (ulong)seed))
        {
            foreach (var connections in (int[])[1, 4])
            {
                TestRun.None($"accused with seed {seed}", await FindingsAsync(first, seed, connections));
            }
        }

        // here it may, and it is the place that draws the code
        await using var placed = new MiniServer(Refusing(session => session.From is null));
        Assert.Contains(await FindingsAsync(placed, 1, 1, sessions: 400), finding => finding.Contains("550", StringComparison.Ordinal));
        Assert.Contains(await FindingsAsync(placed, 1, 4, sessions: 400), finding => finding.Contains("550", StringComparison.Ordinal));
    }

    private static Fault Refusing(Func<MiniSession, bool> isSo) => new()
    {
        Line = (session, line, right) =>
            line.StartsWith("RCPT TO:<nobody@", StringComparison.OrdinalIgnoreCase) && session.IsGreeted && isSo(session) ? "550 nobody"
            : line.StartsWith("RCPT TO:<nobody@", StringComparison.OrdinalIgnoreCase) && session.From is not null ? session.Add("<x>")
            : right(),
    };

    private static async Task<IReadOnlyList<string>> FindingsAsync(MiniServer server, ulong seed, int connections, long sessions = 60)
    {
        var options = new FuzzOptions { Seed = seed, Sessions = sessions, Connections = connections };
        return connections == 1
            ? [.. (await new Fuzzer(Profiles.Rfc5321, options).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken))
                .Findings.Select(finding => $"{finding.Violation}")]
            : [.. (await new InterleavedFuzzer(Profiles.Rfc5321, options)
                .RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken))
                .Findings.Select(finding => $"{finding.Violation}")];
    }
}
