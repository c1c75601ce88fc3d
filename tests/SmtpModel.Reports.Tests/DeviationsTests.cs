using SmtpModel.Reports.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

public sealed class DeviationsTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public async Task Known_failures_do_not_fail_a_run_and_show_why()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());

        var outcome = Known(server).Apply([server], Today);

        Assert.True(outcome.IsFine);
        Assert.All(outcome.Servers[0].Cases.Where(one => one.Verdict is CaseVerdict.Fail), one =>
            Assert.Equal("upstream bug 17", one.Known!.Reason)
        );
        Assert.All(outcome.Servers[0].Cases.Where(one => one.Verdict is not CaseVerdict.Fail), one => Assert.Null(one.Known));
        Assert.False(new Deviations([.. Known(server).Entries.Skip(1)]).Apply([server], Today).IsFine);
    }

    [Fact]
    public async Task A_known_failure_that_is_gone_fails_the_run_and_says_what_to_do()
    {
        var (faulty, good) = (ServerReport.Of(await Sample.FaultyAsync()), ServerReport.Of(await Sample.GoodAsync()));

        var outcome = Known(faulty).Apply([good], Today);

        Assert.False(outcome.IsFine);
        Assert.All(outcome.Problems, problem => Assert.Equal(DeviationProblemKind.UnexpectedPass, problem.Kind));
        Assert.Equal(Known(faulty).Entries, outcome.Problems.Select(problem => problem.Deviation));
        Assert.Equal(
            "rfc5321/3.3/RCPT-out-of-order-in-Ready no longer fails at 127.0.0.1:2525 (pass), though it is a known deviation (upstream "
                + "bug 17); "
                + "remove the entry, or run with --deviations-update",
            outcome
                .Problems.First(problem => problem.Deviation.Case.EndsWith("RCPT-out-of-order-in-Ready", StringComparison.Ordinal))
                .Message
        );
    }

    [Fact]
    public async Task A_deviation_holds_on_its_last_day_and_fails_on_the_next()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var known = new Deviations([.. Known(server).Entries.Select(entry => entry with { Expires = Today })]);

        Assert.True(known.Apply([server], Today).IsFine);
        var outcome = known.Apply([server], Today.AddDays(1));

        Assert.Equal(server.Failures.Count(), outcome.Servers[0].Failures.Count());
        Assert.All(outcome.Problems, problem => Assert.Equal(DeviationProblemKind.Expired, problem.Kind));
        Assert.Contains(
            "still fails at 127.0.0.1:2526, and the known deviation (upstream bug 17) expired on 2026-11-24; mend the server or set a "
                + "later day",
            outcome.Problems[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_case_that_was_not_decided_leaves_its_deviation_alone()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var undecided = server.Cases.First(one => one.Verdict is CaseVerdict.NotApplicable);

        Assert.Empty(new Deviations([new Deviation(undecided.Id, "why")]).Apply([server], Today).Problems);
        Assert.Contains(new Deviations([new Deviation(undecided.Id, "why")]).Update([server]).Entries, entry =>
            entry.Case == undecided.Id
        );
    }

    [Fact]
    public async Task A_case_that_there_is_not_is_a_problem_unless_it_was_only_not_selected()
    {
        var server = ServerReport.Of(await Sample.GoodAsync());
        var known = new Deviations([new Deviation("rfc5321/9.9/nothing", "why")]);

        Assert.Equal(DeviationProblemKind.UnknownCase, Assert.Single(known.Apply([server], Today).Problems).Kind);
        Assert.Empty(known.Apply([server], Today, ["rfc5321/9.9/nothing"]).Problems);
    }

    [Fact]
    public async Task A_deviation_of_one_server_is_none_of_another_and_goes_before_one_for_all()
    {
        var (a, b) = (ServerReport.Of(await Sample.FaultyAsync("a:25")), ServerReport.Of(await Sample.FaultyAsync("b:25")));
        var one = a.Failures.First().Id;

        var outcome = new Deviations([new Deviation(one, "for all"), new Deviation(one, "for a") { Server = "a:25" }]).Apply(
            [a, b],
            Today
        );
        Assert.Equal(
            ["for a", "for all"],
            outcome.Servers.Select(server => server.Cases.Single(result => result.Id == one).Known!.Reason)
        );

        var only = new Deviations([new Deviation(one, "for a") { Server = "a:25" }]).Apply([a, b], Today);
        Assert.Equal(["for a", null], only.Servers.Select(server => server.Cases.Single(result => result.Id == one).Known?.Reason));
    }

    [Fact]
    public async Task An_update_adds_what_fails_keeps_reasons_and_drops_what_is_gone()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var kept = new Deviation(server.Failures.First().Id, "explained") { Expires = Today };
        var gone = new Deviation(server.Cases.First(one => one.Verdict is CaseVerdict.Pass).Id, "was so once");

        var updated = new Deviations([gone, kept]).Update([server]);

        Assert.Equal(kept, updated.Entries[0]);
        Assert.Equal(server.Failures.Select(one => one.Id), updated.Entries.Select(entry => entry.Case));
        Assert.All(updated.Entries, entry => Assert.Null(entry.Server));
        Assert.All(updated.Entries.Skip(1), entry => Assert.Equal(("not yet explained", false), (entry.Reason, entry.IsExplained)));
        Assert.True(updated.Apply([server], Today).IsFine);
    }

    [Fact]
    public async Task An_update_of_several_servers_names_them()
    {
        var (good, faulty) = (ServerReport.Of(await Sample.GoodAsync()), ServerReport.Of(await Sample.FaultyAsync()));

        var updated = Known(faulty).Update([good, faulty]);

        Assert.Equal(Known(faulty).Entries.Select(entry => entry with { Server = faulty.Target }), updated.Entries);
        Assert.True(updated.Apply([good, faulty], Today).IsFine);
    }

    [Fact]
    public async Task A_file_is_read_back_as_it_was_written_and_is_valid_by_its_schema()
    {
        var known = new Deviations([
            new Deviation("rfc5321/4.2/form", "it \"says\" so") { Server = "a:25", Expires = Today },
            new Deviation("rfc5321/4.2/one-reply", "why"),
        ]);

        Assert.Equal(known.Entries, Deviations.Parse(known.ToJson()).Entries);
        Assert.Empty(await Schema.FaultsAsync(known.ToJson(), "deviations.schema.json"));
        Assert.NotEmpty(
            await Schema.FaultsAsync(
                known.ToJson().Replace("\"reason\"", "\"reasons\"", StringComparison.Ordinal),
                "deviations.schema.json"
            )
        );
        Assert.NotEmpty(
            await Schema.FaultsAsync(known.ToJson().Replace("2026-11-24", "soon", StringComparison.Ordinal), "deviations.schema.json")
        );
    }

    [Theory]
    [InlineData("{\n  \"version\": 1,\n  \"deviations\": [\n    { \"case\" \"a\" }\n  ]\n}", "line 4, column 14: this is not JSON")]
    [InlineData("[]", "the file is no object")]
    [InlineData("{ \"version\": 2, \"deviations\": [] }", "\"version\" is missing or is not 1")]
    [InlineData("{ \"version\": 1 }", "\"deviations\" is missing or is no list")]
    [InlineData("{ \"version\": 1, \"deviations\": [7] }", "entry 1 is no object")]
    [InlineData(
        "{ \"version\": 1, \"deviations\": [{ \"case\": \"a\", \"reason\": \"r\" }, { \"reason\": \"r\" }] }",
        "entry 2: \"case\" is missing; write the id of a case"
    )]
    [InlineData("{ \"version\": 1, \"deviations\": [{ \"case\": \"a\" }] }", "entry 1 (a): \"reason\" is missing; say why")]
    [InlineData(
        "{ \"version\": 1, \"deviations\": [{ \"case\": \"a\", \"reason\": \" \" }] }",
        "entry 1 (a): \"reason\" is empty or is no text"
    )]
    [InlineData(
        "{ \"version\": 1, \"deviations\": [{ \"case\": \"a\", \"reason\": \"r\", \"expires\": \"31.1.2027\" }] }",
        "entry 1 (a): \"expires\" is '31.1.2027', which is no day; write it as 2027-01-31"
    )]
    [InlineData(
        "{ \"version\": 1, \"deviations\": [{ \"case\": \"a\", \"reason\": \"r\", \"expire\": \"2027-01-31\" }] }",
        "entry 1: there is no \"expire\"; there are case, server, reason, expires"
    )]
    [InlineData(
        "{ \"version\": 1, \"deviations\": [{ \"case\": \"a\", \"reason\": \"r\" }, { \"case\": \"a\", \"reason\": \"s\" }] }",
        "the case 'a' is there 2 times; leave one of them"
    )]
    public void What_is_wrong_with_a_file_is_said_with_its_place_and_what_to_do(string json, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Deviations.Parse(json)).Message, StringComparison.Ordinal);

    private static Deviations Known(ServerReport server) =>
        new([.. server.Failures.Select(one => new Deviation(one.Id, "upstream bug 17"))]);
}
