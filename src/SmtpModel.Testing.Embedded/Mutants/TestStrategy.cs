using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What <c>smtpmodel test</c> does, at the depth of whole messages.</summary>
internal sealed class TestStrategy : IMutantStrategy
{
    public string Name => "test";

    public string What => "all cases of smtpmodel test";

    public IMutantHunt Prepare(Profile profile, ScoreOptions options) =>
        new Hunt(new ConformanceTest(profile, new TestOptions { Depth = Depth.Data }));

    private sealed class Hunt(ConformanceTest test) : IMutantHunt
    {
        public async ValueTask<Hunted> RunAsync(Mutant mutant, CancellationToken cancellation)
        {
            try
            {
                var report = await test.RunAsync(InMemoryTarget.Of(mutant), cancellation: cancellation);
                return new Hunted(mutant, report.Count(CaseVerdict.Fail) > 0, report.Sessions, report.Exchanges - report.Sessions);
            }
            catch (TargetUnreachableException)
            {
                // it does not even greet: there is no server to hold anything against
                return new Hunted(mutant, true, 1, 0);
            }
        }
    }
}
