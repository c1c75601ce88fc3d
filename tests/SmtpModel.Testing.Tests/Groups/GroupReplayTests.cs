using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Groups;

// What was sent in one packet is sent so again.
public class GroupReplayTests
{
    private static readonly Palette Moves = new(Profiles.Esmtp.Table, new PaletteOptions());

    private static readonly TestSession Grouped = new(
    [
        new(Moves.Valid(Rfc5321.EHLO)[0]),
        new(Moves.Valid(Rfc821.MAIL)[0]),
        new(Moves.Valid(Rfc821.RCPT)[0]) { IsJoined = true },
        new(Moves.Valid(Rfc821.DATA)[0]) { IsJoined = true },
    ]);

    [Fact]
    public void A_replay_carries_which_inputs_share_a_packet_and_a_short_ID_of_its_own()
    {
        var file = new ReplayFile(Profiles.Esmtp.Name, Grouped);
        var back = ReplayFile.Parse(file.ToId(), Profiles.Find);
        Assert.Equal(Grouped.Steps.Select(step => step.IsJoined), back.Session.Steps.Select(step => step.IsJoined));
        Assert.Equal(file.ToJson(), back.ToJson());
        Assert.NotEqual(file.ToShortId(), new ReplayFile(Profiles.Esmtp.Name, Grouped.InLockstep()).ToShortId());
        var round = ReplayFile
            .Parse(ReplayFile.Of(Profiles.Esmtp.Name, new Round([Grouped.InLockstep(), Grouped], [0, 1, 1])).ToId(), Profiles.Find)
            .Round!;
        Assert.Equal([false, true], round.Sessions.Select(session => session.HasGroups));
    }

    [Fact]
    public void A_replay_without_groups_is_what_it_was_and_says_nothing_of_them()
    {
        var json = new ReplayFile(Profiles.Esmtp.Name, Grouped.InLockstep()).ToJson();
        Assert.DoesNotContain("joined", json, StringComparison.Ordinal);
        Assert.Contains("\"version\": 1", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "step 1 of the replay, EHLO client.example.test, is joined to none before it")]
    [InlineData(
        1,
        "step 2 of the replay, MAIL FROM:<sender@example.test>, is joined to EHLO client.example.test, behind which it may not be sent in "
            + "one packet"
    )]
    public void What_may_not_share_a_packet_is_an_error_that_names_the_step(int at, string message)
    {
        var wrong = Grouped with
        {
            Steps = [.. Grouped.Steps.Select((step, index) => index == at ? step with { IsJoined = true } : step)],
        };
        var fault = Assert.Throws<FormatException>(() =>
            ReplayFile.Parse(new ReplayFile(Profiles.Esmtp.Name, wrong).ToJson(), Profiles.Find)
        );
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public async Task A_fault_of_groups_shows_again_when_it_is_replayed_and_not_in_lockstep()
    {
        var target = GroupFaults.All[0].Server(InMemoryTarget.Of(Profiles.Esmtp));
        foreach (var (session, verdict) in new[] { (Grouped, ReplayVerdict.Failed), (Grouped.InLockstep(), ReplayVerdict.Fixed) })
        {
            var file = ReplayFile.Parse(new ReplayFile(Profiles.Esmtp.Name, session).ToId(), Profiles.Find);
            var outcome = await Replay.RunAsync(Profiles.Esmtp, file, target, TestContext.Current.CancellationToken);
            Assert.True(verdict == outcome.Verdict, $"{outcome.Verdict}: {outcome.Reason}\n{outcome.Transcript}");
        }
    }
}
