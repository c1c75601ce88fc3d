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
                    Assert.True(
                        result.Violation?.Key != finding.Violation.Key,
                        TestRun.Failure($"{mutant}: the steps {one} and {other} are not needed", finding.Session, finding.Transcript)
                    );
                }
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Nothing_in_a_shrunk_session_can_be_replaced_by_something_plainer(string name)
    {
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        foreach (var mutant in RuleMutants.Of(profile).Concat(RuleMutants.Missing(profile)).Concat(ClassicBugs.Of(profile)))
        {
            var server = mutant.Server();
            var finding = await FindAsync(profile, server);
            foreach (var plainer in Plainer(ScriptedSessions.PaletteOf(profile), finding.Session))
            {
                var result = await PlayAsync(oracle, server, plainer);
                Assert.True(
                    result.Violation?.Key != finding.Violation.Key,
                    TestRun.Failure($"{mutant}: '{plainer}' shows it too", finding.Session, finding.Transcript)
                );
            }
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_was_not_executed_is_dropped_before_anything_else_is_tried(string name)
    {
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        var tried = 0;
        foreach (var mutant in RuleMutants.Of(profile).Concat(ClassicBugs.Of(profile)))
        {
            var server = mutant.Server();
            if (await SeenAsync(profile, oracle, server) is not { } seen)
            {
                // a fault that only the end of a session shows
                continue;
            }

            // no time at all: one session is played, and what was not executed is gone
            var listening = new CountingTarget(server);
            var shrunk = await new LiveShrinker(listening, oracle, TimeSpan.Zero).ShrinkAsync(
                seen.Session,
                seen.Result.Violation!,
                seen.Result.FailedAt,
                TestContext.Current.CancellationToken
            );
            // once more where it is sent in groups, to see whether it takes them
            var hasGroups = seen.Session.Steps.Where((step, at) => step.IsJoined && at <= seen.Result.FailedAt + 1).Any();
            Assert.Equal(hasGroups ? 2 : 1, listening.Sent.Count);
            // in lockstep it may fail sooner
            var executed = seen.Session.Steps.Take(seen.Result.FailedAt + 1).Select(step => step with { IsJoined = false }).ToList();
            Assert.Equal(hasGroups ? executed.Take(shrunk!.Session.Steps.Count) : executed, shrunk!.Session.Steps);
            tried++;
        }

        Assert.InRange(tried, 30, int.MaxValue);
    }

    // the shorter fault must not swallow the longer one
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Shrinking_stays_with_the_violation_that_was_seen(string name)
    {
        var profile = EveryProfile.Named(name);
        var order = SpecifiedOrder
            .Of(profile.Table)
            .WithAcceptance(Rfc821.Ready, Rfc821.RCPT, Rfc821.RecipientsGiven)
            .WithRefusal(Rfc821.RecipientsGiven, Rfc821.RCPT, 503);
        var server = InMemoryTarget.Of(order, "two faults");
        var oracle = new Oracle(profile.Table);
        var shrinker = new LiveShrinker(server, oracle, TimeSpan.FromSeconds(20));
        var sessions = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        var keys = new HashSet<string>();
        for (var number = 0; number < 300; number++)
        {
            var result = await PlayAsync(oracle, server, sessions[number]);
            if (result.Violation is { } seen)
            {
                keys.Add(seen.Key);
                var shrunk = await shrinker.ShrinkAsync(sessions[number], seen, result.FailedAt, TestContext.Current.CancellationToken);
                Assert.Equal(seen.Key, shrunk?.Violation.Key);
            }
        }

        // longer sessions have others besides
        Assert.Superset(
            new SortedSet<string>
            {
                $"Reply|Ready|RCPT|{profile.Table.OutOfOrder(Rfc821.Ready, Rfc821.RCPT)!.Rule.Id}",
                "Reply|RecipientsGiven|RCPT|O5",
            },
            new SortedSet<string>(keys)
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_a_server_did_once_and_not_again_is_said_and_is_not_a_finding(string name)
    {
        var profile = EveryProfile.Named(name);
        var hasMisbehaved = false;
        var target = new FaultyTarget(InMemoryTarget.Of(profile), () => said =>
        {
            if (said.Keyword != "NOOP" || said.Came.Kind is not ObservationKind.Reply || hasMisbehaved)
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

    // worked out from the palette, not from what the shrinker tries
    private static IEnumerable<TestSession> Plainer(Palette palette, TestSession session)
    {
        if (session.Greeting != 0)
        {
            yield return session with { Greeting = 0 };
        }

        for (var index = 0; index < session.Steps.Count; index++)
        {
            var step = session.Steps[index];
            var moves = step.Move.Kind switch
            {
                MoveKind.Valid => palette.Valid(step.Move.Command),
                MoveKind.Malformed => palette.Malformed(step.Move.Command),
                MoveKind.Unknown => palette.Unknown,
                _ => palette.Data,
            };
            var plainer =
                step.Move.Text == moves[0].Text
                    ? []
                    : moves
                        .Where(move => move == moves[0] || move.Text.Length < step.Move.Text.Length)
                        .Select(move => step with { Move = move });
            foreach (var other in step.Script == 0 ? plainer : plainer.Append(step with { Script = 0 }))
            {
                yield return session with { Steps = [.. session.Steps.Select((each, at) => at == index ? other : each)] };
            }
        }
    }

    // a session in which the violation is not the last thing
    private static async Task<(TestSession Session, RunResult Result)?> SeenAsync(Profile profile, Oracle oracle, ITarget server)
    {
        var sessions = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        for (var number = 0; number < Sessions; number++)
        {
            var result = await PlayAsync(oracle, server, sessions[number]);
            if (result.Violation is not null && result.FailedAt < sessions[number].Steps.Count - 1)
            {
                return (sessions[number], result);
            }
        }

        return null;
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
