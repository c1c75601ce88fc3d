using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>Each fault of a client is found where it shows, by its rule, and what is no fault is not held against it.</summary>
public sealed class ClientTrialTests
{
    // for a client that does not end by itself; one that does is given what a busy machine needs
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(nameof(Habit.SendsTextBehindAny2yz), "code/DATA/250", "FAIL K14")]
    [InlineData(nameof(Habit.SendsTextWhateverDataDrew), "reply/DATA/554", "FAIL K14")]
    [InlineData(nameof(Habit.SendsTextWithoutWaiting), "slow/DATA", "FAIL K14", true)]
    [InlineData(nameof(Habit.GoesOnWithoutRecipients), "offer/nothing-and-RCPT-all", "NON-STRICT K6")]
    [InlineData(nameof(Habit.SendsTextToNobody), "reply/DATA/354-in-vain", "NON-STRICT K15")]
    [InlineData(nameof(Habit.TalksAhead), "offer/nothing", "FAIL K12")]
    [InlineData(nameof(Habit.TalksBeforeTheGreeting), "slow/connection", "NON-STRICT K11")]
    [InlineData(nameof(Habit.DoublesNoDots), "plain", "FAIL K47", true)]
    [InlineData(nameof(Habit.EndsDataAtAnyDot), "plain", "FAIL K47", true)]
    [InlineData(nameof(Habit.EndsLinesWithLf), "plain", "FAIL K16", true)]
    [InlineData(nameof(Habit.SendsAgainWhereQuitGoesWrong), "close/QUIT/before", "FAIL K42")]
    [InlineData(nameof(Habit.HangsWhereTheChannelIsLost), "close/MAIL/before", "NON-STRICT K45")]
    [InlineData(nameof(Habit.HangsBehindRefusals), "reply/MAIL/550", "NON-STRICT K46")]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "reply/end-of-data/554", "FAIL K40")]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "reply/MAIL/451", "FAIL K40")]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "reply/RCPT-all/550", "FAIL K40")]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "reply/connection/554", "FAIL K40")]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "close/end-of-data/before", "FAIL K40")]
    [InlineData(nameof(Habit.SaysFailureWhereQuitGoesWrong), "close/QUIT/before", "NON-STRICT K43")]
    [InlineData(nameof(Habit.WantsTextInReplies), "bare/RCPT", "FAIL K35")]
    [InlineData(nameof(Habit.ReadsTextOfReplies), "text/end-of-data", "FAIL K35")]
    [InlineData(nameof(Habit.WantsExactCodes), "code/end-of-data/259", "FAIL K36")]
    [InlineData(nameof(Habit.ReadsOneLineOfReplies), "lines/MAIL", "FAIL K37")]
    [InlineData(nameof(Habit.RepeatsWhatIsRefused), "reply/RCPT-first/550", "NON-STRICT K44")]
    [InlineData(nameof(Habit.ComesAgainWithWhatIsRefused), "reply/RCPT-all/550", "NON-STRICT K44")]
    [InlineData(nameof(Habit.ComesAgainWithWhatIsRefused), "reply/RCPT-last/550", "NON-STRICT K44")]
    [InlineData(nameof(Habit.ComesAgainWithWhatIsRefused), "reply/DATA/554", "NON-STRICT K44")]
    [InlineData(nameof(Habit.ComesAgainWithWhatIsRefused), "reply/end-of-data/554", "NON-STRICT K44")]
    [InlineData(nameof(Habit.SendsSizeUnasked), "offer/nothing", "FAIL K25")]
    [InlineData(nameof(Habit.WaitsTenthOfASecond), "slow/RCPT", "NON-STRICT K38")]
    [InlineData(nameof(Habit.IsSilentOnRefusedRecipients), "reply/RCPT-last/550", "INFO K41")]
    [InlineData(nameof(Habit.TakesNo251), "reply/RCPT-all/251", "NON-STRICT K39")]
    public async Task A_fault_is_found_where_it_shows_and_by_its_rule(string habit, string scenario, string found, bool isAlways = false)
    {
        var report = await TryAsync(habit, scenario);
        // what shows in the plain scenario is told there and nowhere else; whether the server was quicker than the text decides that
        var result = isAlways && Found(report.Plain).Contains(found) ? report.Plain : Assert.Single(report.Results);
        Assert.Contains(found, Found(result));
        Assert.True(result.Verdict == result.Blames[0].Verdict, Words(result));
        Assert.NotEmpty(result.Blames[0].Evidence);
        Assert.Equal([], report.ServerFaults);
    }

    // the exit status of a call that throws is 1: the client keeps the message by it, or returns it
    [Theory]
    [InlineData(1, "reply/RCPT-all/550", "NON-STRICT K44")]
    [InlineData(1, "code/MAIL/559", "NON-STRICT K44")]
    [InlineData(1, "reply/end-of-data/451", null)]
    [InlineData(1, "reply/RCPT-last/552", null)]
    [InlineData(1, "reply/connection/554", null)]
    [InlineData(1, "close/DATA/before", null)]
    [InlineData(75, "reply/MAIL/451", "NON-STRICT K49")]
    [InlineData(75, "reply/RCPT-last/452", "NON-STRICT K49")]
    [InlineData(75, "close/DATA/before", "NON-STRICT K45")]
    [InlineData(75, "reply/RCPT-last/552", "NON-STRICT K50")]
    [InlineData(75, "reply/RCPT-all/552", null)]
    [InlineData(75, "reply/MAIL/550", null)]
    public async Task What_a_client_with_a_queue_keeps_and_what_it_returns_is_judged(int kept, string scenario, string? found)
    {
        var report = await TryAsync(nameof(Habit.None), scenario, [kept]);
        Assert.Equal(found is null ? [] : [found], Found(Assert.Single(report.Results)));
        Assert.Equal([], Found(Assert.Single((await TryAsync(nameof(Habit.None), scenario)).Results)));
    }

    // what a client tells is in no line
    [Theory]
    [InlineData(nameof(Habit.RepeatsWhatIsRefused), "reply/RCPT-first/550", "RCPT TO:<first@example.test>", 2)]
    [InlineData(nameof(Habit.SendsTextWhateverDataDrew), "reply/DATA/554", "From: <sender@example.test>", 1)]
    [InlineData(nameof(Habit.DoublesNoDots), "plain", ".", 1)]
    [InlineData(nameof(Habit.SendsAgainWhereQuitGoesWrong), "close/QUIT/before", ".", 1)]
    [InlineData(nameof(Habit.SaysSuccessBehindRefusals), "reply/MAIL/451", null, 0)]
    public async Task The_line_that_is_marked_is_the_one_that_is_wrong(string habit, string scenario, string? marked, int time)
    {
        var report = await TryAsync(habit, scenario);
        var lines = (scenario == Scenario.PlainId ? report.Plain : Assert.Single(report.Results)).Blames[0].Evidence;
        Assert.Equal(marked is null ? [] : [marked], lines.Where(line => line.IsBlamed).Select(line => line.Text));
        Assert.Equal(time, lines.TakeWhile((_, at) => at == 0 || !lines[at - 1].IsBlamed).Count(line => line.Text == marked));
    }

    private static List<string> Found(ScenarioResult result) =>
        [.. result.Blames.Select(blame => $"{Word(blame.Verdict)} {blame.Rule.Id}")];

    // what is demanded of TLS is broken in TlsTrialTests, what is asked of logins in LoginTrialTests, of LMTP in LocalTrialTests
    [Fact]
    public void Each_rule_that_only_a_trial_can_see_is_broken_by_a_client_of_these_tests()
    {
        var broken = new[]
        {
            nameof(A_fault_is_found_where_it_shows_and_by_its_rule),
            nameof(What_a_client_with_a_queue_keeps_and_what_it_returns_is_judged),
        }
            .SelectMany(name => typeof(ClientTrialTests).GetMethod(name)!.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => ((InlineDataAttribute)data).Data[2] as string)
            .OfType<string>()
            .Select(found => found.Split(' ')[1]);
        Rule[] elsewhere = [TrialRules.Demanded, TrialRules.Secret, TrialRules.Unknown, TrialRules.EachReply];
        Assert.Equal([], TrialRules.All.Except(elsewhere).Select(rule => rule.Id).Except(broken));
        Assert.Equal([], TrialRules.All.Select(rule => rule.Id).Intersect(ClientRules.All.Select(rule => rule.Id)));
    }

    [Fact]
    public async Task One_that_leaves_without_QUIT_is_told_so_once_apart_from_the_scenarios()
    {
        var report = await TryAsync(nameof(Habit.LeavesWithoutQuit), "reply/MAIL/*");
        var parting = Assert.Single(report.Partings);
        Assert.Equal("K8", parting.Blame.Rule.Id);
        Assert.Equal(
            [
                "plain",
                "reply/MAIL/451",
                "reply/MAIL/452",
                "reply/MAIL/455",
                "reply/MAIL/501",
                "reply/MAIL/550",
                "reply/MAIL/552",
                "reply/MAIL/553",
                "reply/MAIL/555",
            ],
            parting.Scenarios
        );
        Assert.All(report.Results, result => Assert.Equal(CaseVerdict.Pass, result.Verdict));
        Assert.True(report.HasFailed);
    }

    [Fact]
    public async Task Where_the_server_closed_first_nobody_is_blamed_for_leaving_without_QUIT()
    {
        var report = await TryAsync(nameof(Habit.LeavesWithoutQuit), "close/*");
        Assert.Equal(["plain"], Assert.Single(report.Partings).Scenarios.Except(["close/QUIT/before", "close/QUIT/behind"]));
    }

    [Fact]
    public async Task The_exit_status_of_one_that_queues_says_nothing_and_is_not_judged()
    {
        var report = await TryAsync(nameof(Habit.EndsBeforeItSends), "reply/end-of-data/55*");
        Assert.Equal(
            ["PASS reply/end-of-data/552", "PASS reply/end-of-data/554", "PASS reply/end-of-data/550"],
            report.Results.Select(Words)
        );
    }

    [Fact]
    public async Task What_shows_once_of_two_times_is_held_against_nobody()
    {
        var client = new TestClient(Habit.FailsOnce);
        var report = await new ClientTrial(
            new TrialOptions
            {
                Call = client.SendAsync,
                TimeLimit = Long,
                Linger = TimeSpan.FromMilliseconds(50),
                Select = one => one.Id is "lines/MAIL" or "lines/RCPT",
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "PASS lines/MAIL",
                "INCONCLUSIVE lines/RCPT: once only of two times: the message was accepted, and the client says that it failed",
            ],
            report.Results.Select(Words)
        );
    }

    [Fact]
    public async Task What_a_client_does_always_is_told_once_and_not_in_each_scenario()
    {
        var report = await TryAsync(nameof(Habit.EndsLinesWithLf), "lines/*");
        Assert.Equal(CaseVerdict.Fail, report.Plain.Verdict);
        Assert.All(report.Results, result => Assert.Equal(CaseVerdict.Pass, result.Verdict));
    }

    [Fact]
    public async Task With_one_recipient_what_needs_more_of_them_is_not_called_passed()
    {
        var client = new TestClient(Habit.None, "only@example.test");
        var report = await new ClientTrial(
            new TrialOptions
            {
                Call = client.SendAsync,
                Select = one =>
                    one.Id.StartsWith("reply/RCPT-", StringComparison.Ordinal) && one.Id.EndsWith("550", StringComparison.Ordinal),
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                "PASS reply/RCPT-all/550",
                "PASS reply/RCPT-first/550",
                "N/A reply/RCPT-middle/550: the client never came to where something is unusual",
                "N/A reply/RCPT-last/550: the client never came to where something is unusual",
            ],
            report.Results.Select(Words)
        );
        Assert.Contains("the client sends to one recipient; with three of them more can be tried", report.Notes);
    }

    [Fact]
    public async Task A_client_that_delivers_nothing_where_all_is_accepted_ends_the_trial_without_a_verdict()
    {
        var report = await new ClientTrial(
            new TrialOptions { Call = (_, _, _) => throw new InvalidOperationException("no"), Linger = TimeSpan.FromMilliseconds(50) }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal("the client never connected, and ended with exit status 1: InvalidOperationException: no", report.Stopped);
        Assert.False(report.IsConclusive);
    }

    private static Task<TrialReport> TryAsync(string habit, string? scenario, int[]? kept = null)
    {
        var client = new TestClient(Enum.Parse<Habit>(habit));
        var options = new TrialOptions
        {
            Call = client.SendAsync,
            TimeLimit = habit.StartsWith("Hangs", StringComparison.Ordinal) ? Short : Long,
            PlaysOnce = true,
            DeferredExits = kept ?? [],
            Late = TimeSpan.FromMilliseconds(habit == nameof(Habit.WaitsTenthOfASecond) ? 300 : 100),
        };
        return new ClientTrial(
            scenario is null
                ? options
                : options with
                {
                    Select = one => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(scenario, one.Id),
                }
        ).RunAsync(null, TestContext.Current.CancellationToken);
    }

    internal static string Words(ScenarioResult result) =>
        $"{Word(result.Verdict)} {result.Scenario.Id}{(result.Reason.Length > 0 ? $": {result.Reason}" : "")}";

    internal static string Word(CaseVerdict verdict) => verdict switch
    {
        CaseVerdict.Pass => "PASS",
        CaseVerdict.Fail => "FAIL",
        CaseVerdict.NonStrict => "NON-STRICT",
        CaseVerdict.Info => "INFO",
        CaseVerdict.Inconclusive => "INCONCLUSIVE",
        _ => "N/A",
    };
}
