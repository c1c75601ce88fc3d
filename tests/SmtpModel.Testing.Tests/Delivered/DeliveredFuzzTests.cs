using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>The fuzzer holds what a server delivers against what it took in random sessions.</summary>
public class DeliveredFuzzTests
{
    [Theory]
    [InlineData("RSET-forgets-nothing", "D10")]
    [InlineData("dots", "D5")]
    [InlineData("twice", "D2")]
    [InlineData("refused", "D3")]
    public async Task A_server_that_delivers_wrongly_is_found_and_the_session_is_short(string name, string rule)
    {
        var report = await FuzzAsync(Fault(name));

        var finding = Assert.Single(report.Findings);
        Assert.Equal((ViolationKind.Delivery, rule), (finding.Violation.Kind, finding.Violation.Rule!.Id));
        Assert.True(finding.NeedsDeliveries);
        Assert.InRange(finding.Session.Steps.Count, 5, 12);
        Assert.Null(finding.Repeats);
        Assert.True(ReplayFile.Of("rfc5321", finding).NeedsDeliveries);
    }

    [Fact]
    public async Task Mail_data_that_the_next_input_would_draw_are_written_into_the_session_instead()
    {
        var fault = DeliveryFaults.None with { Deliver = (message, _) => [message, message] };
        await using var server = await DeliveringServer.StartAsync(fault);
        await using var target = server.Target;
        var watch = new DeliveryWatch(server, TimeSpan.FromSeconds(1)) { Settling = TimeSpan.FromMilliseconds(5) };
        var oracle = new Oracle(Profiles.Rfc5321.Table);
        const string Mail = "MAIL FROM:<a@example.test>";
        string[] lines = ["EHLO a.example.test", Mail, "RCPT TO:<b@example.test>", "DATA", "NOOP", Mail];
        var session = new TestSession(
            [.. lines.Select(line => new Step(new Move(oracle.Table.Recognize(line)!.Command, MoveKind.Valid, line)))]
        );
        var runner = new SessionRunner(oracle) { Delivered = watch, AwaitsDeliveries = true };
        var (violation, at) = Assert.Single((await runner.RunAsync(target, session, null, TestContext.Current.CancellationToken)).Others);
        Assert.Equal(4, at);

        var shrinker = new LiveShrinker(target, oracle, TimeSpan.FromSeconds(5)) { Delivered = watch };
        var shown = await shrinker.ShrinkAsync(session, violation, at, TestContext.Current.CancellationToken);
        Assert.Equal(["EHLO", "MAIL", "RCPT", "DATA", "end of data"], shown!.Session.Steps.Select(step => step.Move.Command.Name));
    }

    [Fact]
    public async Task A_loss_is_believed_when_it_was_waited_for_as_long_as_was_asked_for()
    {
        var report = await FuzzAsync(
            DeliveryFaults.None with
            {
                Deliver = (message, seen) => message.ForwardPaths.Count > 1 ? [] : DeliveryFaults.None.Deliver(message, seen),
            },
            limit: TimeSpan.FromMilliseconds(1100)
        );

        var finding = Assert.Single(report.Findings);
        Assert.Equal("D1", finding.Violation.Rule!.Id);
        Assert.Contains("nothing within 1.1 s", finding.Violation.Came, StringComparison.Ordinal);
        Assert.Equal(2, finding.Session.Steps.Count(step => step.Move.Command == Rfc821.RCPT));
        var (there, of) = report.Delivered!.Value;
        Assert.InRange(there, 1, of - 1);
    }

