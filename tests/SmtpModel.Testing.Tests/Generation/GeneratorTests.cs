using System.Collections.Concurrent;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Mutants;

namespace SmtpModel.Testing.Tests.Generation;

// Sessions are reproducible, reach deep states, and find deep faults soon.
public class GeneratorTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_session_depends_on_the_seed_and_its_number_only(string name)
    {
        var generator = ScriptedSessions.Of(EveryProfile.Named(name));
        var forwards = new SessionSource(generator, TestRun.Seed);
        var backwards = new SessionSource(generator, TestRun.Seed);
        var apart = new SessionSource(generator, TestRun.Seed);
        var sessions = Enumerable.Range(0, 300).Select(number => forwards[number].ToString()).ToList();
        Assert.Equal(sessions, Enumerable.Range(0, 300).Reverse().Select(number => backwards[number].ToString()).Reverse());
        Assert.Equal(sessions[271], apart[271].ToString());
        var otherSeed = new SessionSource(generator, TestRun.Seed + 1);
        Assert.True(
            Enumerable.Range(0, 300).Count(number => otherSeed[number].ToString() == sessions[number]) < 60,
            "another seed draws much the same"
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Enough_of_all_sessions_get_as_far_as_mail_data(string name)
    {
        const int Sessions = 4000;
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        foreach (
            var (isScripted, strategy) in new[]
            {
                (false, Strategy.Walk),
                (true, Strategy.Walk),
                (false, Strategy.Mixed),
                (true, Strategy.Mixed),
            }
        )
        {
            var source = new SessionSource(
                new SessionGenerator(profile.Table, ScriptedSessions.PaletteOf(profile), isScripted: isScripted, strategy: strategy),
                TestRun.Seed
            );
            var target = InMemoryTarget.Of(profile);
            var reached = profile.Table.States.ToDictionary(state => state.Name, _ => 0);
            for (var number = 0; number < Sessions; number++)
            {
                var transcript = new Transcript();
                await new SessionRunner(oracle).RunAsync(target, source[number], transcript, TestContext.Current.CancellationToken);
                foreach (var state in transcript.Lines.Select(line => line.State).Distinct())
                {
                    reached[state]++;
                }
            }

            TestRun.Print(
                $"{name}, {strategy}{(isScripted ? ", scripted" : "")}: "
                    + $"{string.Join(", ", reached.Select(state => $"{state.Key} {state.Value * 100 / Sessions} %"))}"
            );

            // a script refuses one command in four, so that fewer get there; plans go everywhere, mail data is one of many places
            Assert.InRange(
                reached[Rfc821.ReceivingData.Name] * 100 / Sessions,
                isScripted ? 25
                    : strategy is Strategy.Walk ? 45
                    : 35,
                100
            );
        }
    }

    // HELO, MAIL, RCPT, DATA, the mail data, MAIL
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_fault_that_takes_six_commands_is_found_within_20_sessions_by_99_of_100_seeds(string name)
    {
        var profile = EveryProfile.Named(name);
        var mutant = RuleMutants.Of(profile).First(mutant => mutant.Rule == Rfc821.O7.Id);
        var needed = new ConcurrentBag<long>();
        foreach (var seed in Enumerable.Range(0, 100).Select(offset => TestRun.Seed + (ulong)offset))
        {
            var options = new FuzzOptions { Seed = seed, Sessions = 20, MaxViolations = 1 };
            var report = await new Fuzzer(profile, options).RunAsync(mutant.Server(), cancellation: TestContext.Current.CancellationToken);
            report.Findings.ToList().ForEach(finding => needed.Add(finding.Number + 1));
        }

        TestRun.Print(
            $"{name}: {needed.Count} of 100 seeds; sessions needed: median {needed.Order().ElementAtOrDefault(needed.Count / 2)}, most "
                + $"{needed.Max()}"
        );
        Assert.InRange(needed.Count, 99, 100);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_session_is_never_longer_than_what_was_asked_for_but_for_its_ending(string name)
    {
        var profile = EveryProfile.Named(name);
        var source = new SessionSource(
            new SessionGenerator(profile.Table, ScriptedSessions.PaletteOf(profile), maxLength: 6, isScripted: true),
            TestRun.Seed
        );
        // a refused ending, the ending, and one more after it
        Assert.InRange(Enumerable.Range(0, 2000).Max(number => source[number].Steps.Count), 7, 6 + 3);
    }

    // one connection: what was covered before a session is the same each time
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_guided_run_repeats_itself_for_a_seed_and_covers_more_pairs_than_a_uniform_one(string name)
    {
        var profile = EveryProfile.Named(name);
        var runs = new List<FuzzReport>();
        foreach (var strategy in new[] { Strategy.Guided, Strategy.Guided, Strategy.Uniform })
        {
            var options = new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = 2000,
                IsScripted = true,
                Strategy = strategy,
            };
            runs.Add(
                await new Fuzzer(profile, options).RunAsync(
                    InMemoryTarget.Of(profile),
                    cancellation: TestContext.Current.CancellationToken
                )
            );
            TestRun.Print($"{name}, {strategy}: {runs[^1].Exchanges} commands, {runs[^1].Coverage}");
            TestRun.NoFindings(runs[^1]);
        }

        Assert.Equal((runs[0].Exchanges, $"{runs[0].Coverage}"), (runs[1].Exchanges, $"{runs[1].Coverage}"));
        Assert.True(runs[0].Coverage.Pairs.Covered > runs[2].Coverage.Pairs.Covered);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_swarm_leaves_out_other_commands_in_each_session(string name)
    {
        var profile = EveryProfile.Named(name);
        double Commands(Strategy strategy)
        {
            var source = new SessionSource(
                new SessionGenerator(profile.Table, ScriptedSessions.PaletteOf(profile), 24, strategy: strategy),
                TestRun.Seed
            );
            return Enumerable
                .Range(0, 1000)
                .Select(number => source[number])
                .Where(session => session.Steps.Count > 15)
                .Average(session => session.Steps.Select(step => step.Move.Command).Distinct().Count() / (double)session.Steps.Count);
        }

        Assert.True(Commands(Strategy.Swarm) < Commands(Strategy.Walk) * 0.95, $"{Commands(Strategy.Swarm)}, {Commands(Strategy.Walk)}");
    }
}
