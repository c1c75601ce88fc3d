using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>Servers that break one rule each are found by the cases of the test.</summary>
public class RuleMutantCaseTests
{
    // a matter of octets: the wire cases find it
    private const string OfTheWire = "keywords are known in upper case only";

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task Every_rule_that_is_broken_and_every_classic_bug_is_found(string name)
    {
        var profile = EveryProfile.Named(name);
        var missed = new List<string>();
        foreach (var mutant in RuleMutants.Of(profile).Where(mutant => mutant.Does != OfTheWire).Concat(ClassicBugs.Of(profile)))
        {
            var report = await new ConformanceTest(
                profile,
                new TestOptions { Depth = Depth.Data, Greeting = mutant.Rule == "E2" ? 554 : 0 }
            ).RunAsync(mutant.Server(), cancellation: TestContext.Current.CancellationToken);
            var failed = report.Results.Where(result => result.Verdict is CaseVerdict.Fail).ToList();
            TestRun.Print($"{mutant}: {string.Join(", ", failed.Select(result => result.Case.Id).DefaultIfEmpty("-"))}");
            if (failed.Count == 0)
            {
                missed.Add(mutant.ToString());
            }
        }

        TestRun.None("not found", missed);
    }
}
