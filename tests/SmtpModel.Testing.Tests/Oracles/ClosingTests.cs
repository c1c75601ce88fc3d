using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Oracles;

// A channel that is closed, or is not.
public class ClosingTests
{
    private const int Sessions = 3000;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_that_closes_on_a_client_that_makes_many_mistakes_is_not_accused(string name)
    {
        var report = await FuzzAsync(name, ClosingAfter(refusals: 4));
        TestRun.NoFindings(report);
        Assert.Contains(report.Inconclusive.Keys, why => why.Contains("closed the channel after", StringComparison.Ordinal));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_that_closes_after_a_single_refusal_is_R2(string name)
    {
        var report = await FuzzAsync(name, ClosingAfter(refusals: 1));
        Assert.All(report.Findings, finding => Assert.Equal(ViolationKind.Closed, finding.Violation.Kind));
        Assert.NotEmpty(report.Findings);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_that_says_nothing_after_QUIT_and_leaves_the_channel_open_is_untidy_and_not_accused(string name)
    {
        var report = await FuzzAsync(name, () =>
            said => said.Came.Kind is ObservationKind.Closed ? new Observation(ObservationKind.Silence) : said.Came
        );
        TestRun.NoFindings(report);
        Assert.Equal(["the channel stays open"], report.NonStrict.Keys.Select(seen => seen.What));
    }

    private static Func<Func<Said, Observation>> ClosingAfter(int refusals) => () =>
    {
        var left = refusals;
        return said =>
        {
            var came = left <= 0 ? new Observation(ObservationKind.Closed) : said.Came;
            left -= came.Code >= 400 ? 1 : 0;
            return came;
        };
    };

    private static Task<FuzzReport> FuzzAsync(string name, Func<Func<Said, Observation>> change)
    {
        var profile = EveryProfile.Named(name);
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = TestRun.Cases(Sessions),
            IsScripted = true,
        };
        return new Fuzzer(profile, options).RunAsync(
            new FaultyTarget(InMemoryTarget.Of(profile), change),
            cancellation: TestContext.Current.CancellationToken
        );
    }
}
