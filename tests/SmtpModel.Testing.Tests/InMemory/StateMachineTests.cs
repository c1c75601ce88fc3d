using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.InMemory;

// The session under FsCheck's own test of state machines.
public class StateMachineTests
{
    private const int Runs = 500;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void FsChecks_state_machine_test_finds_no_difference_between_session_and_model(string name)
    {
        var profile = EveryProfile.Named(name);
        Run(new SessionMachine(profile.Table, ScriptedSessions.PaletteOf(profile), () => InMemoryTarget.Of(profile)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void FsChecks_state_machine_test_finds_a_session_that_keeps_recipients_too_long(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var order = SpecifiedOrder
            .Of(table)
            .With(table.Find(Rfc821.RecipientsGiven, Rfc821.RSET / 250)!, Rfc821.Ready, BufferEffects.ClearReversePath);
        var machine = new SessionMachine(table, ScriptedSessions.PaletteOf(EveryProfile.Named(name)), () =>
            InMemoryTarget.Of(order, "a mutant")
        );
        var failure = Assert.ThrowsAny<Exception>(() => Run(machine));
        Assert.Contains("the forward-paths should be []", failure.Message, StringComparison.Ordinal);
    }

    private static void Run(SessionMachine machine) =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(TestRun.Seed, 5321).WithMaxTest(TestRun.Cases(Runs)).WithQuietOnSuccess(true),
            machine.ToProperty()
        );
}
