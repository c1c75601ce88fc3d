using System.Globalization;

namespace SmtpModel.Testing.Tests.Sized;

// How many commands it takes to find every fault there can be in one cell of a machine, and how many sessions to find a
// deep one. Commands and sessions are counted, never time.
public class StrategyTests
{
    // with this many commands a strategy that is there for comparison is given up
    private const int Limit = 150_000;

    [Theory]
    [InlineData("small", 5_000)]
    [InlineData("medium", 20_000)]
    public async Task The_standard_strategy_finds_every_first_order_mutant_within_so_many_commands(string name, int most)
    {
        var needed = await HuntAsync(name, new FuzzOptions().Strategy, seeds: Math.Max(20, TestRun.Cases(0) / 1000), most * 10);
        Assert.InRange(needed[needed.Count / 2], 1, most);
        // and that is every one of them, with every seed
        Assert.InRange(needed[^1], 1, (most * 10) - 1);
    }

    [Fact]
    public async Task Each_planned_strategy_needs_fewer_commands_than_a_walk_and_a_walk_fewer_than_a_uniform_choice()
    {
        Dictionary<Strategy, double> found = [];
        foreach (var strategy in Enum.GetValues<Strategy>())
        {
            var hunts = Enumerable
                .Range(0, 3)
                .Select(seed => new Hunt(SizedMachines.Medium, strategy, TestRun.Seed + (ulong)seed))
                .ToList();
            foreach (var hunt in hunts)
            {
                await hunt.CommandsAsync(20_000);
            }

            found[strategy] = hunts.Average(hunt => 100.0 * (hunt.Mutants - hunt.Alive) / hunt.Mutants);
            TestRun.Print(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{strategy}: {found[strategy]:0.0} % of {hunts[0].Mutants} mutants within 20000 commands"
                )
            );
        }

        Assert.True(
            found[Strategy.Uniform] < found[Strategy.Walk]
                && found[Strategy.Walk] < found[Strategy.Middle]
                && found[Strategy.Walk] < found[Strategy.Mixed],
            "the order of the strategies is another one"
        );
        Assert.True(
            found[Strategy.Walk] < found[Strategy.Guided] && found[Strategy.Uniform] < found[Strategy.Swarm],
            "guided is no better than a walk, or a swarm no better than uniform"
        );
    }

    // a table for people; it takes long, so it is made only when more cases are asked for
    [Fact]
    public async Task The_table_of_all_strategies()
    {
        var seeds = TestRun.Cases(0) / 100;
        foreach (
            var (name, strategy) in from machine in SizedMachines.All
                                    from strategy in Enum.GetValues<Strategy>()
                                    where seeds > 0
                                    select (machine.Name, strategy)
        )
        {
            await HuntAsync(name, strategy, Math.Min(seeds, 20), Limit);
        }
    }

    // EHLO or HELO, MAIL, RCPT, RSET (or EHLO or HELO), MAIL, DATA
    [Theory]
    [InlineData("RSET")]
    [InlineData("EHLO")]
    [InlineData("HELO")]
    public async Task A_fault_that_takes_six_commands_is_found_within_20_sessions_by_99_of_100_seeds(string abort)
    {
        var profile = SizedMachines.Small;
        var resolved = SizedMachines.Resolve(profile);
        var faulty = HiddenFault.RecipientsKept(resolved.Mealy, abort);
        List<long> needed = [];
        foreach (var seed in Enumerable.Range(0, 100).Select(offset => TestRun.Seed + (ulong)offset))
        {
            await using var target = new MealyTarget(resolved, faulty);
            var options = new FuzzOptions { Seed = seed, Sessions = 20, MaxViolations = 1 };
            var report = await new Fuzzer(profile, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
            needed.AddRange(report.Findings.Select(finding => finding.Number + 1));
            Assert.All(report.Findings, finding =>
                Assert.Equal(["MAIL", "RCPT", abort, "MAIL", "DATA"], finding.Session.Steps.Skip(1).Select(step => step.Move.Text))
            );
        }

        needed.Sort();
        TestRun.Print($"{abort}: {needed.Count} of 100 seeds; sessions needed: median {needed[needed.Count / 2]}, most {needed[^1]}");
        Assert.InRange(needed.Count, 99, 100);
    }

    private static async Task<List<int>> HuntAsync(string name, Strategy strategy, int seeds, int limit)
    {
        List<int> needed = [];
        var mutants = 0;
        foreach (var seed in Enumerable.Range(0, seeds).Select(offset => TestRun.Seed + (ulong)offset))
        {
            var hunt = new Hunt(SizedMachines.Named(name), strategy, seed);
            mutants = hunt.Mutants;
            needed.Add(await hunt.CommandsAsync(limit));
        }

        needed.Sort();
        TestRun.Print(
            $"{name}, {mutants} mutants, {seeds} seeds, {strategy}: commands until all are found: median {needed[needed.Count / 2]}, "
                + $"least {needed[0]}, most {needed[^1]} (given up at {limit})"
        );
        return needed;
    }
}
