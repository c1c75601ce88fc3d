using System.Collections.Concurrent;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>One cause is one finding, under the rule that is broken; what no rule forbids is none.</summary>
public class OddServerTests
{
    [Fact]
    public async Task Each_is_accused_of_what_it_does_wrong_and_of_nothing_else()
    {
        var wrong = new ConcurrentBag<string>();
        // mostly waiting, for replies that do not come or come late
        var options = new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(OddServers.All, options, async (odd, cancellation) =>
        {
            await using var server = new MiniServer(odd.Fault);
            var report = await new ConformanceTest(
                Spec.Profiles.Rfc5321,
                new TestOptions
                {
                    Depth = Depth.Data,
                    Connections = 8,
                    Patience = TimeSpan.FromMilliseconds(200),
                }
            ).RunAsync(server.Target, cancellation: cancellation);
            var findings = report.Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).ToList();
            TestRun.Print($"{odd.Name}:\n{string.Join('\n', findings.Select(Told))}");
            var failed = findings.Where(result => result.Verdict is CaseVerdict.Fail).ToList();
            var loose = findings.Where(result => result.Verdict is CaseVerdict.NonStrict).Select(result => result.Case.Id);
            Note("is not accused of", odd.Fails.Except(failed.Select(result => result.Case.Id)));
            Note("is accused of", failed.Where(result => !odd.Fails.Contains(result.Case.Id)).Select(Told));
            Note("is not said to be less than strict in", odd.NonStrict.Except(loose));

            void Note(string what, IEnumerable<string> cases) => cases.ToList().ForEach(one => wrong.Add($"{odd.Name}: it {what} {one}"));
        });
        TestRun.None("judged wrongly", wrong);
    }

    [Fact]
    public async Task A_command_that_should_do_nothing_and_opens_the_session_breaks_the_rule_that_EHLO_opens_it_RFC_5321_4_1_4()
    {
        await using var server = new MiniServer(OddServers.All.Single(odd => odd.Name == "RSET opens the session").Fault);
        var report = await new ConformanceTest(
            Spec.Profiles.Rfc5321,
            new TestOptions { Select = one => one.Kind is not CaseKind.Wire, Patience = TimeSpan.FromMilliseconds(100) }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
        var found = report.Results.Single(result => result.Case.Id == "rfc5321/4.1.4/RSET-in-Connected");
        Assert.Equal((CaseVerdict.Fail, Spec.Rfc821.O1.Id), (found.Verdict, found.Rule.Id));
    }

    private static string Told(CaseResult result) => $"{result.Verdict} {result.Case.Id} ({result.Rule}: {result.Reason})";
}
