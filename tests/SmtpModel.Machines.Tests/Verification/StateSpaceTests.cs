using SmtpModel.Spec;
using static SmtpModel.Machines.Tests.Lamp;

namespace SmtpModel.Machines.Tests.Verification;

public class StateSpaceTests
{
    [Fact]
    public void The_moments_of_the_match_are_these()
    {
        var space = StateSpace.Explore(Match.Profile.Table);

        // the start; STRIKE sent; refused; accepted; sent again is no new moment, as nothing else differs; over
        Assert.Equal(["Fresh> Fresh", "Fresh>STRIKE Fresh", "Fresh>STRIKE200 Burnt", "Fresh>STRIKE450 Fresh", "Burnt> Burnt"],
            space.Moments.Select(moment => $"{moment.From}>{moment.Command}{(moment.Code > 0 ? moment.Code : "")} {moment.To}"));
        Assert.Equal(6, space.Transitions);
        Assert.Equal((2, 2), (space.States, space.Configurations));
    }

    [Fact]
    public void A_command_out_of_order_draws_each_reply_the_standard_names_and_changes_nothing()
    {
        var answers = new Turns(Sound.Table).Answers(Lit, ON);

        Assert.Equal([504, 503], answers.Select(answer => answer.Exchange.Code));
        Assert.All(answers, answer => Assert.True(answer is { IsOutOfOrder: true, Effects.Count: 0, Puts: false } && answer.To == Lit));
    }

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public void The_configurations_are_those_of_the_soundness_checks(string name)
    {
        var table = Profiles.Find(name)!.Table;
        var space = StateSpace.Explore(table);

        Assert.Equal(
            Machines
                .Configurations.Explore(table)
                .Select(step => (step.To, Held(step.Held.Select(buffer => buffer.Name))))
                .Append((table.Start, ""))
                .ToHashSet(),
            space
                .Moments.Select(moment =>
                    (moment.To, Held(space.Buffers.Where((_, index) => moment.After.Of(index) != 0).Select(buffer => buffer.Name)))
                )
                .ToHashSet()
        );
    }

    [Fact]
    public void What_is_tolerated_is_followed_only_when_that_is_wanted()
    {
        var table = Profiles.Rfc5321.Table;

        Assert.DoesNotContain(StateSpace.Explore(table).Moments, moment => moment.To == Rfc5321.DataInVain);
        Assert.Contains(StateSpace.Explore(table, tolerated: true).Moments, moment => moment.To == Rfc5321.DataInVain);
    }

    [Fact]
    public void The_way_to_each_moment_is_a_way_and_no_longer_than_it_has_to_be()
    {
        var space = StateSpace.Explore(Sound.Table);

        for (var at = 0; at < space.Moments.Count; at++)
        {
            var way = space.WayTo(at);
            Assert.Equal((0, at), (way[0], way[^1]));
            Assert.All(way.Zip(way.Skip(1)), step => Assert.Contains(step.Second, space.Next(step.First)));
            Assert.All(Enumerable.Range(0, at).Where(other => space.Next(other).Contains(at)), other =>
                Assert.True(space.WayTo(other).Count + 1 >= way.Count)
            );
        }
    }

    private static string Held(IEnumerable<string> names) => string.Join('+', names.Order(StringComparer.Ordinal));
}
