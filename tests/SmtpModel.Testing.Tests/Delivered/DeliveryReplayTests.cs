using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>A finding on what is delivered is played again by the word that it was printed with.</summary>
public class DeliveryReplayTests
{
    private const string Case = "rfc5321/4.5.2/lines-of-dots";
    private static readonly DeliveryFault Dots = DeliveryFaults.All.Single(fault => fault.Case == "lines-of-dots");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_again_is_fixed_or_needs_a_place_to_look_at()
    {
        var file = await FindAsync();
        Assert.True(file.NeedsDeliveries);
        Assert.Equal(file.ToShortId(), ReplayFile.Parse(file.ToId(), Profiles.Find).ToShortId());

        await using var wrong = await DeliveringServer.StartAsync(Dots);
        await using var right = await DeliveringServer.StartAsync(DeliveryFaults.None);
        Assert.Equal(ReplayVerdict.Failed, (await ReplayAsync(file, wrong, wrong)).Verdict);
        Assert.Equal(ReplayVerdict.Fixed, (await ReplayAsync(file, right, right)).Verdict);

        // a place where nothing comes shows no loss
        var elsewhere = await ReplayAsync(file, right, wrong);
        Assert.Equal(ReplayVerdict.Error, elsewhere.Verdict);
        Assert.Contains("does the server deliver there?", elsewhere.Reason, StringComparison.Ordinal);
        var blind = await ReplayAsync(file, right, null);
        Assert.Equal(ReplayVerdict.Error, blind.Verdict);
        Assert.Contains("say with --delivered where", blind.Reason, StringComparison.Ordinal);
    }

    private static async Task<ReplayFile> FindAsync()
    {
        await using var server = await DeliveringServer.StartAsync(Dots);
        await using var target = server.Target;
        var options = new TestOptions { Depth = Depth.Data, Delivered = Watch(server), Select = one => one.Id == Case };
        var report = await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(target, cancellation: Cancellation);
        return ReplayFile.Parse(ReplayFile.Of(report, Assert.Single(report.Failures))!.ToId(), Profiles.Find);
    }

    private static async Task<ReplayOutcome> ReplayAsync(ReplayFile file, DeliveringServer server, DeliveringServer? seen)
    {
        await using var target = server.Target;
        return await Replay.RunAsync(Profiles.Rfc5321, file, target, seen is null ? null : Watch(seen), Cancellation);
    }

    private static DeliveryWatch Watch(DeliveringServer server) =>
        new(server, TimeSpan.FromSeconds(1)) { Settling = TimeSpan.FromMilliseconds(5) };
}
