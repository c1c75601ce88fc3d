using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Learning;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>Faults that need memory: no case shows them, and the time that is spent behind the cases does.</summary>
public class ThoroughTests
{
    public static TheoryData<string, string, string> Counters => new()
    {
        {
            CountingServer.ThirdVrfy,
            "rfc5321/3.3/DATA-out-of-order-in-MailGiven",
            "it shows behind the third VRFY in one transaction, and not behind fewer"
        },
        {
            CountingServer.ThirdVrfyOfSession,
            "rfc5321/3.3/DATA-out-of-order-in-MailGiven",
            "it shows behind the third VRFY in one session, and not behind fewer"
        },
        {
            CountingServer.SecondRset,
            "",
            "second RSET in one session"
        },
        { CountingServer.RsetBehindMessage, "", "" },
    };

    [Theory]
    [MemberData(nameof(Counters))]
    public async Task A_server_that_counts_passes_all_cases_and_fails_where_time_is_spent_on_it(string what, string id, string words)
    {
        await using var target = new PlantedTarget(send => CountingServer.Of(what, send));
        Assert.Empty((await TestAsync(target, sessions: null)).Failures);

        var report = await TestAsync(target, sessions: 3000);

        var failures = report.Failures.ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', failures));
        Assert.NotEmpty(failures);
        Assert.Contains(failures, failure => failure.Case.Id.StartsWith(id, StringComparison.Ordinal)
            && failure.Reason.Contains(words, StringComparison.Ordinal));
        // the evidence is a session, and played again it shows the same
        foreach (var failure in failures)
        {
            var again = await new SessionRunner(new Oracle(Profiles.Rfc5321.Table)).RunAsync(
                target,
                failure.Evidence!.Session!,
                cancellation: TestContext.Current.CancellationToken
            );
            Assert.Equal(failure.Evidence.Came, again.Violation?.Came);
        }
    }

    [Fact]
    public async Task A_right_server_is_accused_of_nothing_and_the_report_says_what_was_spent()
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);

        var report = await TestAsync(target, sessions: 3000);

        Assert.Empty(report.Failures);
        Assert.Contains(report.Notes, note =>
            note.Contains("states that the specification has not: 3000 sessions", StringComparison.Ordinal)
            && note.EndsWith("and nothing was wrong", StringComparison.Ordinal));
        Assert.True(report.Sessions > 3000);
    }

    // a fault that a short session shows is one finding, whatever is spent
    [Fact]
    public async Task What_a_case_shows_is_not_shown_again_by_a_longer_session()
    {
        var mutant = MutantCatalogue.Of(Profiles.Rfc5321).Find("transfer.MailGiven.RSET-250.MailGiven")!;
        await using var target = InMemoryTarget.Of(mutant);
        var without = await TestAsync(target, sessions: null);

        var with = await TestAsync(target, sessions: 500);

        Assert.NotEmpty(without.Failures);
        Assert.Equal(without.Failures.Select(one => one.Case.Id), with.Failures.Select(one => one.Case.Id));
    }

    [Fact]
    public async Task It_keeps_to_its_time()
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
        var options = new TestOptions { Depth = Depth.Data, Thorough = new RandomSearch(TimeSpan.FromMilliseconds(300)) };

        var report = await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(
            target,
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.Contains(report.Notes, note => note.Contains("states that the specification has not", StringComparison.Ordinal));
    }

    private static Task<TestReport> TestAsync(ITarget target, long? sessions) =>
        new ConformanceTest(
            Profiles.Rfc5321,
            new TestOptions
            {
                Depth = Depth.Data,
                Thorough = sessions is { } most ? new RandomSearch(TimeSpan.FromMinutes(5)) { Sessions = most } : null,
                Patience = TimeSpan.Zero,
            }
        ).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
}
