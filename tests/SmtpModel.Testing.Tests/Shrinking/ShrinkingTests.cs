using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Shrinking;

// The session that is shown for a violation is as short as it can be.
public class ShrinkingTests
{
    private const int Sessions = 2000;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Without_any_one_or_two_of_its_steps_a_shrunk_session_no_longer_shows_the_violation(string name)
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
            for (var one = 0; one < finding.Session.Steps.Count; one++)
            {
                for (var other = one; other < finding.Session.Steps.Count; other++)
                {
                    var shorter = finding.Session with { Steps = [.. finding.Session.Steps.Where((_, at) => at != one && at != other)] };
                    var result = await PlayAsync(oracle, server, shorter);
                    Assert.True(result.Violation?.Key != finding.Violation.Key, TestRun.Failure($"{mutant}: the steps {one} and {other} are not needed", finding.Session, finding.Transcript));
                }
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_moves_of_a_shrunk_session_are_the_plainest_that_show_the_violation(string name)
    {
        var profile = EveryProfile.Named(name);
        var palette = ScriptedSessions.PaletteOf(profile);
        var oracle = new Oracle(profile.Table);
        foreach (var mutant in RuleMutants.Of(profile))
        {
            var server = mutant.Server();
            var finding = await FindAsync(profile, server);
            for (var index = 0; index < finding.Session.Steps.Count; index++)
            {
                var step = finding.Session.Steps[index];
                var plain = Plainest(palette, step.Move);
                if (plain.Text == step.Move.Text)
                {
                    continue;
                }

                var plainer = finding.Session with { Steps = [.. finding.Session.Steps.Select((other, at) => at == index ? other with { Move = plain } : other)] };
                var result = await PlayAsync(oracle, server, plainer);
                Assert.True(result.Violation?.Key != finding.Violation.Key, TestRun.Failure($"{mutant}: '{plain}' shows it too", finding.Session, finding.Transcript));
            }
        }
    }

    // the shorter fault must not swallow the longer one
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Shrinking_stays_with_the_violation_that_was_seen(string name)
    {
        var profile = EveryProfile.Named(name);
        var order = TableOrder.Of(profile.Table).WithAcceptance(Rfc821.Connected, Rfc821.MAIL, Rfc821.MailGiven).WithRefusal(Rfc821.RecipientsGiven, Rfc821.RCPT, 503);
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = Sessions, IsScripted = true };
        var report = await new Fuzzer(profile, options).RunAsync(InMemoryTarget.Of(order, "two faults"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["Reply|Connected|MAIL|O1", "Reply|RecipientsGiven|RCPT|O5"], report.Findings.Select(finding => finding.Violation.Key).Order(StringComparer.Ordinal));
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

    private static Move Plainest(Palette palette, Move move) => move.Kind switch
    {
        MoveKind.Valid => palette.Valid(move.Command)[0],
        MoveKind.Malformed => palette.Malformed(move.Command)[0],
        MoveKind.Unknown => palette.Unknown[0],
        _ => palette.Data[0],
    };

    private static async Task<Finding> FindAsync(Profile profile, ITarget server)
    {
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = Sessions, IsScripted = true, MaxViolations = 1 };
        var report = await new Fuzzer(profile, options).RunAsync(server, cancellation: TestContext.Current.CancellationToken);
        return Assert.Single(report.Findings);
    }

    private static async Task<RunResult> PlayAsync(Oracle oracle, ITarget server, TestSession session) =>
        await new SessionRunner(oracle).RunAsync(server, session, null, TestContext.Current.CancellationToken);
}
