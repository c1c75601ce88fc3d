using SmtpModel.Peers;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Interop;

// Real servers under the fuzzer. What is found has to be what is known to be there, no more and no less.
public class PeerFuzzing
{
    private const int Sessions = 300;

    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(PeerNames.PostfixStrict)]
    [InlineData(PeerNames.Exim)]
    [InlineData(PeerNames.Aiosmtpd)]
    [InlineData(PeerNames.Nodemailer)]
    public async Task A_real_server_deviates_where_it_is_known_to_and_nowhere_else(string name)
    {
        Assert.SkipWhen(Peer.WhyUnavailable(name) is not null, Peer.WhyUnavailable(name) ?? "");
        var report = await FuzzAsync(name, TestContext.Current.CancellationToken);
        foreach (var (seen, rule) in report.NonStrict.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            TestRun.Print($"not strict: {seen.State}: {seen.What} ({rule})");
        }

        var known = KnownDeviations.Of(name);
        var unknown = report.Findings.Where(finding => !known.ContainsKey(finding.Violation.Key))
            .Select(finding => TestRun.Failure($"{finding.Violation.Key}: {finding.Violation}", finding.Session, finding.Transcript));
        Assert.True(!unknown.Any(), $"{name} does what is not known of it:\n{string.Join('\n', unknown)}");
        Assert.Empty(known.Keys.Except(report.Findings.Select(finding => finding.Violation.Key)));
        Assert.Empty(report.Inconclusive);

        // the run got everywhere but to the state of a server that turns everybody away
        Assert.Equal(Profiles.Rfc5321.Table.States.Count - 1, report.Coverage.States.Covered);
        Assert.InRange(report.Coverage.Cells.Covered, 55, 75);
    }

    private static async Task<FuzzReport> FuzzAsync(string name, CancellationToken cancellation)
    {
        await using var peer = await Peer.Start(name, cancellation: cancellation);
        // some of them wait a tenth of a second here and there: many connections at once
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = TestRun.Cases(Sessions), Connections = 16, MaxViolations = 100 };
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        var report = await new Fuzzer(Profiles.Rfc5321, options).RunAsync(target, cancellation: cancellation);
        TestRun.Print($"{name} ({peer.Version}): {report.Sessions} sessions, {report.Exchanges} commands in {report.Elapsed.TotalSeconds:0.0} s, {report.Coverage}");
        foreach (var finding in report.Findings)
        {
            TestRun.Print($"{finding.Violation.Key}: {finding.Violation}\n{finding.Transcript}");
        }

        return report;
    }
}
