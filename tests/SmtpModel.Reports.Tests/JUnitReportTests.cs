using System.Xml.Linq;
using SmtpModel.Reports.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

public sealed class JUnitReportTests
{
    [Fact]
    public async Task A_report_is_valid_by_the_schema_and_the_schema_finds_what_is_wrong()
    {
        var xml = JUnitReport.Write([ServerReport.Of(await Sample.FaultyAsync()), ServerReport.Of(await Sample.HostileAsync())]);

        Assert.Empty(Schema.JUnitFaults(xml));
        Assert.NotEmpty(Schema.JUnitFaults(xml.Replace("<skipped ", "<ignored ", StringComparison.Ordinal)));
        Assert.NotEmpty(Schema.JUnitFaults(xml.Replace("failures=", "fails=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Each_server_and_section_is_a_suite_and_its_counts_are_right()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());

        var suites = XDocument.Parse(JUnitReport.Write([server])).Root!.Elements("testsuite").ToList();

        Assert.Equal(
            server.Cases.Select(one => $"{server.Target}: {one.Clause}").Distinct(),
            suites.Select(suite => suite.Attribute("name")!.Value)
        );
        Assert.All(suites, suite => Assert.Equal(suite.Elements("testcase").Count(), (int)suite.Attribute("tests")!));
        Assert.All(suites, suite => Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!));
        Assert.All(suites, suite => Assert.Equal(suite.Descendants("skipped").Count(), (int)suite.Attribute("skipped")!));
        Assert.Equal(server.Count(CaseVerdict.Fail), suites.Sum(suite => suite.Descendants("failure").Count()));
        Assert.Equal(
            server.Count(CaseVerdict.NotApplicable) + server.Count(CaseVerdict.Inconclusive),
            suites.Sum(suite => suite.Descendants("skipped").Count())
        );
    }

    [Fact]
    public async Task A_failure_shows_its_transcript_and_how_to_run_it_again()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var one = server.Failures.First(failed => failed.Section == "3.3");

        var failure = XDocument
            .Parse(JUnitReport.Write([server]))
            .Descendants("failure")
            .First(failed => failed.Attribute("type")!.Value.EndsWith(" 3.3", StringComparison.Ordinal));

        Assert.Equal("MUST RFC 5321 3.3", failure.Attribute("type")!.Value);
        Assert.Contains("X            S: 250 2.1.5 Ok", failure.Value, StringComparison.Ordinal);
        Assert.Contains(one.Evidence!.Shell!, failure.Value, StringComparison.Ordinal);
        Assert.Contains($"smtpmodel replay {one.Evidence.Replay}", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_text_stands_there_once()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());

        var cases = XDocument.Parse(JUnitReport.Write([server])).Descendants("testcase").ToList();

        Assert.All(cases.Where(one => one.Element("failure") is not null), one => Assert.Null(one.Element("system-out")));
        Assert.All(
            server.Cases.Where(one =>
                one.Verdict is CaseVerdict.NonStrict or CaseVerdict.Info or CaseVerdict.Inconclusive && one.Evidence is not null
            ),
            said =>
                Assert.Contains(
                    "S: ",
                    cases
                        .Single(one => one.Attribute("name")!.Value.StartsWith($"{said.Id}: ", StringComparison.Ordinal))
                        .Element("system-out")!
                        .Value,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(cases, one => one.Element("system-out") is not null);
    }

    [Fact]
    public async Task A_server_with_a_name_keeps_its_history_on_another_port()
    {
        var (first, second) = (await Sample.FaultyAsync("127.0.0.1:2526"), await Sample.FaultyAsync("127.0.0.1:9999"));

        Assert.Equal(Names(ServerReport.Of(first, "mx")), Names(ServerReport.Of(second, "mx")));
        Assert.NotEqual(Names(ServerReport.Of(first)), Names(ServerReport.Of(second)));
        Assert.Contains("value=\"127.0.0.1:9999\"", JUnitReport.Write([ServerReport.Of(second, "mx")]), StringComparison.Ordinal);

        static List<string> Names(ServerReport server) => [.. XDocument.Parse(JUnitReport.Write([server])).Descendants("testcase")
            .Select(one => $"{one.Parent!.Attribute("name")!.Value} {one.Attribute("classname")!.Value} {one.Attribute("name")!.Value}")];
    }

    [Fact]
    public async Task A_known_deviation_is_skipped_with_its_reason()
    {
        var server = ServerReport.Of(await Sample.FaultyAsync());
        var known = new Deviations([.. server.Failures.Select(one => new Deviation(one.Id, "upstream bug 17"))])
            .Apply([server], new DateOnly(2026, 11, 24))
            .Servers;

        var xml = XDocument.Parse(JUnitReport.Write(known));

        Assert.Empty(xml.Descendants("failure"));
        Assert.Equal("0", xml.Root!.Attribute("failures")!.Value);
        Assert.Equal(
            server.Count(CaseVerdict.Fail),
            xml.Descendants("skipped").Count(skipped => skipped.Attribute("message")!.Value == "known deviation: upstream bug 17")
        );
    }

    [Fact]
    public async Task Hostile_octets_are_text_and_nothing_else()
    {
        var clean = ServerReport.Of(await Sample.GoodAsync());
        var raw = clean with
        {
            Greeting = Sample.Hostile,
            Target = Sample.Hostile,
            Cases = [clean.Cases[0] with { Verdict = CaseVerdict.Fail, Reason = Sample.Hostile, Requirement = Sample.Hostile }],
        };

        var xml = XDocument.Parse(JUnitReport.Write([raw]));

        Assert.Equal(Sample.HostileShown, xml.Descendants("failure").Single().Attribute("message")!.Value);
        Assert.Contains(Sample.HostileShown, xml.Descendants("failure").Single().Value, StringComparison.Ordinal);
        Assert.Empty(xml.Descendants("script"));
    }
}
