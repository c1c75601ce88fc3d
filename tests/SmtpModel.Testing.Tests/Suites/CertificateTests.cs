using SmtpModel.Machines;
using SmtpModel.Testing.Tests.Sized;

namespace SmtpModel.Testing.Tests.Suites;

/// <summary>What a certificate says of suites that were made elsewhere, or lost something.</summary>
public class CertificateTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Each_session_that_is_taken_out_of_a_Wp_suite_leaves_a_gap_whatever_ways_to_the_states_are_chosen(string name)
    {
        var machine = Machine(name);
        var sessions = SuiteMaker.Make(machine).Sessions.ToList();
        Assert.Empty(SuiteCertificate.Gaps(machine, sessions));
        Assert.All(Enumerable.Range(0, sessions.Count), left =>
            Assert.NotEmpty(SuiteCertificate.Gaps(machine, sessions.Where((_, index) => index != left)))
        );
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void Each_session_of_a_Wp_suite_that_loses_its_last_command_leaves_a_gap(string name)
    {
        var machine = Machine(name);
        var sessions = SuiteMaker.Make(machine).Sessions.ToList();
        Assert.All(Enumerable.Range(0, sessions.Count), cut =>
            Assert.NotEmpty(
                SuiteCertificate.Gaps(
                    machine,
                    sessions.Select((session, index) => (IReadOnlyList<int>)[.. session.SkipLast(index == cut ? 1 : 0)])
                )
            )
        );
    }

    [Fact]
    public void A_gap_names_the_transition_that_is_not_tried_and_the_states_that_one_which_is_may_lead_to()
    {
        var machine = Machine("rfc5321");
        var sessions = SuiteMaker.Make(machine).Sessions.Select(session => session.ToList()).ToList();
        var (mailGiven, noop) = (machine.States.ToList().IndexOf("MailGiven"), machine.Inputs.ToList().IndexOf("NOOP"));
        var at = sessions.FindIndex(session =>
            Enumerable.Range(0, session.Count).Any(place => session[place] == noop && machine.After(0, session.Take(place)) == mailGiven)
        );
        var place = sessions[at].IndexOf(noop);

        var without = SuiteCertificate.Gaps(machine, sessions.Where((_, index) => index != at));
        Assert.Equal((mailGiven, noop), without.Select(gap => (gap.State, gap.Input!.Value)).Single());
        Assert.Empty(without[0].NotApartFrom);
        Assert.Contains("NOOP is not tried after HELO, MAIL", without[0].Says(machine), StringComparison.Ordinal);

        sessions[at] = sessions[at][..(place + 1)];
        var shortened = SuiteCertificate.Gaps(machine, sessions);
        Assert.Equal((mailGiven, noop), shortened.Select(gap => (gap.State, gap.Input!.Value)).Single());
        Assert.Contains(machine.States.ToList().IndexOf("Ready"), shortened[0].NotApartFrom);
        Assert.DoesNotContain(mailGiven, shortened[0].NotApartFrom);
    }

    [Fact]
    public void A_state_that_no_session_gets_to_is_named()
    {
        var machine = Machine("rfc821");
        var data = machine.States.ToList().IndexOf("ReceivingData");

        var gaps = SuiteCertificate.Gaps(
            machine,
            SuiteMaker
                .Make(machine)
                .Sessions.Where(session =>
                    !Enumerable.Range(0, session.Count).Any(length => machine.After(0, session.Take(length + 1)) == data)
                )
        );

        Assert.Contains(gaps, gap => gap.State == data && gap.Input is null && gap.Says(machine) == "ReceivingData is not reached");
    }

    // HELO is what a search finds first, but all that has to follow follows EHLO
    [Fact]
    public void A_suite_that_gets_to_the_states_by_other_ways_than_ours_is_certified()
    {
        var machine = Machine("rfc5321");
        var (helo, ehlo) = (machine.Inputs.ToList().IndexOf("HELO"), machine.Inputs.ToList().IndexOf("EHLO"));
        List<IReadOnlyList<int>> swapped =
        [
            .. SuiteMaker
                .Make(machine)
                .Sessions.Select(session =>
                    (IReadOnlyList<int>)
                        [
                            .. session.Select(input =>
                                input == helo ? ehlo
                                : input == ehlo ? helo
                                : input
                            ),
                        ]
                ),
        ];
        swapped = [.. swapped.OrderByDescending(session => session[0] == helo)];

        Assert.Empty(SuiteCertificate.Gaps(machine, swapped));
        Assert.NotEmpty(SuiteCertificate.Gaps(machine, swapped.Skip(1)));
    }

    [Theory]
    [InlineData("small")]
    [InlineData("medium")]
    public void A_machine_with_arguments_of_its_own_has_a_suite_too(string name)
    {
        var table = SizedMachines.Named(name).Table;
        var text = MachineJson
            .Write(Spec.Profiles.Rfc821)
            .Replace("\"name\":\"domain\"", "\"name\":\"station\"", StringComparison.Ordinal);
        var other = Assert.IsType<MachineRead>(MachineJson.Read(text)).Profile.Table;

        Assert.Equal(SizedMachines.Resolve(SizedMachines.Named(name)).Mealy.States, ResolvedMachine.Of(table).Mealy.States);
        Assert.Contains(ResolvedMachine.Of(other).Inputs, move => move.Text == "HELO <domain>");
        Assert.Empty(SuiteCertificate.Gaps(ResolvedMachine.Of(other).Mealy, SuiteMaker.Make(ResolvedMachine.Of(other).Mealy).Sessions));
    }

    // as in a protocol that has no reply of its own for what is no command
    [Fact]
    public void Where_the_end_of_data_is_no_command_it_draws_what_a_line_that_is_none_draws()
    {
        var text = MachineJson.Write(Spec.Profiles.Rfc821).Replace("\"unrecognized\":500", "\"unrecognized\":0", StringComparison.Ordinal);
        var machine = ResolvedMachine.Of(Assert.IsType<MachineRead>(MachineJson.Read(text)).Profile.Table).Mealy;

        Assert.Equal(0, Assert.IsType<MachineRead>(MachineJson.Read(text)).Profile.Table.Faults.Unrecognized);
        Assert.Equal(500, machine.Output(0, machine.Inputs.ToList().IndexOf("end of data")));
    }

    private static Mealy Machine(string name) => ResolvedMachine.Of(EveryProfile.Named(name).Table).Mealy;
}
