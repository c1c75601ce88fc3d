using SmtpModel.Spec;
namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>What a strategy promises it keeps, and what promises nothing leaves some.</summary>
public class ScoreTests
{
    public static TheoryData<string, string> Complete()
    {
        var data = new TheoryData<string, string>();
        foreach (var profile in EveryProfile.All)
        {
            foreach (var strategy in profile == Profiles.Rfc5321 ? new[] { "wp", "hsi", "h" } : ["wp"])
            {
                data.Add(profile.Name, strategy);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Complete))]
    public async Task A_complete_suite_of_all_exchanges_kills_every_mutant_of_one_edge(string name, string strategy)
    {
        var report = await RunAsync(name, strategy);
        var edges = report.Faulty.Where(hunted => IsOfOneEdge(hunted.Mutant)).ToList();
        TestRun.None("survived", edges.Where(hunted => !hunted.IsKilled).Select(hunted => hunted.Mutant));
        Assert.True(edges.Count > 1500);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_tour_takes_every_edge_and_leaves_mutants_of_edges_all_the_same(string name)
    {
        var report = await RunAsync(name, "tour", MutantKind.Transfer, MutantKind.Output);
        Assert.All(report.Survivors, survivor => Assert.Equal(MutantKind.Transfer, survivor.Mutant.Kind));
        Assert.NotEmpty(report.Survivors);
    }

    // buffers are not of the machine that the methods know: they show where a message is handed over
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task With_a_delivery_behind_each_exchange_no_mutant_of_a_buffer_survives(string name)
    {
        var with = await RunAsync(name, "wpd", MutantKind.Buffer, MutantKind.Rejected);
        TestRun.None("survived", with.Survivors.Select(hunted => hunted.Mutant));
        Assert.NotEmpty((await RunAsync(name, "wp", MutantKind.Buffer, MutantKind.Rejected)).Survivors);
    }

    [Fact]
    public async Task With_one_extra_state_no_hidden_state_survives()
    {
        Assert.Empty((await RunAsync("rfc5321", "wpd1", MutantKind.Hidden)).Survivors);
        Assert.NotEmpty((await RunAsync("rfc5321", "wpd", MutantKind.Hidden)).Survivors);
    }

    // a server that counts has states that no suite for one more is sure to reach
    [Fact]
    public async Task Sessions_that_repeat_what_they_do_find_servers_that_count_where_others_do_not()
    {
        async Task<int> Killed(string strategy) =>
            (
                await MutantScore.RunAsync(
                    Profiles.Rfc5321,
                    new ScoreOptions
                    {
                        Strategy = strategy,
                        Seed = TestRun.Seed,
                        Sample = 40,
                        Budget = 1000,
                        Kinds = [MutantKind.Counter],
                    },
                    TestContext.Current.CancellationToken
                )
            ).Killed.Count();
        var (uniform, mixed, memory) = (await Killed("uniform"), await Killed("random"), await Killed("memory"));
        Assert.True(
            uniform * 3 < mixed && mixed > 15 && mixed < memory && memory > 26,
            $"of 40: uniform {uniform}, mixed {mixed}, memory {memory}"
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Random_sessions_find_more_the_more_of_them_there_are(string name)
    {
        var profile = EveryProfile.Named(name);
        var few = await MutantScore.RunAsync(
            profile,
            new ScoreOptions
            {
                Strategy = "random",
                Seed = TestRun.Seed,
                Budget = 20,
            },
            TestContext.Current.CancellationToken
        );
        var more = await MutantScore.RunAsync(
            profile,
            new ScoreOptions
            {
                Strategy = "random",
                Seed = TestRun.Seed,
                Budget = 200,
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(few.Killed.Count() < more.Killed.Count());
        Assert.All(few.Survivors, survivor => Assert.Equal((20, true), (survivor.Sessions, survivor.Mutant.Killing is not null)));
        Assert.Equal(MutantCatalogue.Of(profile).All.Count, few.Faulty.Count + few.Conforming.Count + few.Equivalent.Count);
    }

    // the machine of the suites is a reading of the table of its own: the real session agrees with it
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_tour_of_all_exchanges_is_played_as_it_is_made_and_takes_every_edge_of_the_table(string name)
    {
        var profile = EveryProfile.Named(name);
        var machine = new ExchangeMachine(profile.Table);
        var coverage = new Coverage(profile.Table);
        var runner = new SessionRunner(new Oracle(profile.Table), coverage);
        foreach (var session in machine.Sessions(SuiteMaker.Make(machine.Mealy, SuiteMethod.Tour)))
        {
            var result = await runner.RunAsync(InMemoryTarget.Of(profile), session, cancellation: TestContext.Current.CancellationToken);
            Assert.True(result.Violation is null, $"{result.Violation}: {session}");
        }

        Assert.Equal(coverage.Edges.Of, coverage.Edges.Covered);
    }

    [Fact]
    public async Task A_strategy_that_there_is_not_is_refused_by_name()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync("rfc821", "luck"));
        Assert.Contains("'luck'", fault.Message, StringComparison.Ordinal);
    }

    private static bool IsOfOneEdge(Mutant mutant) =>
        mutant.Kind is MutantKind.Transfer or MutantKind.Output or MutantKind.Missing or MutantKind.Accepted
        || (mutant.Kind is MutantKind.Rejected && !mutant.Id.EndsWith(".buffers", StringComparison.Ordinal));

    private static Task<ScoreReport> RunAsync(string name, string strategy, params MutantKind[] kinds) =>
        MutantScore.RunAsync(
            EveryProfile.Named(name),
            new ScoreOptions { Strategy = strategy, Kinds = kinds },
            TestContext.Current.CancellationToken
        );
}
