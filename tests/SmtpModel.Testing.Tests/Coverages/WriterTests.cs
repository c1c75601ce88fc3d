using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Coverages;

// What is written of a coverage can be read by those it is written for.
public partial class WriterTests
{
    [Theory]
    [InlineData("rfc5321")]
    public async Task The_json_is_valid_by_its_schema_and_the_schema_finds_what_is_wrong(string name)
    {
        var token = TestContext.Current.CancellationToken;
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Schemas", "coverage.schema.json"), token);
        Assert.Empty(schema.Validate(CoverageJson.Write(CoverageReport.Of(new Coverage(EveryProfile.Named(name).Table)))));
        var json = CoverageJson.Write(await SomeAsync(name));
        Assert.Empty(schema.Validate(json));
        foreach (
            var (right, wrong) in new[]
            {
                ("\"version\": 1", "\"version\": 2"),
                ("\"reach\":\"server\"", "\"reach\":\"nobody\""),
                ("\"hits\"", "\"hit\""),
            }
        )
        {
            var at = json.IndexOf(right, StringComparison.Ordinal);
            Assert.NotEmpty(schema.Validate(string.Concat(json.AsSpan(0, at), wrong, json.AsSpan(at + right.Length))));
        }
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_json_says_the_same_as_the_coverage(string name)
    {
        var report = await SomeAsync(name);
        using var json = JsonDocument.Parse(CoverageJson.Write(report));
        var root = json.RootElement;
        Assert.Equal(
            report.Coverage.Table.Edges.Select(report.Coverage.Hits),
            root.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("hits").GetInt32())
        );
        Assert.Equal(report.Coverage.Pairs.Covered, root.GetProperty("pairs").GetArrayLength());
        Assert.Equal(
            report.Gaps.Select(gap => gap.Title),
            root.GetProperty("gaps").EnumerateArray().Select(gap => gap.GetProperty("title").GetString())
        );
        Assert.Equal(
            report.ByClient,
            root.GetProperty("gaps").EnumerateArray().Count(gap => gap.GetProperty("reach").GetString() == "client")
        );
        Assert.Equal(report.ByServer, root.GetProperty("gaps").EnumerateArray().Count(gap => gap.TryGetProperty("needs", out _)));
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_page_shows_every_cell_and_needs_nothing_beside_it(string name)
    {
        var report = await SomeAsync(name);
        var page = CoverageHtml.Write(report, "a test");
        Assert.Equal(report.Coverage.Cells.Of, CellTitle().Count(page));
        Assert.Equal(
            report.Gaps.Count(gap => gap.Kind is GapKind.Cell),
            CellTitle().Matches(page).Count(cell => cell.Value.Contains("not covered", StringComparison.Ordinal))
        );
        Assert.DoesNotMatch("(?i)(src|href)=|url\\(|@import|<script|<link", page);
    }

    [Fact]
    public void What_is_hostile_is_shown_and_not_obeyed()
    {
        var table = Profiles.Find("rfc5321")!.Table;
        const string hostile = "\"><script>alert('x')</script>&amp;";
        var palette = new Palette(
            table,
            new PaletteOptions
            {
                From = $"a{hostile}@example.test",
                Recipient = $"b{hostile}@example.test",
                Helo = hostile,
            }
        );
        var page = CoverageHtml.Write(CoverageReport.Of(new Coverage(table), palette), $"fuzz of {hostile}");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\">alert", page, StringComparison.Ordinal);
        Assert.Contains("fuzz of &quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;", page, StringComparison.Ordinal);
        Assert.Contains("HELO &quot;&gt;&lt;script&gt;", page, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CoverageJson.Write(CoverageReport.Of(new Coverage(table), palette)));
        Assert.Contains(json.RootElement.GetProperty("gaps").EnumerateArray(), gap =>
            gap.GetRawText().Contains("script", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Where_nothing_is_missing_the_page_says_so()
    {
        var profile = Profiles.Find("rfc821")!;
        var coverage = new Coverage(profile.Table);
        var runner = new SessionRunner(new Oracle(profile.Table), coverage);
        var target = InMemoryTarget.Of(profile);
        foreach (var gap in CoverageReport.Of(new Coverage(profile.Table)).Gaps)
        {
            await runner.RunAsync(target, gap.Session, cancellation: TestContext.Current.CancellationToken);
        }

        var report = CoverageReport.Of(coverage);
        Assert.Empty(report.Gaps);
        Assert.Contains("None: everything was covered.", CoverageHtml.Write(report, ""), StringComparison.Ordinal);
    }

    private static async Task<CoverageReport> SomeAsync(string name)
    {
        var options = new FuzzOptions { Seed = TestRun.Seed, Sessions = 100, IsScripted = true };
        var profile = EveryProfile.Named(name);
        return CoverageReport.Of(
            (
                await new Fuzzer(profile, options).RunAsync(
                    InMemoryTarget.Of(profile),
                    cancellation: TestContext.Current.CancellationToken
                )
            ).Coverage
        );
    }

    [GeneratedRegex("title=\"[A-Z]+ in [A-Za-z]+: (in|out of) order[^\"]*\"")]
    private static partial Regex CellTitle();
}
