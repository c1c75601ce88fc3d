using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Coverages;

// Each gap's session, played, reaches that gap; and it is the shortest, and forced where it is said to be.
public class GapTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_session_of_every_gap_reaches_it(string name)
    {
        var profile = EveryProfile.Named(name);
        var target = InMemoryTarget.Of(profile);
        var report = CoverageReport.Of(new Coverage(profile.Table));
        var missed = new List<string>();
        foreach (var gap in report.Gaps)
        {
            var covered = new Coverage(profile.Table);
            var transcript = new Transcript();
            var result = await new SessionRunner(new Oracle(profile.Table), covered).RunAsync(
                target,
                gap.Session,
                transcript,
                TestContext.Current.CancellationToken
            );
            if (result.Violation is not null || Hits(covered, gap) == 0)
            {
                missed.Add($"{gap.Kind} {gap}\n{transcript}");
            }
        }

        TestRun.Print($"{name}: {report.Gaps.Count} gaps, {report.ByClient} by the client, {report.ByServer} by the server");
        TestRun.None("not reached by their sessions", missed.Take(20));
        var (states, edges, pairs, cells) = (report.Coverage.States, report.Coverage.Edges, report.Coverage.Pairs, report.Coverage.Cells);
        Assert.Equal(states.Of + edges.Of + pairs.Of + cells.Of, report.Gaps.Count);
    }

    // the server of the tests takes everything and is told nothing: what the client is said to force comes all the same
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task What_the_client_is_said_to_reach_by_itself_it_reaches_without_a_script(string name)
    {
        var profile = EveryProfile.Named(name);
        var target = InMemoryTarget.Of(profile);
        var missed = new List<string>();
        foreach (var gap in CoverageReport.Of(new Coverage(profile.Table)).Gaps.Where(gap => gap.IsByClient))
        {
            var covered = new Coverage(profile.Table);
            var plain = new TestSession([.. gap.Session.Steps.Select(step => step with { Script = 0 })]);
            await new SessionRunner(new Oracle(profile.Table), covered).RunAsync(
                target,
                plain,
                cancellation: TestContext.Current.CancellationToken
            );
            if (Hits(covered, gap) == 0)
            {
                missed.Add($"{gap.Kind} {gap}");
            }
        }

        TestRun.None("not reached by the client alone", missed.Take(20));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public void No_shorter_session_reaches_a_gap(string name)
    {
        var table = EveryProfile.Named(name).Table;
        var shortest = Paths.Shortest(table);
        foreach (var gap in CoverageReport.Of(new Coverage(table)).Gaps)
        {
            var own = gap.Kind switch { GapKind.State => 0, GapKind.Pair => 2, _ => 1 };
            // the server may close at once, but the client needs QUIT to have it closed
            var isForced = gap.IsByClient && gap.State == table.Final;
            Assert.True(gap.Steps.Count == shortest[gap.State].Count + own + (isForced ? 1 : 0), $"{gap} has {gap.Steps.Count} steps");
        }
    }

    [Fact]
    public void A_gap_says_what_to_type_and_what_the_server_has_to_choose()
    {
        var gaps = CoverageReport.Of(new Coverage(Profiles.Find("rfc5321")!.Table)).Gaps;
        Assert.Equal(
            "MailGiven: RCPT / 452 -> MailGiven: HELO client.example.test; MAIL FROM:<sender@example.test>; RCPT "
                + "TO:<recipient@example.test> (needs the server to answer 452 to RCPT)",
            Find("MailGiven: RCPT / 452 -> MailGiven")
        );
        Assert.Equal(
            "ReceivingData: end of data / 250 -> Ready: HELO client.example.test; MAIL FROM:<sender@example.test>; RCPT "
                + "TO:<recipient@example.test>; DATA; Subject: test; ; text; .",
            Find("ReceivingData: end of data / 250 -> Ready")
        );
        Assert.Equal(
            "TurnedAway: QUIT / 221 -> Closed: QUIT (needs the server to greet with 554)",
            Find("TurnedAway: QUIT / 221 -> Closed")
        );
        Assert.Equal("Ready: MAIL / 501 -> Ready: HELO client.example.test; MAIL", Find("Ready: MAIL / 501 -> Ready"));
        Assert.Equal("MailGiven: DATA: HELO client.example.test; MAIL FROM:<sender@example.test>; DATA", Find("MailGiven: DATA"));

        string Find(string title) => gaps.Single(gap => gap.Title == title).ToString();
    }

    [Fact]
    public void The_sessions_name_what_the_server_is_known_to_take()
    {
        var table = Profiles.Find("rfc5321")!.Table;
        var report = CoverageReport.Of(new Coverage(table), new Palette(table, new PaletteOptions { Recipient = "user@your.domain" }));
        Assert.Contains(report.Gaps, gap => gap.Typed.EndsWith("RCPT TO:<user@your.domain>", StringComparison.Ordinal));
    }

    private static int Hits(Coverage coverage, Gap gap) => gap.Kind switch
    {
        GapKind.State => coverage.Hits(gap.State),
        GapKind.Cell => coverage.Hits(gap.State, gap.Command!),
        GapKind.Edge => coverage.Hits(gap.Edge!),
        _ => coverage.Hits(gap.Edge!, gap.Next!),
    };
}
