using SmtpModel.Cli.Tests.Support;
using SmtpModel.Generator.Tests;

namespace SmtpModel.Cli.Tests;

/// <summary>The picture in the README is the one that the tool draws.</summary>
public sealed class ReadmeDiagramTests
{
    private const string End = "<!-- end -->";

    private static readonly string Readme = Path.Combine(Kept.Root, "README.md");

    [Theory]
    [InlineData("rfc5321")]
    public async Task The_diagram_of_the_README_is_what_the_tool_draws(string profile)
    {
        var run = await Smtpmodel.RunAsync("diagram", "--profile", profile);
        var block = $"\n```mermaid\n{run.EndsWith(ExitCodes.Fine).Out}```\n";
        var text = await File.ReadAllTextAsync(Readme, TestContext.Current.CancellationToken);
        if (Kept.IsUpdated)
        {
            text = Replace(text, profile, block);
            await File.WriteAllTextAsync(Readme, text, TestContext.Current.CancellationToken);
        }

        Kept.Same($"the block '{profile}' of README.md", Block(text, profile), block);
    }

    [Fact]
    public void A_difference_is_shown_by_its_lines_and_with_the_command_that_accepts_it()
    {
        var report = Kept.Report("a file", LineDiff.Between("a\nb\n", "a\nc\n"));

        Assert.Contains("-    2 b\n+    2 c\n", report, StringComparison.Ordinal);
        Assert.Contains("SMTPMODEL_UPDATE_SNAPSHOTS=1 dotnet test --project tests/SmtpModel.Cli.Tests", report, StringComparison.Ordinal);
    }

    private static (int From, int To) Place(string text, string profile)
    {
        var mark = $"<!-- diagram {profile} -->";
        var from = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(from >= 0, $"README.md has no '{mark}'");
        var to = text.IndexOf(End, from, StringComparison.Ordinal);
        Assert.True(to >= 0, $"README.md has no '{End}' behind '{mark}'");
        return (from + mark.Length, to);
    }

    private static string Block(string text, string profile)
    {
        var (from, to) = Place(text, profile);
        return text[from..to];
    }

    private static string Replace(string text, string profile, string block)
    {
        var (from, to) = Place(text, profile);
        return text[..from] + block + text[to..];
    }
}
