namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server that keeps the rules is not accused, over real sockets, however it is tested.</summary>
public class PlainServerTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_plain_server_passes_every_case_that_it_can_be_held_against(string name)
    {
        var report = await TestAsync(name, new TestOptions { Depth = Depth.Data });
        TestRun.None(
            "not passed",
            report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Inconclusive)
                .Select(result => $"{result.Case}: {result.Reason}")
        );
        Assert.Empty(report.Notes);

        // what does not apply is what this server never does
        TestRun.None(
            "said not to apply",
            report
                .Results.Where(result =>
                    result.Verdict is CaseVerdict.NotApplicable
                    && result.Case.Kind is not CaseKind.Wire
                    && result.Case.State?.Name != "TurnedAway"
                    && result.Case.Command?.Name is not ("TURN" or "HELP" or "DATA")
                )
                .Select(result => $"{result.Case}: {result.Reason}")
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Many_connections_give_the_verdicts_that_one_gives(string name)
    {
        var one = await TestAsync(name, new TestOptions { Depth = Depth.Data });
        var many = await TestAsync(name, new TestOptions { Depth = Depth.Data, Connections = 8 });
        Assert.Equal(
            one.Results.Select(result => (result.Case.Id, result.Verdict)),
            many.Results.Select(result => (result.Case.Id, result.Verdict))
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_is_played_is_certified_to_be_a_complete_suite(string name)
    {
        var report = await TestAsync(name, new TestOptions());
        TestRun.None("gaps", report.Gaps);
        Assert.True(report.Machine is { States: 4, Inputs: >= 14 }, $"{report.Machine}");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_smaller_depth_tests_less_and_says_what_was_left_out(string name)
    {
        var greeting = await TestAsync(name, new TestOptions { Depth = Depth.Greeting });
        var envelope = await TestAsync(name, new TestOptions());
        var left = envelope.Results.Where(result => result.Case.Depth is Depth.Data).ToList();
        Assert.NotEmpty(left);
        Assert.All(left, result =>
            Assert.Equal(
                (CaseVerdict.NotApplicable, "not decided at this depth: --depth data decides it"),
                (result.Verdict, result.Reason)
            )
        );
        Assert.True(greeting.Count(CaseVerdict.Pass) < envelope.Count(CaseVerdict.Pass));
        Assert.Equal(0, greeting.Count(CaseVerdict.Fail));
    }

    [Fact]
    public async Task A_server_that_turns_everybody_away_is_held_against_what_holds_for_such_a_one()
    {
        var profile = EveryProfile.Named("rfc5321");
        var report = await new ConformanceTest(profile, new TestOptions { Greeting = 554 }).RunAsync(
            InMemoryTarget.Of(profile),
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(0, report.Count(CaseVerdict.Fail));
        Assert.All(
            report.Results.Where(result =>
                result.Case.State?.Name == "TurnedAway" && result.Case.Kind is CaseKind.OutOfOrder && result.Case.Depth is Depth.Greeting
            ),
            result => Assert.Equal(CaseVerdict.Pass, result.Verdict)
        );
        Assert.Contains(report.Results, result =>
            result.Case.Id == "rfc5321/4.1.1.5/RSET-in-Ready" && result.Verdict is CaseVerdict.Inconclusive
        );
    }

    [Fact]
    public async Task A_reply_that_is_accepted_by_configuration_counts_as_right_for_that_case_only()
    {
        var profile = EveryProfile.Named("rfc821");
        var mutant = Mutants.RuleMutants.Of(profile).First(mutant => mutant.Does == Mutants.RuleMutants.EarlyMail);
        var options = new TestOptions
        {
            Accepted = new Dictionary<string, IReadOnlyList<int>> { ["rfc821/4.1.1/MAIL-out-of-order-in-Connected"] = [250] },
        };
        var report = await new ConformanceTest(profile, options).RunAsync(
            mutant.Server(),
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(0, report.Count(CaseVerdict.Fail));
        var other = await new ConformanceTest(profile, new TestOptions()).RunAsync(
            mutant.Server(),
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(1, other.Count(CaseVerdict.Fail));
    }

    private static async Task<TestReport> TestAsync(string name, TestOptions options)
    {
        var profile = EveryProfile.Named(name);
        await using var server = await EmbeddedServer.StartAsync(profile);
        return await new ConformanceTest(profile, options with { Patience = TimeSpan.FromMilliseconds(5) }).RunAsync(
            server,
            cancellation: TestContext.Current.CancellationToken
        );
    }
}
