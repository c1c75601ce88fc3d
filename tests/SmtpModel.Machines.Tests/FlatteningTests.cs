using static SmtpModel.Machines.Tests.Lamp;

namespace SmtpModel.Machines.Tests;

public class FlatteningTests
{
    [Fact]
    public void A_protocol_of_two_states_that_is_not_SMTP_is_flattened_and_sound()
    {
        var table = Match.Profile.Table;

        Assert.Equal(["Fresh: STRIKE / 200 -> Burnt", "Fresh: STRIKE / 450 -> Fresh"], table.Edges.Select(edge => edge.ToString()));
        Assert.Equal([Match.Fresh, Match.Burnt], table.States);
        Assert.Empty(SoundnessCheck.Run(Match.Profile));
    }

    [Fact]
    public void The_first_state_comes_first_the_final_one_last_and_superstates_are_no_states()
    {
        var table = Sound.Table;

        Assert.Equal(Dark, table.Start);
        Assert.Equal(Gone, table.Final);
        Assert.Equal([Dark, Lit, Gone], table.States);
        Assert.Equal([Whole], table.Around(Lit));
        Assert.Empty(table.Around(Gone));
    }

    [Fact]
    public void An_edge_of_a_superstate_is_an_edge_of_each_of_its_states_with_the_rule_and_the_line_that_say_it()
    {
        var declared = Sound.Table.DeclaredEdges.Single(edge => edge.From == Whole && edge.Exchange == DROP / 200);

        foreach (var state in new[] { Dark, Lit })
        {
            var edge = Assert.Single(Sound.Table.From(state, DROP));
            Assert.Equal((state, Gone, L3), (edge.From, edge.To, edge.Rule));
            Assert.Equal(declared.Place, edge.Place);
            Assert.EndsWith("Lamp.cs", edge.Place.File, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_internal_transition_of_a_superstate_stays_in_the_state_it_is_fired_in()
    {
        Assert.Equal([Dark, Dark], Sound.Table.From(Dark, LOOK).Select(edge => edge.To));
        Assert.Equal([Lit, Lit], Sound.Table.From(Lit, LOOK).Select(edge => edge.To));
    }

    [Fact]
    public void An_edge_of_a_state_wins_over_the_one_of_its_superstate()
    {
        var table = With(m => m.Configure(Lit).Permit([LOOK / 200], Dark, L1)).Table;

        var edge = table.Find(Lit, LOOK / 200);
        Assert.Equal((Dark, L1), (edge?.To, edge?.Rule));
        Assert.Equal(Dark, table.Find(Dark, LOOK / 200)?.To);
        Assert.Equal(Lit, table.Find(Lit, LOOK / 201)?.To);
        Assert.Equal(L2, table.Find(Lit, LOOK / 201)?.Rule);
    }

    [Fact]
    public void An_edge_that_leads_to_its_own_state_is_one()
    {
        var table = With(m => m.Configure(Lit).Permit([ON / 200], Lit, L1)).Table;

        Assert.Equal(Lit, table.Find(Lit, ON / 200)?.To);
    }

    [Fact]
    public void A_transition_written_with_Stateless_alone_is_found_too()
    {
        var table = With(m => m.Configure(Lit).Permit(ON / 200, Dark)).Table;

        var edge = table.Find(Lit, ON / 200);
        Assert.Equal(Dark, edge?.To);
        Assert.Null(edge?.Rule);
        Assert.Equal(SourcePlace.Unknown, edge?.Place);
    }

    [Fact]
    public void An_exchange_that_Stateless_is_told_to_ignore_stays_where_it_is()
    {
        // no other edge carries this one
        var table = With(m => m.Configure(Lit).Ignore(ON / 299)).Table;

        Assert.Equal(Lit, table.Find(Lit, ON / 299)?.To);
    }

    [Fact]
    public void A_state_that_is_only_led_to_is_a_state()
    {
        var pit = new State("Pit", "no way out");
        var table = With(m => m.Configure(Lit).Permit([ON / 200], pit, L1)).Table;

        Assert.Equal([Dark, Lit, pit, Gone], table.States);
        Assert.Equal(Reading.Nothing, table.Reads(pit));
    }

    [Fact]
    public void What_is_answered_out_of_order_is_said_by_the_nearest_state_and_by_none_where_the_command_is_in_order()
    {
        var table = Sound.Table;

        Assert.Equal([504, 503], table.OutOfOrder(Lit, ON)?.Codes);
        Assert.Equal([503], table.OutOfOrder(Dark, OFF)?.Codes);
        Assert.Equal(L4, table.OutOfOrder(Dark, OFF)?.Rule);
        Assert.Null(table.OutOfOrder(Dark, ON));
        Assert.Null(table.OutOfOrder(Gone, ON));
    }

    [Fact]
    public void An_edge_knows_its_place_in_the_table()
    {
        Assert.All(Sound.Table.Edges, (edge, index) => Assert.Equal(index, edge.Index));
        Assert.Equal(Sound.Table.Edges.Count, Sound.Table.States.Sum(state => Sound.Table.From(state).Count));
    }

    [Fact]
    public void An_edge_for_any_command_is_found_for_each_command_and_is_the_edge_of_none()
    {
        var any = new Command("any", InputKind.Any, [], []);
        var table = With(m => m.Configure(Whole).Permit([any / 421], Gone, L3), v => v.Command(any, Manual("5"), error: [421])).Table;

        Assert.Equal(Gone, table.Find(Dark, OFF / 421)?.To);
        Assert.Null(table.Find(Dark, OFF / 200));
        Assert.False(table.IsInOrder(Dark, OFF));
        Assert.Null(table.Find(Gone, OFF / 421));
    }
}
