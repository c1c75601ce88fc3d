using static SmtpModel.Machines.Tests.Lamp;
using static SmtpModel.Machines.When;

namespace SmtpModel.Machines.Tests.Verification;

/// <summary>Commands in groups, and parameters, on a machine that is no SMTP: what a part says of them is proved of every machine it
/// belongs to.</summary>
public class GroupTests
{
    private static readonly Rule Together = new("G1", Manual("9"), Level.Must, "ON, OFF and LOOK may stand anywhere in a group.");

    private static readonly Property Answered = Property.Never(
        "answered",
        Manual("9"),
        "Each is answered.",
        In(Gone) & Accepted() & Waiting
    );

    private static readonly Property AsAlone = Property.Never("as-alone", Manual("9"), "Each does what it does alone.", !InLockstep);

    [Fact]
    public void What_may_stand_anywhere_is_answered_and_does_what_it_does_alone()
    {
        var report = Verifier.Verify(Grouped(ON, OFF, LOOK), []);

        Assert.Equal(
            [("answered", PropertyVerdict.Holds), ("as-alone", PropertyVerdict.Holds)],
            report.Properties.Select(result => (result.Property.Name, result.Verdict))
        );
        Assert.Equal(Verifier.LongestGroup, report.Groups!.Moments.Max(moment => moment.Waiting.Count));
    }

    [Fact]
    public void Behind_what_ends_a_session_nothing_is_answered_and_the_shortest_group_shows_it()
    {
        var report = Verifier.Verify(Grouped(ON, DROP), []);

        var broken = Assert.Single(report.Properties, result => result.Verdict is PropertyVerdict.Violated);
        Assert.Equal(
            ["Dark C: DROP", "Dark C: ON", "Gone S: 200"],
            broken.Counterexample!.Lines.Select(line => $"{line.State} {line.Side} {line.Text}"));
    }

    [Fact]
    public void Where_each_waits_for_the_reply_before_it_there_is_never_more_than_one_and_nothing_else_than_alone()
    {
        var table = Grouped(ON, OFF, LOOK).Table;
        var (groups, lockstep) = (StateSpace.ExploreGroups(table, 1), StateSpace.Explore(table));

        Assert.Equal(1, groups.Moments.Max(moment => moment.Waiting.Count));
        Assert.Equal(
            lockstep.Moments.Select(moment => (moment.Command, moment.Code, moment.From, moment.To)).ToHashSet(),
            groups.Moments.Select(moment => (moment.Command, moment.Code, moment.From, moment.To)).ToHashSet());
    }

    [Fact]
    public void A_property_of_groups_says_nothing_of_a_machine_without_them() =>
        Assert.Equal(PropertyVerdict.DoesNotApply, Verifier.Verify(Sound, [AsAlone]).Properties[0].Verdict);

    private static Profile Grouped(params Command[] anywhere) => Sound.With("grouped", "a lamp that takes groups", new ProfilePart(
        v =>
        {
            v.State(Together);
            v.Groups(Together, Together, anywhere);
        },
        static _ => { })
    {
        Properties = [Answered, AsAlone],
    });
}
