using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Fuzzing;

/// <summary>Real servers are fuzzed: what they do wrong is found, and they are accused of nothing else.</summary>
public sealed class PeerFuzzTests
{
    [Theory]
    [InlineData(PeerNames.Postfix, 400, 4)]
    [InlineData(PeerNames.PostfixStrict, 400, 4)]
    [InlineData(PeerNames.Aiosmtpd, 400, 4)]
    // slow to answer, each connection by itself: fewer sessions, more connections
    [InlineData(PeerNames.Exim, 100, 10)]
    [InlineData(PeerNames.Nodemailer, 100, 10)]
    public async Task A_real_server_that_keeps_the_order_is_accused_of_nothing_RFC_5321(string name, int sessions, int connections)
    {
        Installed.Server(name);
        var cancellation = TestContext.Current.CancellationToken;
        await using var peer = await Peer.Start(name, null, cancellation);
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = TestRun.Cases(sessions),
            Connections = connections,
            MaxViolations = 100,
        };
        var report = await new Fuzzer(Profiles.Rfc5321, options).RunAsync(target, null, cancellation);

        // what they take of the order that a server should refuse is not strict, and no finding
        Assert.True(
            report.Findings.Count == 0,
            $"{peer.Version} is accused of what is not known of it:\n{string.Join("\n", report.Findings.Select(TestRun.Describe))}"
        );
        AssertWasReallyFuzzed(report, options.Sessions);
    }

    // an empty list of violations says something only when the sessions went through
    private static void AssertWasReallyFuzzed(FuzzReport report, long sessions)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{report.Sessions} sessions, {report.Exchanges} exchanges, {report.Coverage}");
        var inconclusive = string.Join("; ", report.Inconclusive.Select(reason => $"{reason.Value} of {reason.Key}"));
        Assert.Equal(sessions, report.Sessions);
        // nodemailer says 421 to the tenth unknown command, which is its right
        Assert.True(report.Inconclusive.Values.Sum() * 20 <= sessions, inconclusive);
        Assert.DoesNotContain(report.Inconclusive.Keys, reason => reason.StartsWith("seen once", StringComparison.Ordinal));
        // all but TurnedAway, which a server that takes mail is never in
        Assert.Equal(7, report.Coverage.States.Covered);
        Assert.True(report.Coverage.Cells.Covered * 3 >= report.Coverage.Cells.Of * 2, report.Coverage.ToString());
    }
}
