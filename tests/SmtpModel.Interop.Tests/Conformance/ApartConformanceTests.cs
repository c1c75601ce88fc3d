using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>What real servers make of STARTTLS and AUTH themselves. The lists are exact: what is new fails, and what is gone.</summary>
public class ApartConformanceTests
{
    public static TheoryData<string> Servers => [.. KnownApart.Servers];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_has_the_deviations_in_STARTTLS_and_AUTH_that_it_is_known_for_and_no_others(string name)
    {
        Installed.Server(name);
        using var files = new SubmissionFiles();
        await using var peer = await Peer.Start(name, files.Environment, TestContext.Current.CancellationToken);
        await using var target = SubmissionFiles.Target(peer, null);
        var options = new TestOptions { Depth = Depth.Credentials, Connections = 4 };
        var offer = await ServerOffer.ReadAsync(
            target,
            Profiles.Rfc5321,
            options.Palette,
            cancellation: TestContext.Current.CancellationToken
        );

        List<CaseResult> results = [];
        foreach (var test in ApartTest.Of(target, Profiles.Rfc5321, offer.Offer, options))
        {
            await using var inside = test.Target;
            results.AddRange((await test.RunAsync(null, TestContext.Current.CancellationToken)).Results);
        }

        var findings = results
            .Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
            .ToDictionary(result => $"{result.Verdict} {result.Case.Id}", PeerConformance.Describe);
        var known = KnownApart.Of(name).SelectMany(entry => entry.Cases.Split(' ').Select(id => $"{entry.Verdict} {id}")).ToList();
        Assert.Empty(findings.Where(finding => !known.Contains(finding.Key)).Select(finding => finding.Value));
        Assert.DoesNotContain(known, entry => !findings.ContainsKey(entry));
        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Inconclusive && !KnownApart.IsOpen(result));
        Assert.True(
            results.Count(result => result.Verdict is CaseVerdict.Pass) >= 20,
            $"{results.Count(result => result.Verdict is CaseVerdict.Pass)} passed"
        );
    }
}
