using System.Diagnostics;
using System.Text.RegularExpressions;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Xunit;

/// <summary>The test project of docs/from-your-own-tests.md, run as a reader runs it.</summary>
public sealed partial class YourRowsTests
{
    [Fact]
    public async Task A_project_of_ten_lines_has_a_row_for_each_case_and_says_why_one_is_skipped()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var build = Path.Combine(output.Parent!.Name, output.Name);
        var file = Path.Combine(output.FullName, "..", "..", "..", "..", "SmtpModel.YourRows", "bin", build, "SmtpModel.YourRows.dll");
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(file), "-noColor"]) { RedirectStandardOutput = true };
        using var run = Process.Start(start)!;
        var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        var cases = CaseCatalogue.Of(Profiles.Rfc5321).Cases.Count(one => one.Depth <= Depth.Envelope);
        var summary = Summary().Match(said);
        Assert.True(summary.Success, said);
        Assert.Equal((cases, 0), (Number(summary, "total"), Number(summary, "failed")));
        Assert.InRange(Number(summary, "skipped"), 1, cases / 3);
        Assert.Equal(Number(summary, "skipped"), Reason().Count(said));
        Assert.Equal(0, run.ExitCode);
    }

    private static int Number(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, provider: null);

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: 0, Failed: (?<failed>\d+), Skipped: (?<skipped>\d+)")]
    private static partial Regex Summary();

    [GeneratedRegex(@"\[SKIP\]\s+does not apply: \S")]
    private static partial Regex Reason();
}
