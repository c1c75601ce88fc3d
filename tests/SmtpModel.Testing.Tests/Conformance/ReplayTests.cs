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
            var report = await new ConformanceTest(profile, new TestOptions()).RunAsync(mutant.Server(), cancellation: TestContext.Current.CancellationToken);
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
}
