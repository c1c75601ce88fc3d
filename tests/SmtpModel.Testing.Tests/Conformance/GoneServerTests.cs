using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server that the test kills is a finding, with the session behind which it was gone.</summary>
public class GoneServerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_server_that_dies_when_a_client_leaves_within_mail_data_is_accused_with_that_session(int connections)
    {
        var report = await TestAsync(new Fault { IsFatal = session => session.IsReadingData }, connections);
        var finding = Assert.Single(report.Failures);
        Assert.Equal("rfc5321/3.8/closing", finding.Case.Id);
        Assert.Contains("the server is gone", finding.Reason, StringComparison.Ordinal);
        // of sessions that ended together it may be any, and a server that is about to die may greet another: then that is said
        var isShown = finding.Evidence!.Transcript.ToString().Contains("C: DATA\n", StringComparison.Ordinal);
        Assert.True(isShown || finding.Reason.Contains(", or ", StringComparison.Ordinal), $"{finding}");
        Assert.StartsWith("the server is gone", report.Headline, StringComparison.Ordinal);
        Assert.NotEmpty(report.Gaps);
    }

    [Fact]
    public async Task A_server_that_dies_of_one_command_is_accused_with_that_command()
    {
        var report = await TestAsync(
            new Fault { Line = (session, line, right) => Fatal(session, line, right), IsFatal = session => session.Memory > 0 },
            1
        );
        var finding = Assert.Single(report.Failures);
        Assert.Contains("C: VRFY", finding.Evidence!.Transcript.ToString(), StringComparison.Ordinal);
        // it was there before, so its name is right
        Assert.Contains(report.Results, result => result.Reason.EndsWith("nobody listens there", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Results, result => result.Reason.Contains("is this its name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 2)]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 2)]
    public void The_session_before_the_last_may_be_meant_too(bool isCut, bool hasOneBefore, int of)
    {
        var last = new LastSessions();
        if (hasOneBefore)
        {
            last.Add(new PastSession(1, new Transcript(), null, IsCut: false));
        }

        last.SignOfLife(2);
        last.Add(new PastSession(3, new Transcript(), null, isCut));
        Assert.Equal((3, of), (last.Suspect!.Value.Session.Ended, last.Suspect.Value.Of));
    }

    private static string Fatal(MiniSession session, string line, Func<string> right)
    {
        session.Memory = MiniSession.Split(line).Verb == "VRFY" ? 1 : 0;
        return right();
    }

    private static async Task<TestReport> TestAsync(Fault fault, int connections)
    {
        await using var server = new MiniServer(fault);
        return await new ConformanceTest(
            Spec.Profiles.Rfc5321,
            new TestOptions { Connections = connections, Patience = TimeSpan.FromMilliseconds(100) }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
    }
}
