using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Oracles;

// A channel that is secured may not be secured enough for a site.
public class SecurityRoomTests
{
    private static readonly TransitionTable Table = Profiles.Composed("STARTTLS").Table;

    [Fact]
    public void Inside_TLS_every_command_but_QUIT_may_draw_554_and_in_clear_none_has_that_room_RFC_3207_4_1()
    {
        var oracle = new Oracle(Table);
        var judged = (
            from state in Table.States
            where Table.Reads(state) is Reading.Commands
            from use in Table.Commands
            where use.Command.Kind is InputKind.Line
            select (IsSecured: state.Name.EndsWith("Secured", StringComparison.Ordinal), use.Command,
                oracle.In(state, use.Command, 554).Verdict)
        ).ToList();

        Assert.DoesNotContain(judged, one => one.IsSecured && one.Command != Table.Ending && one.Verdict is Verdict.Fail);
        Assert.Contains(judged, one => one.IsSecured && one.Command == Table.Ending && one.Verdict is Verdict.Fail);
        Assert.Contains(judged, one => !one.IsSecured && one.Verdict is Verdict.Fail);
    }
}
