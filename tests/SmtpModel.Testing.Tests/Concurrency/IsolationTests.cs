namespace SmtpModel.Testing.Tests.Concurrency;

// Sessions at the same time: each as if it were alone. Servers whose sessions share something are found, and only by that.
public class IsolationTests
{
    private const int Together = 8;
    private const int InMemorySessions = 8000;
    private const int TcpSessions = 800;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Sessions_in_memory_do_not_disturb_each_other(string name) =>
        await IsFineAsync(name, InMemorySite.Of(EveryProfile.Named(name)), Together, TestRun.Cases(InMemorySessions), isScripted: true);

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Sessions_over_TCP_do_not_disturb_each_other(string name)
    {
        await using var site = await EmbeddedSite.StartAsync(EveryProfile.Named(name));
        await IsFineAsync(name, site, Together, TestRun.Cases(TcpSessions), isScripted: false);
    }

    [Theory]
    [InlineData(Shared.ForwardPaths)]
    [InlineData(Shared.ReversePath)]
    [InlineData(Shared.MailData)]
    [InlineData(Shared.State)]
    public async Task Sessions_in_memory_that_share_something_are_found_and_are_fine_alone(Shared what)
    {
        foreach (var name in new[] { "rfc821", "rfc5321" })
        {
            var profile = EveryProfile.Named(name);
            await IsFoundAsync(name, Sharing.InMemory(profile, what), isScripted: true);
            await IsFineAsync(name, Sharing.InMemory(profile, what), 1, 1000, isScripted: true);
        }
    }

    [Theory]
    [InlineData(Shared.ForwardPaths)]
    [InlineData(Shared.ReversePath)]
    [InlineData(Shared.MailData)]
    [InlineData(Shared.State)]
    public async Task Sessions_over_TCP_that_share_something_are_found_and_are_fine_alone(Shared what)
    {
        var profile = EveryProfile.Named("rfc5321");
        await using (var site = await Sharing.OverTcpAsync(profile, what))
        {
            await IsFoundAsync(profile.Name, site, isScripted: false);
        }

        await using (var site = await Sharing.OverTcpAsync(profile, what))
        {
            await IsFineAsync(profile.Name, site, 1, 100, isScripted: false);
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Sessions_at_the_same_time_are_drawn_as_the_strategy_says(string name)
    {
        var (uniform, guided) = (await EdgesAsync(Strategy.Uniform), await EdgesAsync(Strategy.Guided));
        TestRun.Print($"{name}: 24 sessions cover {uniform} transitions uniformly and {guided} guided");
        Assert.True(guided > uniform, "the guided rounds cover no more than the uniform ones");

        async Task<int> EdgesAsync(Strategy strategy)
        {
            var options = new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = 24,
                Connections = Together,
                IsScripted = true,
                Strategy = strategy,
            };
            return (
                await new InterleavedFuzzer(EveryProfile.Named(name), options).RunAsync(
                    InMemorySite.Of(EveryProfile.Named(name)),
                    cancellation: TestContext.Current.CancellationToken
                )
            )
                .Run
                .Coverage
                .Edges
                .Covered;
        }
    }

    private static async Task IsFineAsync(string name, IObservedSite site, int together, int sessions, bool isScripted)
    {
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = sessions,
            Connections = together,
            IsScripted = isScripted,
        };
        var report = await new InterleavedFuzzer(EveryProfile.Named(name), options).RunAsync(
            site,
            cancellation: TestContext.Current.CancellationToken
        );
        TestRun.None(
            "found though nothing is wrong",
            report.Findings.Select(finding => $"{finding.Violation}\n{finding.Transcript}\n{finding.Round}")
        );
        TestRun.None("inconclusive", report.Run.Inconclusive.Keys);
        TestRun.Print(
            $"{site.Name}: {report.Run.Sessions} sessions, {together} at a time, {report.Run.Exchanges} turns in "
                + $"{report.Run.Elapsed.TotalSeconds:0.0} s, {report.Run.Coverage}"
        );
        Assert.True(report.Run.Sessions >= sessions);
    }

    private static async Task IsFoundAsync(string name, IObservedSite site, bool isScripted)
    {
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = 800,
            Connections = Together,
            IsScripted = isScripted,
            MaxViolations = 1,
            MaxShrinkTime = TimeSpan.FromSeconds(10),
        };
        var report = await new InterleavedFuzzer(EveryProfile.Named(name), options).RunAsync(
            site,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.True(
            report.Findings.Count == 1,
            $"{report.Findings.Count} findings in {report.Run.Sessions} sessions; inconclusive: "
                + $"{string.Join('\n', report.Run.Inconclusive.Keys)}"
        );
        var finding = report.Findings[0];
        TestRun.Print(
            $"{site.Name}: round {finding.Number}, {finding.Sessions} sessions of {finding.Moves} moves, shown by\n{finding.Round}\n"
                + $"{finding.Transcript}{finding.Violation}"
        );
        Assert.True(finding.IsConcurrent, "one session alone shows it");
        Assert.Equal(2, finding.Round.Sessions.Count);
    }
}
