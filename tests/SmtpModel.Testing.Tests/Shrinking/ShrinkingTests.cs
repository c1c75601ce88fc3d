using SmtpModel.Machines;
using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Shrinking;

// The session that is shown for a violation is as short as it can be.
public class ShrinkingTests
{
    private const int Sessions = 2000;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Without_any_one_of_its_steps_a_shrunk_session_no_longer_shows_the_violation(string name)
    {
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        foreach (var mutant in RuleMutants.Of(profile).Concat(ClassicBugs.Of(profile)))
        {
            var server = mutant.Server();
            var finding = await FindAsync(profile, server);
            var shown = await PlayAsync(oracle, server, finding.Session);
            Assert.Equal(finding.Violation.Key, shown.Violation?.Key);
            // what was not executed is not part of it
            Assert.Equal(finding.Session.Steps.Count - 1, shown.FailedAt);
            for (var index = 0; index < finding.Session.Steps.Count; index++)
            {
                var shorter = finding.Session with { Steps = [.. finding.Session.Steps.Where((_, at) => at != index)] };
                var result = await PlayAsync(oracle, server, shorter);
                Assert.True(result.Violation?.Key != finding.Violation.Key, TestRun.Failure($"{mutant}: the step {index} is not needed", finding.Session, finding.Transcript));
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_moves_of_a_shrunk_session_are_the_plainest_that_show_the_violation(string name)
    {
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        foreach (var mutant in RuleMutants.Of(profile))
        {
            var server = mutant.Server();
            var finding = await FindAsync(profile, server);
            foreach (var plainer in SessionShrinker.Shrink(finding.Session))
            {
                var result = await PlayAsync(oracle, server, plainer);
                Assert.True(result.Violation?.Key != finding.Violation.Key, TestRun.Failure($"{mutant}: {plainer} shows it too", finding.Session, finding.Transcript));
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_a_server_did_once_and_not_again_is_said_and_is_not_a_finding(string name)
    {
        var profile = EveryProfile.Named(name);
        var hasMisbehaved = false;
        var target = new FaultyTarget(InMemoryTarget.Of(profile), () => said =>
        {
            if (said.Keyword != "NOOP" || hasMisbehaved)
            {
                return said.Came;
            }

            hasMisbehaved = true;
            return new Observation(ObservationKind.Silence);
        });
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = Sessions, IsScripted = true };
        var report = await new Fuzzer(profile, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
        Assert.True(hasMisbehaved);
        Assert.Empty(report.Findings);
        Assert.StartsWith("seen once and not again: ", Assert.Single(report.Inconclusive).Key, StringComparison.Ordinal);
    }

    private static async Task<Finding> FindAsync(Profile profile, ITarget server)
    {
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = Sessions, IsScripted = true, MaxViolations = 1 };
        var report = await new Fuzzer(profile, options).RunAsync(server, cancellation: TestContext.Current.CancellationToken);
        return Assert.Single(report.Findings);
    }

    private static async Task<RunResult> PlayAsync(Oracle oracle, ITarget server, TestSession session) =>
        await new SessionRunner(oracle).RunAsync(server, session, null, TestContext.Current.CancellationToken);
}
