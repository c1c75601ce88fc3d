using System.Collections.Concurrent;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Live;

/// <summary>Random sessions that the server would not begin are neither played nor accused: what is found is what is found at an open
/// door.</summary>
public class FuzzDoorTests
{
    private const int Sessions = 120;

    // 37, so that hardly ever the same caller is turned away four times in a row, which would be taken for a limit
    private static readonly Dictionary<string, Func<int, int, string?>> Doors = new()
    {
        ["now and then 421"] = (number, _) => number % 37 == 0 ? "421 not now" : null,
        ["now and then 554"] = (number, _) => number % 7 == 3 ? "554 not you" : null,
        ["now and then nothing, and the end"] = (number, _) => number % 7 == 3 ? "" : null,
        ["now and then a reset"] = (number, _) => number % 7 == 3 ? MiniServer.ResetAtTheDoor : null,
        ["421 for a while"] = (number, _) => number is > 10 and < 17 ? "421 not now" : null,
        ["421 over a limit of three"] = (_, open) => open > 3 ? "421 too many" : null,
        ["the end over a limit of three"] = (_, open) => open > 3 ? "" : null,
        ["the end over a limit of one"] = (_, open) => open > 1 ? "" : null,
        ["554 over a limit of one"] = (_, open) => open > 1 ? "554 too many" : null,
    };

    private static readonly Fault Forgets = new()
    {
        Line = (session, line, right) =>
            MiniSession.Split(line).Verb == "RSET" && session.From is not null ? "250 nothing was reset" : right(),
    };

    private static readonly Lazy<Task<FuzzReport>> Free = new(() => FuzzAsync(new Fault(), 4));

