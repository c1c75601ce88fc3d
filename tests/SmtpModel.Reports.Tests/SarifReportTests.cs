using System.Text.Json.Nodes;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

public sealed class SarifReportTests
{
    private const string Official = "sarif-2.1.0-rtm.5.json";

    [Fact]
    public async Task A_report_is_valid_by_the_official_schema_and_the_schema_finds_what_is_wrong()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var known = new Deviations([new Deviation(server.Failures.First().Id, "upstream")])
            .Apply([server], new DateOnly(2026, 11, 24))
            .Servers;
        var sarif = SarifReport.Write([.. known, ServerReport.Of(await Sample.HostileAsync())]);

        Assert.Empty(await Schema.FaultsAsync(sarif, Official));
        foreach (
            var (was, now) in new[]
            {
                ("\"level\": \"error\"", "\"level\": \"fatal\""),
                ("\"ruleIndex\": ", "\"ruleIndex\": -9"),
                ("\"driver\"", "\"drivers\""),
                ("\"kind\": \"external\"", "\"kind\": \"file\""),
                ("\"text\"", "\"words\""),
            }
        )
        {
            Assert.Contains(was, sarif, StringComparison.Ordinal);
            Assert.NotEmpty(await Schema.FaultsAsync(sarif.Replace(was, now, StringComparison.Ordinal), Official));
        }
    }

    [Fact]
    public async Task Findings_alone_are_results_and_each_has_its_level_and_its_rule()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());

        var run = JsonNode.Parse(SarifReport.Write([server]))!["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        var results = run["results"]!.AsArray();

        Assert.Equal(results.Count, rules.Count);
        Assert.Equal(server.Count(CaseVerdict.Fail) + server.Count(CaseVerdict.NonStrict), results.Count);
        Assert.Equal(server.Count(CaseVerdict.Fail), results.Count(result => (string?)result!["level"] == "error"));
        Assert.Equal(server.Count(CaseVerdict.NonStrict), results.Count(result => (string?)result!["level"] == "warning"));
        Assert.All(results, result => Assert.Equal((string?)result!["ruleId"], (string?)rules[(int)result["ruleIndex"]!]!["id"]));
        Assert.Contains(
            "RFC 5321 3.3, E4, MUST",
            (string?)
                rules[
                    (int)
                        results.First(result =>
                            ((string?)result!["ruleId"])!.EndsWith("RCPT-out-of-order-in-Ready", StringComparison.Ordinal)
                        )!["ruleIndex"]!
                ]!["help"]!["text"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fingerprint_is_the_same_in_the_next_run_and_on_another_port()
    {
        var first = Fingerprints(SarifReport.Write([ServerReport.Of(await Sample.FaultyAsync("127.0.0.1:2526"))]));
        var second = Fingerprints(
            SarifReport.Write([ServerReport.Of(await Sample.FaultyAsync("127.0.0.1:9999")) with { Started = DateTimeOffset.UnixEpoch }])
        );

        Assert.Equal(first, second);
        Assert.Equal(first.Count, first.Distinct().Count());
    }

    [Theory]
    [InlineData("127.0.0.1:2526", "127.0.0.1_2526/rfc5321/")]
    [InlineData("[::1]:25", "___1__25/rfc5321/")]
    [InlineData("..", "_/rfc5321/")]
    public async Task A_result_is_at_a_relative_path_as_GitHub_asks(string target, string begins)
    {
        var sarif = JsonNode.Parse(SarifReport.Write([ServerReport.Of(await Sample.FaultyAsync(), target)]))!;

        var places = sarif["runs"]![0]!["results"]!.AsArray().Select(result => result!["locations"]![0]!["physicalLocation"]!).ToList();

        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.StartsWith(begins, (string?)place["artifactLocation"]!["uri"], StringComparison.Ordinal));
        Assert.All(places, place => Assert.True(Uri.TryCreate((string?)place["artifactLocation"]!["uri"], UriKind.Relative, out _)));
        Assert.All(places, place => Assert.Equal(1, (int)place["region"]!["startLine"]!));
        Assert.Equal(places.Count, places.Select(place => (string?)place["artifactLocation"]!["uri"]).Distinct().Count());
    }

    [Fact]
    public async Task A_known_deviation_is_suppressed_with_its_reason()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var known = new Deviations([new Deviation(server.Failures.First().Id, "upstream")])
            .Apply([server], new DateOnly(2026, 11, 24))
            .Servers;

        var suppressed = JsonNode.Parse(SarifReport.Write(known))!["runs"]![0]!["results"]!
            .AsArray()
            .Where(result => result!["suppressions"] is not null);

        Assert.Equal("known deviation: upstream", (string?)Assert.Single(suppressed)!["suppressions"]![0]!["justification"]);
    }

    [Fact]
    public async Task Hostile_octets_are_text_that_is_no_link_and_no_placeholder()
    {
        var clean = ServerReport.Of(await Sample.GoodAsync());
        var raw = clean with
        {
            Target = Sample.Hostile,
            Cases = [clean.Cases[0] with { Verdict = CaseVerdict.Fail, Reason = Sample.Hostile }],
        };

        var sarif = SarifReport.Write([raw]);

        Assert.All(sarif, character => Assert.True(character is '\n' or (>= ' ' and <= '~')));
        Assert.Contains(
            @"{{0}} \[a\](b)",
            (string?)JsonNode.Parse(sarif)!["runs"]![0]!["results"]![0]!["message"]!["text"],
            StringComparison.Ordinal
        );
        Assert.Empty(await Schema.FaultsAsync(sarif, Official));
    }

    private static List<string?> Fingerprints(string sarif) =>
        [
            .. JsonNode.Parse(sarif)!["runs"]![0]!["results"]!
                .AsArray()
                .Select(result => (string?)result!["partialFingerprints"]!["smtpmodelCase/v1"]),
        ];
}
