namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>Strategies are measured by the mutants they find.</summary>
public class ScoreTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task X(string name)
    {
        foreach (var (strategy, _) in MutantScore.StrategyNames)
        {
            var report = await MutantScore.RunAsync(EveryProfile.Named(name), new ScoreOptions { Strategy = strategy }, TestContext.Current.CancellationToken);
            TestRun.Print($"{name} {strategy}: {report.Killed.Count()} of {report.Faulty.Count}, {report.Elapsed.TotalSeconds:0.0} s; max sessions {report.Faulty.Max(x => x.Sessions)} commands {report.Faulty.Max(x => x.Commands)}");
            foreach (var kind in report.Survivors.GroupBy(x => x.Mutant.Kind)) TestRun.Print($"    {kind.Key} {kind.Count()}: {kind.First().Mutant.Id}: {kind.First().Mutant.Killing}; {kind.Last().Mutant.Id} {kind.Last().Mutant.Killing}");
        }
    }
}