    [Fact]
    public async Task A_server_that_delivers_as_it_should_is_accused_of_nothing()
    {
        var delivered = 0;
        var report = await FuzzAsync(DeliveryFaults.None with
        {
            Deliver = (message, seen) =>
            {
                delivered++;
                return DeliveryFaults.None.Deliver(message, seen);
            },
        });

        Assert.Empty(report.Findings);
        Assert.True(delivered > 30, $"{delivered} messages were delivered");
        var (there, of) = report.Delivered!.Value;
        Assert.Equal(of, there);
        Assert.InRange(of, 30, delivered);
        Assert.DoesNotContain(report.Inconclusive.Keys, why => why.Contains("plain message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_of_chunks_are_compared_and_a_server_that_delivers_them_as_it_should_is_accused_of_nothing()
    {
        var chunked = 0;
        var fault = DeliveryFaults.None with
        {
            Deliver = (message, seen) =>
            {
                chunked += seen.Lines.Exists(line => line.StartsWith("BDAT", StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
                return DeliveryFaults.None.Deliver(message, seen);
            },
        };
        var report = await FuzzAsync(fault, Profiles.Composed("CHUNKING"));

        Assert.Empty(report.Findings);
        Assert.True(chunked > 5, $"{chunked} messages came where there was BDAT");

        // what only such messages lose is found
        var found = await FuzzAsync(
            fault with
            {
                Deliver = (message, seen) =>
                    seen.Lines.Exists(line => line.StartsWith("BDAT", StringComparison.OrdinalIgnoreCase)) && !seen.Lines.Contains("DATA")
                        ? []
                        : DeliveryFaults.None.Deliver(message, seen),
            },
            Profiles.Composed("CHUNKING")
        );
        Assert.Equal("D1", Assert.Single(found.Findings).Violation.Rule!.Id);
    }

    [Fact]
    public async Task What_came_late_is_told_to_no_campaign_as_lost()
    {
        // half of what the run sends is there only when it is played again, of which nothing is
        var (taken, sent) = (0, 0);
        var late = DeliveryFaults.None with
        {
            Deliver = (message, _) =>
            {
                taken++;
                return [message];
            },
            Holds = number => sent == 0 ? number % 2 == 0 : number > sent || (number % 2 == 0 && taken == sent),
        };
        await using var server = await DeliveringServer.StartAsync(late);
        await using var target = server.Target;
        List<Finding> told = [];
        var options = new FuzzOptions
        {
            Sessions = 40,
            MaxShrinkTime = TimeSpan.FromMilliseconds(200),
            Delivered = new DeliveryWatch(server, TimeSpan.FromMilliseconds(300)) { Settling = TimeSpan.FromMilliseconds(5) },
            Found = (_, finding) => told.Add(finding),
        };
        var report = await new Fuzzer(Profiles.Rfc5321, options).RunAsync(target,
            progress => sent = progress.Delivered is null || sent > 0 ? sent : taken, TestContext.Current.CancellationToken);

        Assert.Contains(report.Inconclusive.Keys, why => why.Contains("came later than the 0.3 s", StringComparison.Ordinal));
        Assert.Empty(report.Findings);
        Assert.Empty(told);
    }

    private static DeliveryFault Fault(string name) =>
        name switch
        {
            "RSET-forgets-nothing" => new("", name, (message, seen) =>
                [
                    seen.Lines.Exists(line => line.StartsWith("RSET", StringComparison.OrdinalIgnoreCase))
                        ? message with
                        {
                            ReversePath = "<earlier@example.test>",
                        }
                        : message,
                ]
            ),
            "dots" => DeliveryFaults.All.Single(fault => fault.Case == "lines-of-dots"),
            "twice" => new("", name, (message, _) => message.ForwardPaths.Count > 1 ? [message, message] : [message]),
            "refused" => DeliveryFaults.All.Single(fault => fault.TakesRefused),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };

    private static async Task<FuzzReport> FuzzAsync(
        DeliveryFault fault,
        Machines.Profile? profile = null,
        TimeSpan? limit = null
    )
    {
        await using var server = await DeliveringServer.StartAsync(fault, profile);
        await using var target = server.Target;
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = profile is null ? 150 : 400,
            MaxShrinkTime = TimeSpan.FromSeconds(4),
            Delivered = new DeliveryWatch(server, limit ?? TimeSpan.FromSeconds(1)) { Settling = TimeSpan.FromMilliseconds(5) },
        };
        return await new Fuzzer(profile ?? Profiles.Rfc5321, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
    }
}
