using System.Diagnostics;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>The mutants that are read off the table: all kinds are there, and each can be named.</summary>
public class CatalogueTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Every_kind_of_mutant_is_there(string name)
    {
        var clock = Stopwatch.StartNew();
        var mutants = MutantCatalogue.Of(EveryProfile.Named(name)).All;
        TestRun.Print($"{name}: {mutants.Count} mutants made in {clock.Elapsed.TotalSeconds:0.0} s");
        foreach (var kind in mutants.GroupBy(mutant => mutant.Kind))
        {
            TestRun.Print($"{kind.Key,-10} {kind.Count(),5}: " + string.Join(", ", kind.GroupBy(mutant => mutant.Class).OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Count()}")));
        }

        TestRun.Print($"and classified in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(Enum.GetValues<MutantKind>(), mutants.Select(mutant => mutant.Kind).Distinct().Order());
    }
}
