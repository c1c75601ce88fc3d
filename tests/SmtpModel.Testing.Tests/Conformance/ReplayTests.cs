using SmtpModel.Testing.Tests.Conformance.Servers;
using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What was found can be played again, and says what became of it.</summary>
public class ReplayTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Every_failure_fails_again_on_its_server_and_is_fixed_on_the_plain_one(string name)
    {
        var profile = EveryProfile.Named(name);
        var played = 0;
        foreach (var mutant in RuleMutants.Of(profile).Where(mutant => mutant.Rule is not "E2"))
        {
            var report = await new ConformanceTest(profile, new TestOptions()).RunAsync(
                mutant.Server(),
                cancellation: TestContext.Current.CancellationToken
            );
            foreach (var result in report.Results.Where(result => result.Verdict is CaseVerdict.Fail))
            {
                var file = ReplayFile.Parse(ReplayFile.Of(report, result)!.ToId(), EveryProfile.Named);
                Assert.Equal(result.Case.Id, file.Case);
                var again = await Replay.RunAsync(profile, file, mutant.Server(), TestContext.Current.CancellationToken);
                Assert.True(again.Verdict is ReplayVerdict.Failed, $"{mutant}, {result.Case}: {again.Verdict}, {again.Reason}");
                Assert.All(again.Steps, step => Assert.False(step.IsChanged, $"{mutant}, {result.Case}: {step}"));
                var plain = await Replay.RunAsync(profile, file, InMemoryTarget.Of(profile), TestContext.Current.CancellationToken);
                Assert.True(plain.Verdict is ReplayVerdict.Fixed, $"{mutant}, {result.Case}: {plain.Verdict}, {plain.Reason}");
                played++;
            }
        }

        Assert.True(played > 20, $"{played}");
    }

    [Fact]
    public async Task What_was_left_open_is_not_called_a_failure_when_it_is_played_again()
    {
        // the second transaction of a session is refused, and an unknown command draws nothing
        var fault = new Fault
        {
            Line = (session, line, right) => MiniSession.Split(line).Verb == "MAIL" && session.Memory > 0 ? "503 one is enough"
                : right() is var reply && reply.StartsWith("500", StringComparison.Ordinal) ? "" : reply,
            Data = (session, _, right) => { session.Memory++; return right(); },
        };
        await using var server = new MiniServer(fault);
        var options = new TestOptions
        {
            Depth = Depth.Data,
            Connections = 8,
            Patience = TimeSpan.FromMilliseconds(50),
        };
        var report = await new ConformanceTest(Spec.Profiles.Rfc5321, options).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );
        List<string> failed = [];
        var open = report
            .Results.Where(result => result.Verdict is CaseVerdict.Inconclusive && ReplayFile.Of(report, result) is not null)
            .ToList();
        Assert.Contains(open, result =>
            result.Case.Id == "rfc5321/4.1.4/again-in-MailGiven" && result.Reason.Contains("which may be why", StringComparison.Ordinal)
        );
        Assert.Contains(open, result => result.Reason.Contains("it breaks another rule", StringComparison.Ordinal));
        foreach (var result in open.DistinctBy(result => result.Reason))
        {
            var file = ReplayFile.Parse(ReplayFile.Of(report, result)!.ToId(), Spec.Profiles.Find);
            var again = await Replay.RunAsync(Spec.Profiles.Rfc5321, file, server.Target, TestContext.Current.CancellationToken);
            if (again.Verdict is ReplayVerdict.Failed)
            {
                failed.Add($"{result.Case}: {result.Reason}: {again.Reason}");
            }
        }

        TestRun.None("called failures", failed);
    }
}
