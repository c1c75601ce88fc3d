using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Real servers are held against every case: what they are known for is reported, and nothing else.</summary>
public class PeerConformanceTests
{
    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(PeerNames.PostfixStrict)]
    [InlineData(PeerNames.Exim)]
    [InlineData(PeerNames.Aiosmtpd)]
    [InlineData(PeerNames.Nodemailer)]
    [InlineData(PeerNames.SmtpSink)]
    public async Task A_real_server_has_its_known_deviations_and_no_others_RFC_5321(string name)
    {
        Installed.Server(name);
        var (version, report) = await PeerConformance.Of(name);
        var known = KnownResults
            .Of(name)
            .SelectMany(entry => entry.Ids.Select(id => (Name: $"{entry.Verdict} {id}", entry.Reason)))
            .ToList();
        var findings = PeerConformance.Findings(report).ToList();
        var unknown = findings.Where(finding => known.All(entry => entry.Name != $"{finding.Verdict} {finding.Case.Id}"));
        Assert.True(
            !unknown.Any(),
            $"{version} is accused of what is not known of it:\n{string.Join("\n", unknown.Select(PeerConformance.Describe))}"
        );
        var unseen = known.Where(entry => findings.All(finding => entry.Name != $"{finding.Verdict} {finding.Case.Id}"));
        Assert.True(!unseen.Any(), $"{version} is known for what was not found: {string.Join("; ", unseen)}");

        // an empty list says something only when the cases were decided
        Assert.Empty(report.Gaps);
        Assert.Equal(0, report.Count(CaseVerdict.Inconclusive));
        Assert.True(report.Count(CaseVerdict.Pass) > 90, $"{report.Count(CaseVerdict.Pass)} passed");
    }
}
