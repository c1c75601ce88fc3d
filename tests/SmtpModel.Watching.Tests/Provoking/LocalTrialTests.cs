using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>Clients of LMTP on trial: a reply for each recipient behind the final dot, and LHLO (RFC 2033 4.1, 4.2).</summary>
public sealed class LocalTrialTests
{
    private static readonly LocalHabit[] Right = [LocalHabit.None, LocalHabit.SendsInGroups, LocalHabit.SendsAgainWhereItIsDue];

    public static TheoryData<string> RightOnes { get; } = [.. Right.Select(habit => habit.ToString())];

    [Theory]
    [MemberData(nameof(RightOnes))]
    public async Task A_client_that_is_right_is_blamed_for_nothing(string habit)
    {
        var report = await TryAsync(habit, "*");
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal(
            [],
            report
                .Results.Where(result => result.Verdict is not CaseVerdict.Pass)
                .Where(result => !result.Scenario.Id.StartsWith("reply/RSET/", StringComparison.Ordinal))
                .Select(ClientTrialTests.Words)
        );
        Assert.Equal([], report.Partings.Select(parting => $"{parting.Blame} in {string.Join(", ", parting.Scenarios)}"));
        Assert.Equal([], report.ServerFaults);
        Assert.All(report.Coverage.Open, exchange => Assert.Contains("RSET", exchange, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(LocalHabit.ReadsOneReply), "each/end-of-data/rest-550", "FAIL K54")]
    [InlineData(nameof(LocalHabit.ReadsOneReply), "each/end-of-data/late", "FAIL K54")]
    [InlineData(nameof(LocalHabit.ReadsOneReply), "octets/every-reply", "FAIL K54")]
    [InlineData(nameof(LocalHabit.TakesTheFirstForAll), "each/end-of-data/first-* each/end-of-data/last-550", "FAIL K54")]
    [InlineData(nameof(LocalHabit.TakesTheFirstForAll), "each/end-of-data/first-* each/end-of-data/middle-450", "FAIL K54")]
    [InlineData(nameof(LocalHabit.TakesTheLastForAll), "each/end-of-data/first-* each/end-of-data/last-550", "FAIL K54")]
    [InlineData(nameof(LocalHabit.IsSilentOnSome), "each/end-of-data/first-* each/end-of-data/last-550", "INFO K41")]
    [InlineData(nameof(LocalHabit.IsSilentOnSome), "each/end-of-data/rest-450", "INFO K41")]
    [InlineData(nameof(LocalHabit.IsSilentOnSome), "reply/end-of-data/550", "FAIL K40")]
    [InlineData(nameof(LocalHabit.IsSilentOnSome), "each/end-of-data/mixed", "FAIL K54", true)]
    [InlineData(nameof(LocalHabit.SendsAgainToAll), "each/end-of-data/middle-450", "FAIL K42")]
    [InlineData(nameof(LocalHabit.SendsAgainToAll), "reply/end-of-data/450", null)]
    [InlineData(nameof(LocalHabit.FallsBackToHelo), "reply/LHLO/500", "NON-STRICT K53")]
    [InlineData(nameof(LocalHabit.FallsBackToHelo), "reply/LHLO/421", null)]
    public async Task What_a_client_makes_of_the_replies_is_judged(string habit, string scenarios, string? found, bool hasQueue = false)
    {
        var report = await TryAsync(habit, scenarios, hasQueue ? [75] : []);
        Assert.Equal([], report.ServerFaults);
        var result = report.Results[^1];
        Assert.Equal(found, Found(result.Blames));
        Assert.Equal(found is null ? CaseVerdict.Pass : result.Blames[0].Verdict, result.Verdict);
    }

    // the exit status of a call that throws is 1: the client keeps the message by it, or returns it
    [Theory]
    [InlineData(1, "each/end-of-data/first-450", null)]
    [InlineData(1, "each/end-of-data/first-550", "NON-STRICT K44")]
    [InlineData(1, "each/end-of-data/rest-closed", null)]
    [InlineData(75, "each/end-of-data/last-450", "NON-STRICT K49")]
    [InlineData(75, "each/end-of-data/last-550", null)]
    [InlineData(75, "each/end-of-data/rest-421", "NON-STRICT K49")]
    [InlineData(75, "each/end-of-data/rest-closed", "NON-STRICT K45")]
    [InlineData(75, "each/end-of-data/mixed", null)]
    public async Task What_a_client_with_a_queue_keeps_and_what_it_returns_is_judged(int kept, string scenario, string? found) =>
        Assert.Equal(found, Found(Assert.Single((await TryAsync(nameof(LocalHabit.None), scenario, [kept])).Results).Blames));

    [Theory]
    [InlineData(nameof(LocalHabit.BeginsWithEhlo), "FAIL K53", "the session begins with EHLO")]
    [InlineData(nameof(LocalHabit.SaysNoHello), "FAIL K2", "MAIL was sent before LHLO was accepted")]
    public async Task How_a_session_is_opened_is_told_with_the_plain_scenario(string habit, string found, string words)
    {
        var blame = (await TryAsync(habit, "plain")).Plain.Blames[0];
        Assert.Equal((found, words), (Found([blame]), blame.What));
        Assert.Contains("LHLO", blame.Rule.Asks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_421_there_is_no_reply_for_the_others_and_the_table_is_covered_by_each_of_them()
    {
        var result = Assert.Single((await TryAsync(nameof(LocalHabit.None), "each/end-of-data/rest-421")).Results);
        Assert.Equal(
            ["250 2.0.0 OK", "421 4.0.0 mx.example.test not now"],
            result.Lines.SkipWhile(line => line.Text != ".").Skip(1).Where(line => line.Side is Side.Server).Select(line => line.Text)
        );
        Assert.Equal(1, result.Accepted);
    }

    private static string? Found(IReadOnlyList<Blame> blames) =>
        blames.Count == 0 ? null : $"{ClientTrialTests.Word(blames[0].Verdict)} {blames[0].Rule.Id}";

    private static Task<TrialReport> TryAsync(string habit, string scenarios, int[]? kept = null) =>
        new ClientTrial(
            new TrialOptions
            {
                Call = new LocalClient(Enum.Parse<LocalHabit>(habit)).SendAsync,
                Profile = Profiles.Lmtp,
                PlaysOnce = true,
                DeferredExits = kept ?? [],
                Late = TimeSpan.FromMilliseconds(Right.Contains(Enum.Parse<LocalHabit>(habit)) ? 30 : 100),
                Select = one =>
                    scenarios.Split(' ').Any(wanted => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(wanted, one.Id)),
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
}
