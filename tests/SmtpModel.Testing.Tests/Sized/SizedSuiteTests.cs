using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Sized;

// Complete suites of machines of three sizes, against what independent implementations needed for machines of these sizes.
public class SizedSuiteTests
{
    [Theory]
    [InlineData("small", 6, 12)]
    [InlineData("medium", 11, 21)]
    [InlineData("large", 16, 25)]
    public void The_machines_are_sound_and_of_their_sizes(string name, int states, int inputs)
    {
        var profile = SizedMachines.Named(name);
        TestRun.None("not sound", SoundnessCheck.Run(profile).Select(diagnostic => diagnostic.ToString()));
        var machine = SizedMachines.Resolve(profile).Mealy;
        Assert.Equal((states, inputs), (machine.States.Count, machine.Inputs.Count));
        Assert.Empty(new Separation(machine).Alike);
    }

    [Theory]
    [InlineData("small", SuiteMethod.Wp, 85, 312)]
    [InlineData("small", SuiteMethod.H, 108, 411)]
    [InlineData("medium", SuiteMethod.Wp, 343, 1470)]
    [InlineData("medium", SuiteMethod.H, 378, 1748)]
    [InlineData("large", SuiteMethod.Wp, 758, 4427)]
    [InlineData("large", SuiteMethod.H, 725, 4542)]
    public void A_suite_is_no_larger_than_those_of_others_and_still_complete(string name, SuiteMethod method, int sessions, int commands)
    {
        var machine = SizedMachines.Resolve(SizedMachines.Named(name)).Mealy;
        var suite = Checked(name, machine, method);
        Assert.InRange(suite.SessionCount, 1, sessions);
        Assert.InRange(suite.InputCount, 1, commands);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("medium")]
    [InlineData("large")]
    public void The_HSI_suite_is_complete_too(string name) =>
        Checked(name, SizedMachines.Resolve(SizedMachines.Named(name)).Mealy, SuiteMethod.Hsi);

    // in mail data a line is no command and nothing is tried: here every input is one everywhere, as in machines that know no mail data
    [Theory]
    [InlineData("small", SuiteMethod.Wp, 85)]
    [InlineData("small", SuiteMethod.H, 108)]
    [InlineData("medium", SuiteMethod.Wp, 343)]
    [InlineData("medium", SuiteMethod.H, 378)]
    [InlineData("large", SuiteMethod.Wp, 758)]
    [InlineData("large", SuiteMethod.H, 725)]
    public void With_every_input_defined_in_every_state_it_has_no_more_sessions_either(string name, SuiteMethod method, int sessions) =>
        Assert.InRange(
            Checked($"{name}, all defined", Completed(SizedMachines.Resolve(SizedMachines.Named(name)).Mealy), method).SessionCount,
            1,
            sessions
        );

    [Theory]
    [InlineData("small")]
    [InlineData("medium")]
    public void The_certificate_notices_each_session_that_is_taken_out_of_the_Wp_suite(string name)
    {
        var machine = SizedMachines.Resolve(SizedMachines.Named(name)).Mealy;
        var sessions = SuiteMaker.Make(machine).Sessions.ToList();
        TestRun.None(
            "not needed",
            Enumerable
                .Range(0, sessions.Count)
                .Where(left => SuiteCertificate.Check(machine, sessions.Where((_, index) => index != left)).Count == 0)
        );
    }

    private static SuiteTree Checked(string name, Mealy machine, SuiteMethod method)
    {
        var suite = SuiteMaker.Make(machine, method);
        var transitions = Enumerable
            .Range(0, machine.States.Count)
            .Sum(state => Enumerable.Range(0, machine.Inputs.Count).Count(input => machine.IsDefined(state, input)));
        TestRun.Print(
            $"{name} {method}: {machine.States.Count} states, {machine.Inputs.Count} inputs, {transitions} transitions: "
                + $"{suite.SessionCount} sessions, {suite.InputCount} commands"
        );
        Assert.Empty(SuiteCertificate.Check(machine, suite.Sessions));
        Assert.All(suite.Sessions, session => Assert.InRange(Refusals(machine, session), 0, 2));
        var sessions = suite.Sessions.ToList();
        TestRun.None(
            "not found",
            FirstOrder
                .Of(machine)
                .Where(change => !sessions.Exists(session => FirstOrder.Shows(machine, change, session)))
                .Select(change => change.Says(machine))
        );
        return suite;
    }

    private static Mealy Completed(Mealy machine)
    {
        var (states, inputs) = (machine.States.Count, machine.Inputs.Count);
        var (next, output) = (new int[states, inputs], new int[states, inputs]);
        for (var state = 0; state < states; state++)
        {
            for (var input = 0; input < inputs; input++)
            {
                (next[state, input], output[state, input]) = machine.IsDefined(state, input)
                    ? (machine.Next(state, input), machine.Output(state, input))
                    : (state, 500);
            }
        }

        return new Mealy(machine.States, machine.Inputs, next, output);
    }

    private static int Refusals(Mealy machine, IReadOnlyList<int> session)
    {
        var refusals = 0;
        for (var (state, at) = (0, 0); at < session.Count; state = machine.Next(state, session[at++]))
        {
            refusals += ResolvedMachine.IsRefusal(machine.Output(state, session[at])) ? 1 : 0;
        }

        return refusals;
    }
}
