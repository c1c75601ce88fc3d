using SmtpModel.Interop.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Real servers as LMTP and as submission servers: what they are known for is reported, and nothing else.</summary>
public class OtherProtocolTests
{
    public static TheoryData<string> LmtpServers => [.. KnownOtherwise.LmtpServers];

    public static TheoryData<string> SubmissionServers => [.. KnownOtherwise.SubmissionServers];

    [Theory, MemberData(nameof(LmtpServers))]
    public async Task An_LMTP_server_has_its_known_deviations_and_no_others_RFC_2033(string name)
    {
        Installed.Server(name);

        AssertKnown(
            KnownOtherwise.OfLmtp(name),
            await OtherProtocols.OfLmtpAsync(name),
            passing: KnownOtherwise.WhollyLmtp.Contains(name) ? 150 : 3
        );
    }

    [Theory, MemberData(nameof(SubmissionServers))]
    public async Task A_submission_server_has_its_known_deviations_and_no_others_RFC_6409(string name)
    {
        Installed.Server(name);

        AssertKnown(KnownOtherwise.OfSubmission(name), await OtherProtocols.OfSubmissionAsync(name), passing: 8);
    }

    private static void AssertKnown(IReadOnlyList<KnownResult> entries, IReadOnlyList<CaseResult> results, int passing)
    {
        var known = entries.SelectMany(entry => entry.Cases.Split(' ').Select(id => $"{entry.Verdict} {id}")).ToList();
        var findings = results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).ToList();

        Assert.Empty(findings.Where(finding => !known.Contains($"{finding.Verdict} {finding.Case.Id}")).Select(PeerConformance.Describe));
        Assert.Empty(known.Except(findings.Select(finding => $"{finding.Verdict} {finding.Case.Id}")));
        Assert.True(results.Count(result => result.Verdict is CaseVerdict.Pass) >= passing);
    }
}
