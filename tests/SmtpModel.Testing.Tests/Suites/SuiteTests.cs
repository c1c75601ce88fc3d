using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Suites;

/// <summary>
/// The complete suites, checked by what they promise: every machine that differs in one place is told from the
/// specification, the certificate agrees, and it notices a test that is missing.
/// </summary>
public class SuiteTests
{
    public static TheoryData<string, SuiteMethod> CompleteMethods()
    {
        var data = new TheoryData<string, SuiteMethod>();
        foreach (var profile in Profiles.All)
        {
            foreach (var method in new[] { SuiteMethod.Wp, SuiteMethod.Hsi, SuiteMethod.H })
            {
                data.Add(profile.Name, method);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CompleteMethods))]
    public void A_suite_tells_every_machine_that_differs_in_one_place_from_the_specification(string name, SuiteMethod method)
    {
        var machine = Machine(name);
        var sessions = SuiteMaker.Make(machine, method).Sessions.ToList();
        var survivors = Mutants(machine)
            .Where(mutant => !sessions.Exists(session => Differs(machine, mutant.Machine, session)))
            .Select(mutant => mutant.What)
            .ToList();
        Assert.Empty(survivors);
        Assert.True(Mutants(machine).Count() > 250);
    }

    [Theory]
    [MemberData(nameof(CompleteMethods))]
    public void A_suite_has_the_certificate_and_at_most_two_refusals_in_a_session(string name, SuiteMethod method)
    {
        var machine = Machine(name);
        var suite = SuiteMaker.Make(machine, method);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name} {method}: {machine.States.Count} states, {machine.Inputs.Count} inputs, {suite.SessionCount} sessions, "
                + $"{suite.InputCount} commands"
        );
        Assert.Empty(SuiteCertificate.Check(machine, suite.Sessions));
        Assert.All(suite.Sessions, session => Assert.InRange(Refusals(machine, session), 0, 2));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void The_certificate_notices_each_test_that_is_taken_out_of_the_Wp_suite(string name)
    {
        var machine = Machine(name);
        var sessions = SuiteMaker.Make(machine).Sessions.ToList();
        Assert.All(Enumerable.Range(0, sessions.Count), left =>
            Assert.NotEmpty(SuiteCertificate.Check(machine, sessions.Where((_, index) => index != left)))
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void With_one_extra_state_a_suite_finds_a_hidden_state_that_the_plain_one_may_miss(string name)
    {
        var machine = Machine(name);
        var plain = SuiteMaker.Make(machine).Sessions.ToList();
        var larger = SuiteMaker.Make(machine, extraStates: 1);
        Assert.Empty(SuiteCertificate.Check(machine, larger.Sessions, 1));
        var hidden = HiddenStates(machine).ToList();
        Assert.All(hidden, mutant => Assert.Contains(larger.Sessions, session => Differs(machine, mutant, session)));
        Assert.Contains(hidden, mutant => !plain.Exists(session => Differs(machine, mutant, session)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void A_transition_tour_takes_every_transition_and_has_no_certificate(string name)
    {
        var machine = Machine(name);
        var tour = SuiteMaker.Make(machine, SuiteMethod.Tour);
        var taken = new HashSet<(int, int)>();
        foreach (var session in tour.Sessions)
        {
            for (var (state, at) = (0, 0); at < session.Count; state = machine.Next(state, session[at++]))
            {
                taken.Add((state, session[at]));
            }
        }

        var all =
            from state in Enumerable.Range(0, machine.States.Count)
            from input in Enumerable.Range(0, machine.Inputs.Count)
            where machine.IsDefined(state, input)
            select (state, input);
        Assert.Equal(all.Order(), taken.Order());
        Assert.NotEmpty(SuiteCertificate.Check(machine, tour.Sessions));
    }

    [Fact]
    public void States_that_nothing_tells_apart_are_refused_by_name()
    {
        var alike = new Mealy(["one", "other"], ["go"], new[,] { { 1 }, { 0 } }, new[,] { { 250 }, { 250 } });
        var fault = Assert.Throws<ArgumentException>(() => SuiteMaker.Make(alike));
        Assert.Contains("one and other", fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(SuiteCertificate.Check(alike, [[0, 0, 0]]));
    }

    private static Mealy Machine(string name)
    {
        var table = EveryProfile.Named(name).Table;
        return ResolvedMachine.Of(table, new Palette(table, new PaletteOptions())).Mealy;
    }

    // each input of each state leading to each other state, and drawing a reply of another class
    private static IEnumerable<(Mealy Machine, string What)> Mutants(Mealy machine)
    {
        for (var state = 0; state < machine.States.Count; state++)
        {
            for (var input = 0; input < machine.Inputs.Count; input++)
            {
                if (!machine.IsDefined(state, input))
                {
                    continue;
                }

                var output = machine.Output(state, input);
                yield return (
                    machine.With(state, input, machine.Next(state, input), output < 400 ? 550 : 250),
                    $"{machine.States[state]}, {machine.Inputs[input]}: other reply"
                );
                for (var to = 0; to < machine.States.Count && machine.Next(state, input) >= 0; to++)
                {
                    if (to != machine.Next(state, input))
                    {
                        yield return (
                            machine.With(state, input, to, output),
                            $"{machine.States[state]}, {machine.Inputs[input]}: to {machine.States[to]}"
                        );
                    }
                }
            }
        }
    }

    // behind one transition a copy of the state it leads to, in which one input leads elsewhere
    private static IEnumerable<Mealy> HiddenStates(Mealy machine)
    {
        var count = machine.States.Count;
        for (
            var (state, input) = (0, 0);
            state < count;
            (state, input) = input + 1 < machine.Inputs.Count ? (state, input + 1) : (state + 1, 0)
        )
        {
            if (!machine.IsDefined(state, input) || machine.Next(state, input) < 0)
            {
                continue;
            }

            var to = machine.Next(state, input);
            var (next, output) = (new int[count + 1, machine.Inputs.Count], new int[count + 1, machine.Inputs.Count]);
            for (var each = 0; each <= count; each++)
            {
                for (var any = 0; any < machine.Inputs.Count; any++)
                {
                    var like = each == count ? to : each;
                    (next[each, any], output[each, any]) = (machine.Next(like, any), machine.Output(like, any));
                }
            }

            next[state, input] = count;
            var wrong = Enumerable.Range(0, machine.Inputs.Count).First(any => machine.IsDefined(to, any) && machine.Next(to, any) >= 0);
            next[count, wrong] = (machine.Next(to, wrong) + 1) % count;
            yield return new Mealy([.. machine.States, "hidden"], machine.Inputs, next, output);
        }
    }

    private static int Refusals(Mealy machine, IReadOnlyList<int> session)
    {
        var refusals = 0;
        for (var (state, at) = (0, 0); at < session.Count; state = machine.Next(state, session[at++]))
        {
            refusals += machine.Output(state, session[at]) % ResolvedMachine.Closes >= 400 ? 1 : 0;
        }

        return refusals;
    }

    private static bool Differs(Mealy machine, Mealy mutant, IReadOnlyList<int> session)
    {
        var (right, wrong) = (0, 0);
        foreach (var input in session)
        {
            if (right < 0 || wrong < 0)
            {
                return right >= 0 != wrong >= 0;
            }

            if (machine.Output(right, input) != mutant.Output(wrong, input))
            {
                return true;
            }

            (right, wrong) = (machine.Next(right, input), mutant.Next(wrong, input));
        }

        return false;
    }
}
