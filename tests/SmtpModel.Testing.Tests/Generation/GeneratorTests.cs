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
        Assert.True(Enumerable.Range(0, 300).Count(number => otherSeed[number].ToString() == sessions[number]) < 60, "another seed draws much the same");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Enough_of_all_sessions_get_as_far_as_mail_data(string name)
    {
        const int Sessions = 4000;
        var profile = EveryProfile.Named(name);
        var oracle = new Oracle(profile.Table);
        foreach (var isScripted in new[] { false, true })
        {
            var source = new SessionSource(new SessionGenerator(profile.Table, ScriptedSessions.PaletteOf(profile), isScripted: isScripted), TestRun.Seed);
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

            TestRun.Print($"{name}{(isScripted ? ", scripted" : "")}: {string.Join(", ", reached.Select(state => $"{state.Key} {state.Value * 100 / Sessions} %"))}");

            // a script refuses one command in four, so that fewer get there
            Assert.InRange(reached[Rfc821.ReceivingData.Name] * 100 / Sessions, isScripted ? 25 : 45, 100);
        }
    }

    // HELO, MAIL, RCPT, DATA, the mail data, MAIL
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_fault_that_takes_six_commands_is_found_within_100_sessions_by_98_of_100_seeds(string name)
    {
        var profile = EveryProfile.Named(name);
        var mutant = RuleMutants.Of(profile).First(mutant => mutant.Rule == Rfc821.O7.Id);
        var needed = new ConcurrentBag<long>();
        foreach (var seed in Enumerable.Range(0, 100).Select(offset => TestRun.Seed + (ulong)offset))
        {
            var options = new FuzzOptions { Seed = seed, Sessions = 100, MaxViolations = 1 };
            var report = await new Fuzzer(profile, options).RunAsync(mutant.Server(), cancellation: TestContext.Current.CancellationToken);
            report.Findings.ToList().ForEach(finding => needed.Add(finding.Number + 1));
        }

        TestRun.Print($"{name}: {needed.Count} of 100 seeds; sessions needed: median {needed.Order().ElementAtOrDefault(needed.Count / 2)}, most {needed.Max()}");
        Assert.InRange(needed.Count, 98, 100);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_session_is_never_longer_than_what_was_asked_for_but_for_its_ending(string name)
    {
        var profile = EveryProfile.Named(name);
        var source = new SessionSource(new SessionGenerator(profile.Table, ScriptedSessions.PaletteOf(profile), maxLength: 6, isScripted: true), TestRun.Seed);
        // a refused ending, the ending, and one more after it
        Assert.InRange(Enumerable.Range(0, 2000).Max(number => source[number].Steps.Count), 7, 6 + 3);
    }
}
