using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Concurrency;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>Sessions at the same time have what each of them gave delivered, and nothing of another.</summary>
public class DeliveredRoundTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Shared.ReversePath, "D10")]
    [InlineData(Shared.ForwardPaths, "D11")]
    [InlineData(Shared.MailData, "D1")]
    public async Task A_server_that_keeps_a_buffer_once_for_all_sessions_is_found_and_played_again(Shared what, string rule)
    {
        await using var server = await DeliveringServer.StartAsync(DeliveryFaults.None, shared: what);
        var report = await FuzzAsync(server);

        Assert.Contains(rule, report.Findings.Select(one => one.Violation.Rule!.Id));
        var finding = report.Findings.Where(one => one.NeedsDeliveries)
            .OrderBy(one => one.Round.Sessions.Sum(session => session.Steps.Count))
            .First();
        Assert.Equal(ViolationKind.Delivery, finding.Violation.Kind);
        Assert.True(finding.IsConcurrent);
        Assert.Equal(2, finding.Round.Sessions.Count);
        Assert.InRange(finding.Round.Sessions.Sum(session => session.Steps.Count), 5, 15);

        var file = ReplayFile.Parse(
            (ReplayFile.Of("rfc5321", finding.Round) with { NeedsDeliveries = true }).ToId(),
            Profiles.Find
        );
        Assert.Equal(ReplayVerdict.Failed, (await ReplayAsync(file, server)).Verdict);
        await using var right = await DeliveringServer.StartAsync(DeliveryFaults.None);
        Assert.Equal(ReplayVerdict.Fixed, (await ReplayAsync(file, right)).Verdict);
    }

    [Fact]
    public async Task What_comes_now_and_then_is_no_matter_of_concurrency()
    {
        var count = 0;
        await using var server = await DeliveringServer.StartAsync(
            DeliveryFaults.None with
            {
                Deliver = (message, seen) => Interlocked.Increment(ref count) % 5 == 0 ? [] : DeliveryFaults.None.Deliver(message, seen),
            }
        );
        var finding = Assert.Single((await FuzzAsync(server)).Findings);

        Assert.Equal("D1", finding.Violation.Rule!.Id);
        Assert.False(finding.IsConcurrent);
        Assert.Single(finding.Round.Sessions);
    }

    [Fact]
    public async Task A_server_that_keeps_them_apart_is_accused_of_nothing()
    {
        var delivered = 0;
        await using var server = await DeliveringServer.StartAsync(
            DeliveryFaults.None with
            {
                Deliver = (message, seen) =>
                {
                    delivered++;
                    return DeliveryFaults.None.Deliver(message, seen);
                },
            }
        );
        var report = await FuzzAsync(server);

        Assert.Empty(report.Findings);
        Assert.True(delivered > 20, $"{delivered} messages were delivered");
        Assert.DoesNotContain(report.Run.Inconclusive.Keys, why => why.Contains("plain message", StringComparison.Ordinal));
    }

    private static async Task<InterleavedReport> FuzzAsync(DeliveringServer server)
    {
        await using var target = server.Target;
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = 80,
            Connections = 4,
            // so long that no load leaves it unfinished
            MaxShrinkTime = TimeSpan.FromSeconds(20),
            Delivered = Watch(server),
        };
        return await new InterleavedFuzzer(Profiles.Rfc5321, options).RunAsync(target, null, Cancellation);
    }

    private static async Task<ReplayOutcome> ReplayAsync(ReplayFile file, DeliveringServer server)
    {
        await using var target = server.Target;
        return await Replay.RunAsync(Profiles.Rfc5321, file, target, Watch(server), Cancellation);
    }

    private static DeliveryWatch Watch(DeliveringServer server) =>
        new(server, TimeSpan.FromMilliseconds(300)) { Settling = TimeSpan.FromMilliseconds(5) };
}
