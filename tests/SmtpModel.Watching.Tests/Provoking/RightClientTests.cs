using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>Clients that are right, each in its way, are blamed for nothing in any scenario.</summary>
public sealed class RightClientTests
{
    private static readonly Habit[] Right =
    [
        Habit.None,
        Habit.SendsInGroups,
        Habit.BodyAndQuitInOneWrite,
        Habit.GivesUpWhereOneIsRefused,
        Habit.ResetsBehindRefusals,
        Habit.TriesAgainBehind4yz,
    ];

    // they wait most of the time, so all are tried at once
    private static readonly Lazy<Dictionary<string, Task<TrialReport>>> Trials = new(() =>
        Right.ToDictionary(
            habit => habit.ToString(),
            habit =>
                Task.Run(() =>
                    new ClientTrial(
                        new TrialOptions { Call = new TestClient(habit).SendAsync, Late = TimeSpan.FromMilliseconds(30) }
                    ).RunAsync()
                )
        )
    );

    public static TheoryData<string> Habits { get; } = [.. Right.Select(habit => habit.ToString())];

    [Theory]
    [MemberData(nameof(Habits))]
    public async Task A_client_that_is_right_is_blamed_for_nothing(string habit)
    {
        var report = await Trials.Value[habit];
        Assert.Equal(
            [],
            report
                .Results.Where(result => result.Verdict is not (CaseVerdict.Pass or CaseVerdict.NotApplicable))
                .Select(ClientTrialTests.Words)
        );
        Assert.Equal([], report.Partings.Select(parting => $"{parting.Blame} in {string.Join(", ", parting.Scenarios)}"));
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal(
            Unreached(habit),
            report.Results.Where(result => result.Verdict is CaseVerdict.NotApplicable).Select(result => result.Scenario.Id)
        );
        Assert.Equal([], report.ServerFaults);
    }

    [Fact]
    public async Task A_right_client_is_answered_all_that_the_rows_have_where_it_comes_by()
    {
        var report = await Trials.Value[nameof(Habit.ResetsBehindRefusals)];
        Assert.Equal([], report.Coverage.Open);
        Assert.Equal((58, 58), (report.Coverage.Answered, report.Coverage.All));
        var less = await Trials.Value[nameof(Habit.None)];
        Assert.All(less.Coverage.Open, exchange => Assert.Contains("RSET", exchange, StringComparison.Ordinal));
        Assert.Equal(less.Coverage.All - 3, less.Coverage.Answered);
    }

    // what a client never does cannot be answered, and is not called passed
    private static string[] Unreached(string habit) => habit switch
    {
        nameof(Habit.SendsInGroups) or nameof(Habit.BodyAndQuitInOneWrite) => ["reply/RSET/501", "reply/RSET/421"],
        nameof(Habit.ResetsBehindRefusals) => ["reply/DATA/354-in-vain"],
        _ => ["reply/RSET/501", "reply/RSET/421", "reply/DATA/354-in-vain"],
    };
}
