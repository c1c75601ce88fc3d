using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Servers that are set up against testers: limits, and refusals of everything. None of that is a failure.</summary>
public class AwkwardServerTests
{
    [Theory]
    [InlineData(PeerNames.PostfixStrict, "POSTFIX_EXTRA", "smtpd_hard_error_limit = 3")]
    [InlineData(PeerNames.PostfixStrict, "POSTFIX_EXTRA", "smtpd_recipient_restrictions = defer")]
    [InlineData(PeerNames.PostfixStrict, "POSTFIX_EXTRA", "smtpd_recipient_restrictions = reject")]
    [InlineData(PeerNames.PostfixStrict, "POSTFIX_EXTRA", "smtpd_sender_restrictions = reject\nsmtpd_delay_reject = no")]
    [InlineData(PeerNames.PostfixStrict, "POSTFIX_EXTRA", "smtpd_helo_restrictions = reject\nsmtpd_delay_reject = no")]
    [InlineData(
        PeerNames.PostfixStrict,
        "POSTFIX_EXTRA",
        "disable_vrfy_command = yes\nsmtpd_junk_command_limit = 1\nsmtpd_error_sleep_time = 1s\nsmtpd_soft_error_limit = 2"
    )]
    [InlineData(PeerNames.Exim, "EXIM_MAX_UNKNOWN", "3")]
    [InlineData(PeerNames.Exim, "EXIM_MAX_ERRORS", "3")]
    [InlineData(PeerNames.Aiosmtpd, "AIOSMTPD_BOGUS", "5")]
    public async Task A_limit_or_a_refusal_of_everything_is_no_failure_RFC_5321(string name, string variable, string value)
    {
        Installed.Server(name);
        var cancellation = TestContext.Current.CancellationToken;
        await using var peer = await Peer.Start(name, new Dictionary<string, string> { [variable] = value }, cancellation);
        // what it does on the wire it does in every setting
        var known = KnownWireDeviations.Of(name).Select(deviation => deviation.Case).ToHashSet();
        if (variable is not "POSTFIX_EXTRA")
        {
            // these limits close the channel after so many unknown commands without a 421, which 3.8 forbids; Postfix says 421
            known.Add("rfc5321/3.8/ten-unknown-commands-do-not-end-the-session");
        }

        // the handlers of these two, which are of the tests, take no mail but for the tests' own domain, as their lists have it
        known.UnionWith(name is "aiosmtpd" or "nodemailer" ? ["rfc5321/4.5.1/RCPT-Postmaster"] : Array.Empty<string>());

        foreach (var (depth, connections) in new[] { (Depth.Greeting, 1), (Depth.Data, 8) })
        {
            var report = await PeerConformance.TestAsync(peer, depth, connections, cancellation);
            var failed = report.Results.Where(result => result.Verdict is CaseVerdict.Fail && !known.Contains(result.Case.Id)).ToList();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{depth}, {connections}: "
                    + $"{string.Join(", ", Enum.GetValues<CaseVerdict>().Select(verdict => $"{report.Count(verdict)} {verdict}"))} in "
                    + $"{report.Elapsed.TotalSeconds:0.0} s"
            );
            Assert.True(
                failed.Count == 0,
                $"{value}, at depth {depth} with {connections} connections:\n{string.Join("\n", failed.Select(PeerConformance.Describe))}"
            );
        }
    }
}
