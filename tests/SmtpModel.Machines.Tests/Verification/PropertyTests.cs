using static SmtpModel.Machines.Tests.Lamp;
using static SmtpModel.Machines.When;

namespace SmtpModel.Machines.Tests.Verification;

/// <summary>Each kind of property over the lamp, which is no SMTP: where it holds, and where it does not with the shortest
/// session.</summary>
public class PropertyTests
{
    [Fact]
    public void What_never_happens_holds()
    {
        var result = Check(Property.Never("no-light-in-pieces", Manual("1"), "It.", In(Gone) & Holds(Heat)));

        Assert.Equal(PropertyVerdict.Holds, result.Verdict);
        Assert.Null(result.Counterexample);
    }

    [Fact]
    public void What_happens_all_the_same_is_shown_by_the_shortest_session()
    {
        var result = Check(Property.Never("never-lit", Manual("1"), "It.", In(Lit)));

        Assert.Equal(PropertyVerdict.Violated, result.Verdict);
        Assert.Equal(["Dark C: ON", "Lit S: 200"], Lines(result));
    }

    [Fact]
    public void Only_after_holds_where_it_is_so_and_is_broken_by_what_makes_it_wait_again()
    {
        var sound = Property.Only("off-after-on", Manual("1"), "It.", what: Accepted(OFF), after: Accepted(ON), anewBehind: Accepted(OFF));
        var broken = sound is AbsenceProperty absence ? absence with { After = Accepted(LOOK) } : null;

        Assert.Equal(PropertyVerdict.Holds, Check(sound).Verdict);
        Assert.Equal(["Dark C: ON", "Lit S: 200", "Lit C: LOOK", "Lit S: 200", "Lit C: OFF", "Dark S: 200"], Lines(Check(broken!)));
    }

    [Fact]
    public void Not_behind_begins_at_the_next_moment_only()
    {
        Assert.Equal(
            PropertyVerdict.Holds,
            Check(Property.Not("one-drop", Manual("3"), "It.", Accepted(DROP), behind: Accepted(DROP))).Verdict
        );
        Assert.Equal(
            ["Dark C: LOOK", "Dark S: 200", "Dark C: LOOK", "Dark S: 200"],
            Lines(Check(Property.Not("one-look", Manual("2"), "It.", Accepted(LOOK), behind: Accepted(LOOK))))
        );
        Assert.Equal(
            PropertyVerdict.Holds,
            Check(Property.Not("no-off-until-on", Manual("1"), "It.", Accepted(OFF), Accepted(OFF), until: Accepted(ON))).Verdict
        );
    }

    [Fact]
    public void Every_command_is_answered_but_nothing_makes_the_client_drop_the_lamp()
    {
        Assert.Equal(PropertyVerdict.Holds, Check(Property.LeadsTo("answered", Manual("1"), "It.", Sent(), Answered())).Verdict);

        var result = Check(Property.LeadsTo("dropped", Manual("3"), "It.", Accepted(ON), Accepted(DROP)));

        Assert.Equal(PropertyVerdict.Violated, result.Verdict);
        Assert.Equal(["Dark C: ON", "Lit S: 200"], Lines(result)[..2]);
        Assert.NotNull(result.Counterexample!.LoopsTo);
        Assert.DoesNotContain(result.Counterexample.Moments, moment => moment.Command == DROP && moment.Code == 200);
    }

    [Fact]
    public void A_command_that_is_never_answered_ends_the_session_in_waiting()
    {
        var mute = Sound.With(
            "mute",
            "a lamp that does not answer",
            new ProfilePart(v => v.Command(new Command("SING", InputKind.Line, [], []), Manual("5"), success: [200]), static _ => { })
        );

        var result = Check(Property.LeadsTo("answered", Manual("1"), "It.", Sent(), Answered()), mute);

        Assert.Equal(["Dark C: SING"], Lines(result));
        Assert.Equal(1, result.Counterexample!.LoopsTo);
    }

    [Fact]
    public void What_can_always_be_brought_about_is_broken_by_a_state_without_a_way_out()
    {
        var end = Property.CanAlways("can-be-dropped", Manual("3"), "It.", Accepted(DROP) & In(Gone), except: In(Gone));
        var trap = new State("Trap", "no way out");

        Assert.Equal(PropertyVerdict.Holds, Check(end).Verdict);
        Assert.Equal(["Dark C: ON", "Lit S: 200", "Lit C: LOOK", "Trap S: 201"], Lines(Check(end, Trapped(trap))));
    }

