using AnotherProtocol;
using SmtpModel.Machines;

namespace SmtpModel.AnotherProtocol.Tests;

/// <summary>A machine that is not SMTP, with an input that draws as many replies as a buffer holds things: several, one, or
/// none.</summary>
public class SpoolerTests
{
    private static RepliesForEach Shape => Spooler.Profile.Table.ForEach[Spooler.PRINT];

    [Fact]
    public void An_input_that_is_answered_for_each_thing_in_a_buffer_makes_a_sound_machine() =>
        Assert.Empty(SoundnessCheck.Run(Spooler.Profile));

    [Fact]
    public void SMTP021_its_replies_lead_to_one_state_since_one_may_accept_and_another_refuse()
    {
        var fault = Assert.Single(SoundnessCheck.Run(Spooler.Torn), fault => fault.Id == "SMTP021");

        Assert.Contains(
            "state Open: PRINT draws a reply for each file (A (the manual 1)), and its replies lead to Idle and to Open",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_was_accepted_is_counted_and_what_was_refused_is_not()
    {
        Exchange[] session = [Spooler.ADD / 200, Spooler.ADD / 500, Spooler.ADD / 200];

        Assert.Equal(2, session.Aggregate(0, Shape.After));
        Assert.Equal(0, session.Append(Spooler.PRINT / 500).Aggregate(0, Shape.After));
    }

    [Fact]
    public void All_other_inputs_draw_one_reply() => Assert.Equal([Spooler.PRINT], Spooler.Profile.Table.ForEach.Keys);

    [Fact]
    public void It_is_the_same_when_it_is_written_as_JSON_and_read_again()
    {
        var again = Assert.IsType<MachineRead>(MachineJson.Read(MachineJson.Write(Spooler.Profile))).Profile;

        Assert.Equal(Shape, again.Table.ForEach[Spooler.PRINT]);
        Assert.Equal(MachineJson.Write(Spooler.Profile), MachineJson.Write(again));
    }
}
