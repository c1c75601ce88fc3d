using System.Text.Json.Nodes;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

public sealed class JsonReportTests
{
    [Fact]
    public async Task A_report_is_read_back_as_it_was_written()
    {
        ServerReport[] servers =
        [
            ServerReport.Of(await Sample.GoodAsync()),
            ServerReport.Of(await Sample.FaultyAsync()),
            ServerReport.Of(await Sample.HostileAsync()),
        ];
        var json = JsonReport.Write(servers);

        var read = JsonReport.Read(json);

        Assert.Equal(json, JsonReport.Write(read));
        Assert.Equal(servers.Select(server => server.Cases.Count), read.Select(server => server.Cases.Count));
        Assert.Equivalent(servers, read, strict: true);
    }

    [Fact]
    public async Task A_report_is_valid_by_its_schema_and_the_schema_finds_what_is_wrong()
    {
        var outcome = new Deviations([new Deviation((await FirstFailureAsync()).Id, "upstream") { Expires = new DateOnly(2027, 1, 31) }])
            .Apply([ServerReport.Of(await Sample.FaultyAsync())], new DateOnly(2026, 11, 24));
        var json = JsonReport.Write([.. outcome.Servers, ServerReport.Of(await Sample.HostileAsync())]);

        Assert.Contains("\"expires\": \"2027-01-31\"", json, StringComparison.Ordinal);
        Assert.Empty(await Schema.FaultsAsync(json, "test-report.schema.json"));

        foreach (
            var (was, now) in new[]
            {
                ("\"pass\"", "\"passed\""),
                ("\"covered\"", "\"hit\""),
                ("\"target\"", "\"name\""),
                ("\"greeting\": \"220", "\"greeting\": \"\u00E9220"),
                ("\"code\": 2", "\"code\": 6"),
            }
        )
        {
            Assert.Contains(was, json, StringComparison.Ordinal);
            Assert.NotEmpty(await Schema.FaultsAsync(json.Replace(was, now, StringComparison.Ordinal), "test-report.schema.json"));
        }
    }

    [Fact]
    public async Task All_there_is_to_a_failure_is_in_the_report()
    {
        var test = await Sample.FaultyAsync();
        var failed = test.Results.First(result => result.Verdict is CaseVerdict.Fail);

        var one = JsonReport.Read(JsonReport.Write([ServerReport.Of(test)]))[0].Cases.First(one => one.Id == failed.Case.Id);

        Assert.Equal(failed.Case.Rule.Clause.ToString(), one.Clause);
        Assert.Equal(failed.Case.Rule.Asks, one.Asks);
        Assert.Equal(failed.Case.State!.Name, one.State);
        Assert.Equal(failed.Evidence!.Transcript.Lines.Select(line => (line.State, line.Sent, line.Came, line.Verdict)),
            one.Evidence!.Transcript.Select(line => (line.State, line.Sent, line.Came, line.Verdict)));
        Assert.Contains(one.Evidence.Transcript, line => line.Verdict is Verdict.Fail);
        var replayed = ReplayFile.Parse(one.Evidence.Replay!, Spec.Profiles.Find);
        Assert.Equal(failed.Evidence.Session!.ToString(), replayed.Session.ToString());
    }

    [Fact]
    public async Task What_a_file_says_is_made_safe_whoever_wrote_it()
    {
        var json = JsonNode.Parse(JsonReport.Write([ServerReport.Of(await Sample.GoodAsync())]))!;
        json["servers"]![0]!["greeting"] = Sample.Hostile;

        Assert.Equal(Sample.HostileShown, JsonReport.Read(json.ToJsonString())[0].Greeting);
    }

    [Theory]
    [InlineData("", "it is not the JSON of a report")]
    [InlineData("[]", "\"format\" is not \"smtpmodel-test-report\"")]
    [InlineData("{\"format\":7}", "\"format\" is not \"smtpmodel-test-report\"")]
    [InlineData("{\"format\":\"smtpmodel-test-report\",\"version\":2,\"servers\":[]}", "another version than 1")]
    [InlineData("{\"format\":\"smtpmodel-test-report\",\"version\":1}", "servers")]
    [InlineData("{\"format\":\"smtpmodel-test-report\",\"version\":1,\"servers\":[{\"target\":\"a\"}]}", "profile")]
    [InlineData("{\"format\":\"smtpmodel-test-report\",\"version\":1,\"servers\":null}", "servers")]
    [InlineData("{\"format\":\"smtpmodel-test-report\",\"version\":1,\"servers\":[null]}", "null in it")]
    public void What_is_no_report_is_refused_with_what_is_wrong(string json, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => JsonReport.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Servers_of_one_name_are_told_apart()
    {
        var one = ServerReport.Of(await Sample.GoodAsync("a:25"));

        var merged = JsonReport.Merge([one, one with { Target = "b:25" }, one, one with { Started = one.Started.AddDays(1) }]);

        Assert.Equal(
            ["a:25 (2026-11-24 10:00)", "b:25", "a:25 (2026-11-24 10:00) #2", "a:25 (2026-11-25 10:00)"],
            merged.Select(server => server.Target)
        );
    }

    private static async Task<ReportedCase> FirstFailureAsync() => ServerReport.Of(await Sample.FaultyAsync()).Failures.First();
}