    // a machine that is busy is no server that is silent
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("now and then 421", 4, "sessions: 421 not now")]
    [InlineData("now and then 554", 1, "sessions: 554 not you")]
    [InlineData("now and then nothing, and the end", 1, "sessions: (closed the channel)")]
    [InlineData("now and then a reset", 1, "sessions: (closed the channel)")]
    [InlineData("421 over a limit of three", 4, "the run kept to 3 sessions at a time, of 4 that were asked for")]
    [InlineData("the end over a limit of three", 4, "the run kept to 3 sessions at a time, of 4 that were asked for")]
    [InlineData("the end over a limit of one", 4, "the run kept to 1 session at a time, of 4 that were asked for")]
    public async Task What_happens_at_the_door_is_told_and_every_session_is_played(string door, int connections, string note)
    {
        var (free, report) = (await Free.Value, await FuzzAsync(new Fault { Door = Doors[door] }, connections));

        Assert.Empty(free.Door);
        Assert.Empty(report.Findings);
        Assert.Contains(report.Door, said => said.Contains(note, StringComparison.Ordinal));
        Assert.Equal((Sessions, 0, free.Exchanges), (report.Sessions, report.NotBegun, report.Exchanges));
        Assert.Equal(Counts(free), Counts(report));
        Assert.True(report.IsConclusive);
    }

    [Theory]
    [InlineData("421 for a while", 4, "did not begin 6 of")]
    [InlineData("the end over a limit of three", 3, "the run kept to 3 sessions at a time, of 4 that were asked for")]
    [InlineData("554 over a limit of one", 1, "the run kept to 1 session at a time, of 4 that were asked for")]
    public async Task A_round_has_no_more_sessions_than_the_server_serves_at_a_time(string door, int together, string note)
    {
        var free = await RoundsAsync(new Fault(), together);
        var report = await RoundsAsync(new Fault { Door = Doors[door] }, 4);

        Assert.Empty(report.Findings);
        Assert.Contains(report.Run.Door, said => said.Contains(note, StringComparison.Ordinal));
        Assert.Equal(
            (free.Run.Sessions, free.Run.Exchanges, 0L),
            (report.Run.Sessions, report.Run.Exchanges, report.Run.NotBegun)
        );
    }

    [Fact]
    public async Task A_round_of_a_share_has_the_sessions_that_the_other_shares_have()
    {
        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(() =>
            RoundsAsync(new Fault { Door = Doors["the end over a limit of three"] }, 4, isShare: true)
        );
        Assert.Contains("begins no more than 3 of the 4 sessions at a time", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("now and then nothing, and the end", 1)]
    [InlineData("421 over a limit of three", 4)]
    public async Task A_fault_behind_the_door_is_found_by_the_same_session(string door, int connections)
    {
        var (free, narrow) = (await FirstAsync(Forgets, 1), await FirstAsync(Forgets with { Door = Doors[door] }, connections));

        Assert.NotEmpty(free);
        Assert.Equal(free, narrow);
    }

    [Fact]
    public async Task What_the_server_will_not_show_again_is_told_and_is_no_violation()
    {
        // the first session that shows it is the last that is begun
        var last = (await FuzzAsync(Forgets, 1)).Findings[0].Number;
        var report = await FuzzAsync(Forgets with { Door = (number, _) => number > last + 1 ? "421 that is enough" : null }, 1, last + 1);

        Assert.Empty(report.Findings);
        var why = Assert.Single(report.Inconclusive.Keys, why => why.StartsWith("seen, and not to be shown:", StringComparison.Ordinal));
        Assert.EndsWith("the server would not begin a session: 421 that is enough", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(20, false)]
    public async Task Sessions_that_the_server_begins_no_more_are_counted_as_not_played(int served, bool isConclusive)
    {
        var report = await FuzzAsync(new Fault { Door = (number, _) => number > served ? "" : null }, 4);

        Assert.Empty(report.Findings);
        Assert.Equal(Sessions, report.Sessions + report.NotBegun);
        Assert.InRange(report.Sessions, 1, served);
        Assert.Equal(isConclusive, report.IsConclusive);
    }

    [Theory]
    [InlineData("421 not now")]
    [InlineData("554 no service")]
    public async Task A_server_that_serves_nobody_is_judged_as_it_is(string greeting)
    {
        var report = await FuzzAsync(
            new Fault
            {
                Door = (_, _) => greeting.StartsWith("421", StringComparison.Ordinal) ? greeting : null,
                Greeting = _ => greeting,
                Line = (_, line, right) => MiniSession.Split(line).Verb == "QUIT" ? right() : "503 no service",
            },
            4
        );

        Assert.Equal((Sessions, 0L, 0), (report.Sessions, report.NotBegun, report.Findings.Count));
        Assert.Empty(report.Door);
    }

    [Fact]
    public async Task What_is_no_greeting_at_all_is_a_violation_though_others_are_greeted()
    {
        var number = 0;
        var report = await FuzzAsync(
            new Fault { Greeting = _ => Interlocked.Increment(ref number) > 1 ? "hello there" : "220 mini.example.test" },
            1,
            2,
            TimeSpan.FromSeconds(1)
        );

        Assert.Contains(report.Findings, finding => finding.Violation.State.Name == "Opening");
    }

    [Theory]
    [InlineData(2, 0, null)]
    [InlineData(0, 2, null)]
    [InlineData(int.MaxValue, 0, "421 not now")]
    [InlineData(0, int.MaxValue, "451 not now")]
    public async Task The_offer_is_read_again_where_a_session_or_EHLO_is_refused(int shut, int put, string? refused)
    {
        var asked = 0;
        await using var server = new MiniServer(new Fault
        {
            Door = (number, _) => number <= shut ? "421 not now" : null,
            Line = (_, line, right) =>
                MiniSession.Split(line).Verb != "EHLO" ? right()
                : Interlocked.Increment(ref asked) <= put ? "451 not now"
                : "250-mini.example.test\n250 PIPELINING",
        });
        var offer = await ServerOffer.ReadAsync(server.Target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);

        Assert.Equal((refused, refused is null), (offer.Refused, offer.Offer.Lists("PIPELINING")));
    }

    private static async Task<FuzzReport> FuzzAsync(Fault fault, int connections, long sessions = Sessions, TimeSpan? patience = null)
    {
        await using var server = new MiniServer(fault, patience ?? Patience);
        return await new Fuzzer(Profiles.Rfc5321, new FuzzOptions { Sessions = sessions, Connections = connections })
            .RunAsync(server.Target, cancellation: Cancellation);
    }

    private static async Task<InterleavedReport> RoundsAsync(Fault fault, int connections, bool isShare = false)
    {
        await using var server = new MiniServer(fault, Patience);
        var options = new FuzzOptions { Sessions = 60, Connections = connections, FoundRound = isShare ? _ => { } : null };
        return await new InterleavedFuzzer(Profiles.Rfc5321, options).RunAsync(server.Target, cancellation: Cancellation);
    }

    // of each violation what the first session that has it shows, as a share of a campaign tells it
    private static async Task<IEnumerable<string>> FirstAsync(Fault fault, int connections)
    {
        ConcurrentDictionary<string, Finding> first = [];
        var options = new FuzzOptions
        {
            Sessions = Sessions,
            Connections = connections,
            MaxViolations = int.MaxValue,
            Found = (seen, finding) => first.AddOrUpdate(seen, finding, (_, old) => old.Number < finding.Number ? old : finding),
        };
        await using var server = new MiniServer(fault, Patience);
        await new Fuzzer(Profiles.Rfc5321, options).RunAsync(server.Target, cancellation: Cancellation);
        return first.Select(one => $"{one.Key}: {one.Value.Number} {ReplayFile.Of("rfc5321", one.Value)}").Order(StringComparer.Ordinal);
    }

    private static (int, int, int) Counts(FuzzReport report) =>
        (report.Coverage.Edges.Covered, report.Coverage.Pairs.Covered, report.Coverage.States.Covered);
}
