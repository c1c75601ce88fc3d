using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmtpModel.Cli.Commands;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Reports;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel report</c>, and the option <c>--report</c>.</summary>
public sealed partial class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Several_reports_become_one_of_each_format()
    {
        var (a, b) = (await JsonAsync("a.json", "a:25"), await JsonAsync("b.json", "b:25"));

        var run = (
            await Smtpmodel.RunAsync(
                "report",
                a,
                b,
                "--html",
                Place("out.html"),
                "--junit",
                Place("out.xml"),
                "--sarif",
                Place("out.sarif"),
                "--json",
                Place("out.json")
            )
        ).EndsWith(ExitCodes.Fine);

        Assert.Equal("", run.Out);
        Assert.Equal(4, run.Error.Split("wrote ").Length - 1);
        Assert.Contains("<title>SMTP conformance of 2 servers</title>", await TextAsync("out.html"), StringComparison.Ordinal);
        Assert.Equal("testsuites", XDocument.Parse(await TextAsync("out.xml")).Root!.Name.LocalName);
        Assert.Equal(2, JsonDocument.Parse(await TextAsync("out.sarif")).RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal(["a:25", "b:25"], JsonReport.Read(await TextAsync("out.json")).Select(server => server.Target));
    }

    [Fact]
    public async Task What_goes_to_the_standard_output_is_the_report_and_nothing_else()
    {
        var a = await JsonAsync("a.json", "a:25");

        var run = (await Smtpmodel.RunAsync("report", a, "--json", "-", "--html", Place("out.html"))).EndsWith(ExitCodes.Fine);

        Assert.Equal(await File.ReadAllTextAsync(a, TestContext.Current.CancellationToken), run.Out);
        Assert.Contains("wrote ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report-nothing-to-write", "report a.json")]
    [InlineData("report-no-file", "report missing.json --html out.html")]
    [InlineData("report-no-report", "report a.json wrong.json --html out.html")]
    [InlineData("report-no-place", "report a.json --html missing/out.html")]
    [InlineData("report-two-outputs", "report a.json --html - --json -")]
    [InlineData("report-one-place-twice", "report a.json --html out --json ./out")]
    public async Task The_message_is_the_one_that_was_looked_at(string golden, string arguments)
    {
        await JsonAsync("a.json", "a:25");
        await File.WriteAllTextAsync(Place("wrong.json"), "{ \"version\": 1, \"steps\": [] }", TestContext.Current.CancellationToken);
        var words = arguments.Split(' ').Select(word => FileName().IsMatch(word) ? Place(word) : word);

        var run = (await Smtpmodel.RunAsync([.. words])).EndsWith(ExitCodes.Usage);

        Kept.Golden(golden + ".txt", run.All.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal));
        Assert.False(File.Exists(Place("out.html")));
        Assert.False(File.Exists(Place("out")));
    }

    [Fact]
    public async Task The_help_is_the_one_that_was_looked_at() =>
        Kept.Golden("help-report.txt", (await Smtpmodel.RunAsync("report", "--help")).EndsWith(ExitCodes.Fine).Out);

    [Theory]
    [InlineData("--report json=a", "json:a")]
    [InlineData("--report json=a,html=b.html --report junit=c=d.xml,sarif=-", "json:a html:b.html junit:c=d.xml sarif:-")]
    [InlineData("", "")]
    public void Reports_are_asked_for_by_format_and_file(string arguments, string files)
    {
        var option = ReportOptions.Create();
        var parsed = new RootCommand { option }.Parse(arguments);

        Assert.Empty(parsed.Errors);
        Assert.Equal(files, string.Join(' ', (parsed.GetValue(option) ?? []).Select(file => $"{file.Format}:{file.Path}")));
    }

    [Theory]
    [InlineData("--report pdf=a", "'pdf=a' is no report for --report; write FORMAT=FILE, where FORMAT is one of json, junit, sarif, html")]
    [InlineData("--report json", "'json' has no file for --report; write json=FILE")]
    [InlineData("--report json=a,", "'' is no report for --report; write FORMAT=FILE, where FORMAT is one of json, junit, sarif, html")]
    public void What_is_no_report_is_said_to_be_none(string arguments, string message) =>
        Assert.Equal(message, Assert.Single(new RootCommand { ReportOptions.Create() }.Parse(arguments).Errors).Message);

    [Fact]
    public async Task A_check_before_a_run_leaves_files_as_they_were()
    {
        await File.WriteAllTextAsync(Place("old.json"), "old", TestContext.Current.CancellationToken);

        ReportOptions.Check([
            new ReportFile("--report", "json", Place("old.json")),
            new ReportFile("--report", "html", Place("new.html")),
        ]);

        Assert.Equal("old", await TextAsync("old.json"));
        Assert.False(File.Exists(Place("new.html")));
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);

    private Task<string> TextAsync(string name) => File.ReadAllTextAsync(Place(name), TestContext.Current.CancellationToken);

    private async Task<string> JsonAsync(string file, string name)
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
        var test = await new ConformanceTest(Profiles.Rfc5321, new TestOptions { Depth = Depth.Greeting }).RunAsync(
            target,
            cancellation: TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Place(file),
            JsonReport.Write([ServerReport.Of(test with { Target = name })]),
            TestContext.Current.CancellationToken
        );
        return Place(file);
    }

    // not a verb, an option or the standard output
    [GeneratedRegex(@"^(?:\w+\.\w+|missing/.*|\./out|out)$")]
    private static partial Regex FileName();
}
