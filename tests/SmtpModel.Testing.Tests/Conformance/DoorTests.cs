using System.Collections.Concurrent;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What is said at the door is no session: verdicts are those of a server that begins every session, however many are begun at a
/// time.</summary>
public class DoorTests
{
    // two sessions at a time
    private static readonly string[] Apart =
    [
        "rfc5321/4.1.1/RSET-in-another-session-changes-nothing",
        "rfc5321/4.1.1/QUIT-in-another-session-changes-nothing",
        "rfc5321/4.1.1/a-transaction-belongs-to-its-session",
    ];

    // the wire cases wait a good deal: two of them stand for all, one with several connections
    private static readonly string[] Wire =
    [
        "rfc5321/4.1.1.10/connection-dropped-in-Ready",
        "rfc5321/2.4/eight-bit-octets-in-a-path",
        .. Apart,
    ];

    // 37, so that hardly ever the same caller is turned away four times in a row, which would be taken for a limit
    private static readonly Dictionary<string, Func<Fault, Fault>> Doors = new()
    {
        ["now and then 451"] = fault => fault with { Door = (number, _) => number % 7 == 3 ? "451 not now" : null },
        ["now and then 421"] = fault => fault with { Door = (number, _) => number % 37 == 0 ? "421 not now" : null },
        ["now and then 554"] = fault => fault with { Door = (number, _) => number % 37 == 0 ? "554 not you" : null },
        ["now and then nothing, and the end"] = fault => fault with { Door = (number, _) => number % 37 == 0 ? "" : null },
        ["421 over a limit of one"] = fault => fault with { Door = (_, open) => open > 1 ? "421 too many" : null },
        ["554 over a limit of two"] = fault => fault with { Door = (_, open) => open > 2 ? "554 too many" : null },
        ["the end over a limit of one"] = fault => fault with { Door = (_, open) => open > 1 ? "" : null },
        ["a reset over a limit of one"] = fault => fault with { Door = (_, open) => open > 1 ? MiniServer.ResetAtTheDoor : null },
        ["one after the other"] = fault => fault with { IsSerial = true },
    };

    private static readonly Lazy<Task<TestReport>> Free = new(() => TestAsync(new Fault(), 6));

    [Theory]
    [InlineData("now and then 451", 1, "sessions: 451 not now")]
    [InlineData("now and then 421", 6, "sessions: 421 not now")]
    [InlineData("now and then 554", 6, "sessions: 554 not you")]
    [InlineData("now and then nothing, and the end", 6, "sessions: (closed the channel)")]
    [InlineData("421 over a limit of one", 6, "the run kept to 1 session at a time, of 6")]
    [InlineData("554 over a limit of two", 6, "the run kept to 2 sessions at a time, of 6")]
    [InlineData("the end over a limit of one", 6, "the run kept to 1 session at a time, of 6")]
    [InlineData("a reset over a limit of one", 6, "the run kept to 1 session at a time, of 6")]
    [InlineData("one after the other", 6, "the run kept to 1 session at a time, of 6")]
    public async Task What_happens_at_the_door_is_told_and_changes_no_verdict(string name, int connections, string note)
    {
        var free = await Free.Value;
        var narrow = await TestAsync(Doors[name](new Fault()), connections);
        var (isOne, isOften) = (
            note.Contains("kept to 1", StringComparison.Ordinal),
            name.Contains("now and then", StringComparison.Ordinal)
        );
        TestRun.None(
            "verdicts that differ",
            free.Results.Zip(narrow.Results)
                .Where(pair => pair.First.Verdict != pair.Second.Verdict && !(isOne && Apart.Contains(pair.First.Case.Id)))
                .Select(pair => $"{pair.First.Case.Id}: {pair.First.Verdict}, and {pair.Second.Verdict} ({pair.Second.Reason})")
        );
        Assert.Equal(
            isOne ? Apart : [],
            narrow.Results.Where(result => result.Verdict is CaseVerdict.Inconclusive).Select(result => result.Case.Id)
        );
        Assert.Equal(free.Gaps, narrow.Gaps);
        Assert.Contains(narrow.Notes, each => each.Contains(note, StringComparison.Ordinal));
        Assert.Equal(isOften, !narrow.Notes.Any(each => each.Contains("the run kept to", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fault_behind_the_door_is_found_all_the_same()
    {
        var fault = new Fault
        {
            Line = (session, line, right) =>
                MiniSession.Split(line).Verb == "RSET" && session.From is not null ? "250 nothing was reset" : right(),
        };
        var report = await TestAsync(Doors["now and then 451"](fault), 4);
        Assert.Contains(report.Results, result => result.Verdict is CaseVerdict.Fail && result.Case.Command == Spec.Rfc821.RSET);
    }

    [Theory]
    [InlineData(0, int.MaxValue, 4, "")]
    [InlineData(400, int.MaxValue, 16, "")]
    [InlineData(400, 16, 16, "")]
    [InlineData(400, 9, 4, "")]
    [InlineData(400, 3, 3, "the run kept to 3 sessions at a time, of 4 that were asked for")]
    public async Task More_sessions_are_begun_at_a_time_where_each_waits_for_its_greeting(int delay, int limit, int most, string note)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var inside = new ConcurrentBag<int>();
        await using var server = new MiniServer(
            new Fault
            {
                Delay = TimeSpan.FromMilliseconds(delay),
                Door = (_, open) =>
                {
                    inside.Add(open);
                    return open > limit ? "421 too many" : null;
                },
            }
        );
        var door = new Door(server.Target, new Pace(null), 4, 2) { WhereSlow = 16 };
        await (await door.EnterAsync(cancellation)).DisposeAsync();
        await door.FindLimitAsync(TimeSpan.FromSeconds(5), cancellation);
        Assert.Equal((most, most >= 4 ? most : 4), (door.Most, door.Asked));
        Assert.Equal(note.Length > 0, door.IsNarrow);
        Assert.StartsWith(note, string.Concat(door.Notes.Where(one => one.Contains("the run kept to", StringComparison.Ordinal))));
        Assert.InRange(inside.Max(), most, 16);
    }

    [Fact]
    public async Task A_server_that_is_at_work_before_each_greeting_is_asked_for_no_more()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var one = new SemaphoreSlim(1);
        await using var server = new MiniServer(
            new Fault
            {
                Door = (_, _) =>
                {
                    one.Wait(cancellation);
                    Thread.Sleep(80);
                    one.Release();
                    return null;
                },
            }
        );
        var door = new Door(server.Target, new Pace(null), 4, 2) { WhereSlow = 16 };
        await door.FindLimitAsync(TimeSpan.FromSeconds(5), cancellation);
        Assert.Equal((4, 4), (door.Most, door.Asked));
    }

    private static async Task<TestReport> TestAsync(Fault fault, int connections)
    {
        await using var server = new MiniServer(fault);
        return await new ConformanceTest(Spec.Profiles.Rfc5321, new TestOptions
        {
            Connections = connections,
            Select = one => one.Kind is not CaseKind.Wire || Wire.Contains(one.Id),
            Patience = TimeSpan.FromMilliseconds(100),
        }).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
    }
}
