namespace SmtpModel.Testing.Tests.Mutants;

// A check counts only when it has been seen to fail: each rule has a server that breaks it, and the fuzzer finds that out.
public class MutantTests
{
    private const int Bound = 2000;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Every_rule_has_a_mutant_and_the_fuzzer_finds_each(string name)
    {
        var profile = EveryProfile.Named(name);
        List<HandMutant> mutants = [.. RuleMutants.Of(profile), .. RuleMutants.Missing(profile)];
        await FindAsync(name, mutants);
        string[] rules = ["O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8", "O9", "O10", "B1", "B2", "S1", "S2", "C"];
        TestRun.None("rules without a mutant", rules.Except(mutants.Select(mutant => mutant.Rule)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public Task The_fuzzer_finds_the_classic_bugs(string name) => FindAsync(name, ClassicBugs.Of(EveryProfile.Named(name)));

    // the model predicts every reply and sees inside, so it needs fewer sessions than the oracle, and finds what the oracle has to allow
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_exact_comparison_finds_every_mutant_of_the_table(string name)
    {
        var profile = EveryProfile.Named(name);
        var sessions = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        var missed = new List<string>();
        foreach (var mutant in RuleMutants.Of(profile).Append(RuleMutants.CaseSensitive(profile)))
        {
            var conversation = InMemory.Memory.Of(profile, (InMemoryTarget)mutant.Server());
            string? difference = null;
            for (var number = 0; number < Bound && difference is null; number++)
            {
                difference = await conversation.PlayAsync(sessions[number], TestContext.Current.CancellationToken);
            }

            if (difference is null)
            {
                missed.Add(mutant.ToString());
            }
        }

        TestRun.None($"not found within {Bound} sessions", missed);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_plain_server_is_not_accused_and_nothing_about_it_is_called_untidy(string name)
    {
        var profile = EveryProfile.Named(name);
        foreach (var isScripted in new[] { true, false })
        {
            var options = new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = TestRun.Cases(50_000),
                IsScripted = isScripted,
            };
            var report = await new Fuzzer(profile, options).RunAsync(
                InMemoryTarget.Of(profile),
                cancellation: TestContext.Current.CancellationToken
            );
            TestRun.Print(
                $"{name}{(isScripted ? ", scripted" : "")}: {report.Sessions} sessions, {report.Exchanges} commands in "
                    + $"{report.Elapsed.TotalSeconds:0.0} s"
            );
            TestRun.NoFindings(report);
            TestRun.None("not strict", report.NonStrict.Keys);
            TestRun.None("inconclusive", report.Inconclusive.Keys);
            Assert.Equal(options.Sessions, report.Sessions);
        }
    }

    // S2: what a mailbox looks like is for the site to say
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_that_accepts_any_argument_is_not_accused(string name)
    {
        var profile = EveryProfile.Named(name);
        // it does not look for the path in its argument, so there is none in what it hands over
        var order = new MutantOrder(SpecifiedOrder.Of(profile.Table), new LenientQuirk());
        var server = new FaultyTarget(InMemoryTarget.Of(order, "a lenient server"), () => said => said.Came, showsDeliveries: false);
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = TestRun.Cases(5000), IsScripted = true };
        var report = await new Fuzzer(profile, options).RunAsync(server, cancellation: TestContext.Current.CancellationToken);
        TestRun.NoFindings(report);
        Assert.Contains(report.NonStrict.Keys, seen => seen.What.Contains("malformed", StringComparison.Ordinal));
    }

    // C: a command that is optional may be missing
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_server_without_the_optional_commands_is_not_accused(string name)
    {
        var profile = EveryProfile.Named(name);
        foreach (var code in new[] { profile.Table.Faults.Unrecognized, profile.Table.Faults.NotImplemented })
        {
            var order = RuleMutants.Without(SpecifiedOrder.Of(profile.Table), profile.Table, use => !use.Required, code);
            var options = new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = TestRun.Cases(5000),
                IsScripted = true,
            };
            var report = await new Fuzzer(profile, options).RunAsync(
                InMemoryTarget.Of(order, "a small server"),
                cancellation: TestContext.Current.CancellationToken
            );
            TestRun.NoFindings(report);
        }
    }

    private static async Task FindAsync(string name, IReadOnlyList<HandMutant> mutants)
    {
        var missed = new List<string>();
        TestRun.Print($"{name,-5}  {"mutant",-75} {"sessions",8} {"commands",8} {"shrunk",6}  noticed");
        foreach (var mutant in mutants)
        {
            var options = new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = Bound,
                IsScripted = true,
                MaxViolations = 1,
            };
            var report = await new Fuzzer(EveryProfile.Named(name), options).RunAsync(
                mutant.Server(),
                cancellation: TestContext.Current.CancellationToken
            );
            if (report.Findings.Count == 0)
            {
                missed.Add(mutant.ToString());
                TestRun.Print($"{mutant.Rule,-5}  {mutant.Does,-75} not found in {report.Sessions} sessions");
                continue;
            }

            var found = report.Findings[0];
            TestRun.Print(
                $"{mutant.Rule,-5}  {mutant.Does,-75} {found.Number + 1,8} {report.Exchanges,8} {found.Session.Steps.Count,6}  "
                    + $"{found.Violation.Key}"
            );
        }

        TestRun.None($"not found within {Bound} sessions", missed);
    }
}
