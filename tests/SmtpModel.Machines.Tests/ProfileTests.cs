using static SmtpModel.Machines.Tests.Lamp;

namespace SmtpModel.Machines.Tests;

public class ProfileTests
{
    [Fact]
    public void All_parts_are_described_before_any_is_put_in_order_so_that_a_later_row_makes_the_earlier_part_s_edges()
    {
        var profile = With(static _ => { }, v => v.Command(OFF, Manual("9"), success: [200, 299]));

        Assert.Equal(Dark, profile.Table.Find(Lit, OFF / 299)?.To);
        Assert.Equal(Manual("9"), profile.Table[OFF].Clause);
        Assert.Null(Sound.Table.Find(Lit, OFF / 299));
    }

    [Fact]
    public void A_rule_that_is_stated_again_is_the_one_that_edges_carry()
    {
        var profile = With(static _ => { }, v => v.State(L2 with { Clause = Manual("7"), Level = Level.May }));

        Assert.All(profile.Table.From(Dark, LOOK), edge => Assert.Equal("L2 (Lamp manual 7)", edge.Rule?.ToString()));
        Assert.Equal(["L1", "L2", "L3", "L4"], profile.Table.Rules.Select(rule => rule.Id));
        Assert.All(Sound.Table.From(Dark, LOOK), edge => Assert.Equal("L2 (Lamp manual 2)", edge.Rule?.ToString()));
    }

    [Fact]
    public void A_reply_that_any_command_may_draw_is_in_each_row_and_refuses()
    {
        var profile = With(static _ => { }, v => v.AnyCommandMayDraw(500));

        Assert.Equal(Lit, profile.Table.Find(Lit, OFF / 500)?.To);
        Assert.Equal(L4, profile.Table.Find(Lit, OFF / 500)?.Rule);
        Assert.Equal([200, 500], profile.Table[OFF].Replies.All);
    }

    [Fact]
    public void A_reply_whose_place_the_order_says_is_in_the_row_and_no_edge()
    {
        var profile = With(static _ => { }, v =>
        {
            v.PlacedByTheOrder(503);
            v.Command(OFF, Manual("1"), success: [200], error: [503]);
        });

        Assert.Null(profile.Table.Find(Lit, OFF / 503));
        Assert.Contains(503, profile.Table[OFF].Replies.All);
        Assert.Empty(SoundnessCheck.Run(profile));
    }

    [Fact]
    public void Rules_are_noted_on_a_ProtocolMachine_and_on_no_other()
    {
        var bare = new Stateless.StateMachine<State, Exchange>(Dark);

        var fault = Assert.Throws<SpecificationException>(() => bare.Configure(Dark).Permit([ON / 200], Lit, L1));
        Assert.Contains("ProtocolMachine", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ <string>]", "LOOK[ <string>]")]
    [InlineData("<string>", "LOOK <string>")]
    [InlineData("", "LOOK")]
    public void A_command_line_is_written_with_its_argument(string argument, string line)
    {
        var use = new CommandUse(LOOK, new Argument("string", argument, false), new ReplyRow([], [], [], []), false, Manual("2"));

        Assert.Equal(line, use.Syntax);
    }
}
