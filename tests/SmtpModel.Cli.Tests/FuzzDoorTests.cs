using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What <c>fuzz</c> says of a server that does not begin every session.</summary>
public sealed class FuzzDoorTests
{
    [Theory]
    [InlineData("--connections", "")]
    [InlineData("--connections", "421 too many\r\n")]
    [InlineData("--interleave", "")]
    public async Task A_server_with_a_limit_is_fuzzed_within_it_and_not_accused_of_it(string option, string refusal)
    {
        await using var server = FaultySmtp.Start(Fault.None, (_, inside) => inside > 2 ? refusal : null);

        (await Smtpmodel.RunAsync("fuzz", server.Name, "--sessions", "60", option, "4"))
            .EndsWith(ExitCodes.Fine)
            .Says(
                "played 60 sessions",
                "note: the run kept to 2 sessions at a time, of 4 that were asked for: the server would not begin more",
                refusal.Length == 0 ? "sessions: (closed the channel)" : "sessions: 421 too many",
                "no violation"
            );
    }

    [Fact]
    public async Task A_run_of_which_fewer_than_half_of_the_sessions_were_played_is_no_verdict()
    {
        await using var server = FaultySmtp.Start(Fault.None, (number, _) => number > 20 ? "421 enough\r\n" : null);

        (await Smtpmodel.RunAsync("fuzz", server.Name, "--sessions", "60", "--connections", "4"))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("of 60 sessions were not played", "sessions: 421 enough", "fewer than half of the sessions were played");
    }

    [Fact]
    public async Task A_share_is_complete_only_when_its_offer_was_read_and_all_its_sessions_were_begun()
    {
        using var folder = new TemporaryFolder();
        var (isShut, most) = (true, int.MaxValue);
        await using var server = FaultySmtp.Start(
            Fault.None,
            (_, _) => isShut || Interlocked.Decrement(ref most) < 0 ? "421 not now\r\n" : null
        );
        string[] share = ["fuzz", server.Name, "--sessions", "60", "--connections", "4", "--shard", "1/2", "--results", "one.jsonl"];

        (await Smtpmodel.RunAsync(share, folder: folder.Path))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("offers is not known: instead of that came 421 not now", "run it again");

        (isShut, most) = (false, 25);
        (await Smtpmodel.RunAsync(share, folder: folder.Path))
            .EndsWith(ExitCodes.NoVerdict)
            .Says("of 30 sessions were not played", "note: share 1/2 is not complete", "run it again");

        most = int.MaxValue;
        (await Smtpmodel.RunAsync(share, folder: folder.Path)).EndsWith(ExitCodes.Fine).Says("played 30 sessions");
        (await Smtpmodel.RunAsync(["merge", "one.jsonl"], folder: folder.Path)).Says("2 shares: 1 complete and 1 missing");
    }
}
