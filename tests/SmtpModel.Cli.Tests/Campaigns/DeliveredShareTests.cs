using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>Shares that look for what is delivered may do so at the same time, with one server and one mailbox.</summary>
public sealed class DeliveredShareTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Shares_at_the_same_time_do_not_take_each_others_messages_for_their_own(int together)
    {
        using var folder = new TemporaryFolder();
        await using var server = await MailboxServer.StartAsync(Path.Combine(folder.Path, "mail"), message => [message]);
        using var played = Of(folder, server, together);
        var merged = Played.Merge(await played.PlayAllAsync(3, atOnce: true));

        Assert.True(merged.IsComplete);
        Assert.Empty(PlayedShares.Causes(merged));
        Assert.Empty(merged.Fuzz!.Inconclusive);
        Assert.True(server.Delivered > 30, $"{server.Delivered} copies were delivered");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task However_a_run_is_divided_what_is_delivered_wrongly_is_found_and_plays_again(int together)
    {
        using var folder = new TemporaryFolder();
        // two faults, which show in some sessions only
        await using var server = await MailboxServer.StartAsync(Path.Combine(folder.Path, "mail"), message =>
            message.ForwardPaths.Count > 1 ? [message with { ReversePath = "<list@example.test>" }]
            : message.Data.Length > 200 ? [message, message] : [message]);
        List<Merged> all = [];
        foreach (var (of, atOnce) in ((int, bool)[])[(1, false), (3, true)])
        {
            var place = Directory.CreateDirectory(Path.Combine(folder.Path, $"{of}"));
            using var played = Of(folder, server, together, place.FullName);
            all.Add(Played.Merge(await played.PlayAllAsync(of, atOnce)));
        }

        Assert.All(all, merged => Assert.Equal(PlayedShares.Causes(all[0]), PlayedShares.Causes(merged)));
        Assert.Equal(2, all[0].Violations);
        var plays = together > 1 ? all[1].Rounds[0].Plays : all[1].Findings[0].Plays;
        Assert.True(plays.NeedsDeliveries);
        foreach (var said in (string[])[MergedJson.Write(all[1]), MergedJUnit.Write(all[1]), MergedPage.Write(all[1])])
        {
            var plain = System.Net.WebUtility.HtmlDecode(said).Replace("\\u0027", "'", StringComparison.Ordinal);
            Assert.Contains(PlayedShares.Delivered, plain, StringComparison.Ordinal);
        }

        await using var target = server.Target;
        Assert.Equal(ReplayVerdict.Failed, (await Replay.RunAsync(Profiles.Rfc5321, plays, target, Watch(folder), Cancellation)).Verdict);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_looks_into_a_wrong_folder_has_no_verdict_and_neither_have_its_shares_together(bool isInterleaved)
    {
        using var folder = new TemporaryFolder();
        await using var server = await MailboxServer.StartAsync(Path.Combine(folder.Path, "mail"), message => [message]);
        Array.ForEach(["tmp", "new", "cur"], name => Directory.CreateDirectory(Path.Combine(folder.Path, "other", name)));
        const string Why = "no violation in what was said, and no verdict: a plain message was not taken, or has not come to maildir:other "
            + "within 0.2 s, so nothing is said of what is delivered\n";
        string[] run = ["fuzz", $"127.0.0.1:{server.Port}", "--delivered", "maildir:other", "--delivery-time", "200ms",
            "--sessions", "12", "--results", "one.jsonl", .. isInterleaved ? (string[])["--interleave", "4"] : []];

        var whole = (await Smtpmodel.RunAsync(run, folder: folder.Path)).EndsWith(ExitCodes.NoVerdict);
        Assert.EndsWith(Why, whole.Out, StringComparison.Ordinal);

        // the share is complete, so it is not done again
        (await Smtpmodel.RunAsync(run, folder: folder.Path)).EndsWith(ExitCodes.NoVerdict).Says("has share 1/1 complete");
        var merged = (await Smtpmodel.RunAsync(["merge", "one.jsonl", "--html", "all.html"], folder: folder.Path))
            .EndsWith(ExitCodes.NoVerdict);
        Assert.EndsWith(Why, merged.Out, StringComparison.Ordinal);
        Assert.Contains("<title>No violation in what was said, and nobody saw what is delivered</title>",
            await File.ReadAllTextAsync(Path.Combine(folder.Path, "all.html"), Cancellation), StringComparison.Ordinal);
    }

    private static PlayedShares Of(TemporaryFolder folder, MailboxServer server, int together, string? results = null) =>
        new(results ?? folder.Path, () => server.Target, sessions: 60, together) { Watch = () => Watch(folder) };

    private static DeliveryWatch Watch(TemporaryFolder folder) =>
        new(Deliveries.Maildir(Path.Combine(folder.Path, "mail")), TimeSpan.FromSeconds(20)) { Settling = TimeSpan.FromMilliseconds(5) };
}
