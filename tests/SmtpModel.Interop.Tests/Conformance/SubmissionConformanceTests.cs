using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>
/// Real servers that want TLS and a login before any mail: inside they are known for what they are known for in clear, and for nothing
/// else, but for what Postfix answers to strangers. What they answer before EHLO, when nobody can be logged in, is open where they answer
/// 530.
/// </summary>
public class SubmissionConformanceTests
{
    [Theory]
    [InlineData(PeerNames.PostfixSubmission, "SCRAM-SHA-256")]
    [InlineData(PeerNames.Exim, "LOGIN")]
    [InlineData(PeerNames.Aiosmtpd, "PLAIN")]
    [InlineData(PeerNames.Nodemailer, "CRAM-MD5")]
    public async Task A_submission_server_has_inside_the_deviations_that_it_has_in_clear(string name, string mechanism)
    {
        Installed.Server(name);
        using var files = new SubmissionFiles();
        await using var peer = await Peer.Start(name, files.Environment, TestContext.Current.CancellationToken);
        await using var target = SubmissionFiles.Target(peer, mechanism);

        var report = await new ConformanceTest(Profiles.Rfc5321, new TestOptions { Depth = Depth.Data, Connections = 6 }).RunAsync(
            target,
            null,
            TestContext.Current.CancellationToken
        );

        var findings = PeerConformance.Findings(report).ToDictionary(finding => $"{finding.Verdict} {finding.Case.Id}");
        var known = KnownResults.Of(name).SelectMany(entry => entry.Ids.Select(id => (Name: $"{entry.Verdict} {id}", Id: id))).ToList();
        Assert.Null(report.Headline);
        Assert.Contains(report.Notes, note =>
            note.StartsWith("every session is inside TLS 1.3, behind STARTTLS", StringComparison.Ordinal)
        );
        Assert.Contains($"alice is authenticated with {mechanism} behind the first EHLO of each session", report.Notes);
        Assert.Empty(
            findings
                .Where(finding => known.All(entry => entry.Name != finding.Key))
                .Select(finding => PeerConformance.Describe(finding.Value))
        );
        Assert.Empty(
            known
                .Where(entry => !findings.ContainsKey(entry.Name) && !IsOpen(report.Results.Single(result => result.Case.Id == entry.Id)))
                .Select(entry => entry.Name)
        );

        // open is what a stranger is told, and no more
        Assert.Empty(
            report.Results.Where(result => result.Verdict is CaseVerdict.Inconclusive && !IsOpen(result)).Select(PeerConformance.Describe)
        );
        Assert.Empty(report.Gaps);
        Assert.True(report.Count(CaseVerdict.Pass) > 90, $"{report.Count(CaseVerdict.Pass)} passed");
    }

    [Fact]
    public async Task In_clear_such_a_server_is_told_with_the_options_and_accused_of_no_530()
    {
        Installed.Server(PeerNames.Aiosmtpd);
        using var files = new SubmissionFiles();
        await using var peer = await Peer.Start(PeerNames.Aiosmtpd, files.Environment, TestContext.Current.CancellationToken);

        var report = await PeerConformance.TestAsync(peer, Depth.Envelope, 6, TestContext.Current.CancellationToken);

        Assert.StartsWith("the server wants TLS or a password first: ", report.Headline, StringComparison.Ordinal);
        Assert.StartsWith("--tls starttls", report.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(PeerConformance.Findings(report), finding =>
            finding.Evidence!.Came.StartsWith("530", StringComparison.Ordinal)
        );
    }

    private static bool IsOpen(CaseResult result) =>
        result.Verdict is CaseVerdict.Inconclusive
        && (
            result.Reason.Contains(" 530 ", StringComparison.Ordinal)
            || result.Reason.Contains("one is logged in behind EHLO only", StringComparison.Ordinal)
        );
}