    [Fact]
    public void A_property_about_what_never_comes_up_holds_vacuously_and_says_so()
    {
        var result = Check(Property.Only("no-299", Manual("1"), "It.", Drew(299), after: Accepted(ON)));

        Assert.Equal(PropertyVerdict.HoldsVacuously, result.Verdict);
        Assert.Contains("never comes up", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_names_what_the_machine_does_not_have_does_not_apply_and_says_what()
    {
        var result = Check(
            Property.Never(
                "x",
                Manual("1"),
                "It.",
                Accepted(new Command("SING", InputKind.Line, [], [])) | In(new State("Blue", "")) | Holds(new DataBuffer("ink"))
            )
        );

        Assert.Equal(PropertyVerdict.DoesNotApply, result.Verdict);
        Assert.Equal("there is no command SING, no state Blue, no buffer ink", result.Reason);
    }

    [Fact]
    public void Commands_that_the_machine_does_not_have_do_not_count_beside_one_that_it_has() =>
        Assert.Equal(
            PropertyVerdict.Violated,
            Check(Property.Never("x", Manual("1"), "It.", Accepted(new Command("SING", InputKind.Line, [], []), ON))).Verdict
        );

    [Fact]
    public void The_marked_argument_is_followed_through_the_buffers()
    {
        // the heat that OFF leaves is that of the last ON
        var kept = Property.Only(
            "heat-of-the-last-on",
            Manual("1"),
            "It.",
            what: Accepted(OFF) & HeldMarked(Heat),
            after: PutsMarked,
            anewBehind: Accepted(ON) & !PutsMarked
        );

        Assert.Equal(PropertyVerdict.Holds, Check(kept).Verdict);
        Assert.Equal(["Dark C: ON   [marked]", "Lit S: 200", "Lit C: OFF", "Dark S: 200"],
            Lines(Check(Property.Never("x", Manual("1"), "It.", Accepted(OFF) & HeldMarked(Heat)))));
    }

    [Fact]
    public void SMTP015_a_Stateless_machine_that_answers_otherwise_than_its_table()
    {
        // the first machine that is built is flattened; the second one has an edge less
        var built = 0;
        var fickle = With(m =>
        {
            var number = ++built;
            m.Configure(Lit).PermitIf(LOOK / 299, Dark, () => number == 1);
        });

        var faithful = Verifier.Verify(fickle, []).Invariants.Single(invariant => invariant.Name == "faithful");

        var fault = Assert.Single(faithful.Faults);
        Assert.Equal("SMTP015", fault.Id);
        Assert.Contains("state Lit, LOOK / 299", fault.Message, StringComparison.Ordinal);
        Assert.All(Verifier.Verify(Sound, []).Invariants, invariant => Assert.Empty(invariant.Faults));
    }

    private static PropertyResult Check(Property property, Profile? profile = null) =>
        Verifier.Verify(profile ?? Sound, [property]).Properties.Single();

    private static List<string> Lines(PropertyResult result) =>
        [.. result.Counterexample!.Lines.Select(line => $"{line.State} {line.Side} {line.Text}")];

    private static Profile Trapped(State trap) =>
        new(
            "trapped",
            "a lamp with a trap",
            new ProfilePart(
                v =>
                {
                    v.Command(ON, Manual("1"), success: [200]);
                    v.Command(LOOK, Manual("2"), success: [200], intermediate: [201]);
                    v.Command(DROP, Manual("3"), success: [200]);
                    v.State(L1, L2, L3, L4);
                },
                m =>
                {
                    m.Configure(Dark).Accept(ON, Lit, L1, refused: L4).Accept(DROP, Gone, L3, refused: L4).OutOfOrder([503], L4, [LOOK]);
                    m.Configure(Lit)
                        .Permit([LOOK / 200], null, L2)
                        .Permit([LOOK / 201], trap, L2)
                        .Accept(DROP, Gone, L3, refused: L4)
                        .OutOfOrder([503], L4, [ON]);
                    m.Configure(trap).Permit([LOOK / 200], null, L2).OutOfOrder([503], L4, [ON, DROP]);
                    m.Configure(Gone);
                    m.Vocabulary.Bounds(Dark, Gone, DROP);
                }
            )
        );
}
