using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What README.md and docs/ show of the tool is there; that each command line can be typed as it stands:
/// <see cref="DocumentedCommands"/>.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly Lazy<Task<string>> AllHelp = new(async () =>
        string.Concat(await Task.WhenAll(Documents.Verbs.Select(async verb => await HelpAsync([verb])))));

    public static TheoryData<string> FuzzOptions { get; } = [.. Documents.FuzzOptions()];

    public static TheoryData<string> Dotnet { get; } = [.. Documents.Dotnet()];

    [Fact]
    public void Each_verb_is_documented_in_the_README_which_is_the_first_page()
    {
        var page = File.ReadAllText(Path.Combine(Kept.Root, "README.md"));

        Assert.True(Documents.Verbs.Count > 10);
        Assert.All(Documents.Verbs, verb => Assert.Contains($"smtpmodel {verb}", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(FuzzOptions))]
    public async Task Options_of_the_page_about_fuzzing_are_options_of_fuzz(string options)
    {
        using var folder = new TemporaryFolder();
        // behind them, what makes the run short: the other of the two limits
        string[] limit = options.StartsWith("--sessions", StringComparison.Ordinal) ? ["--max-time", "500ms"] : ["--sessions", "20"];

        var tool = Smtpmodel.RunAsync(["fuzz", .. Documents.Words(options), .. limit], folder: folder.Path);

        (await tool).EndsWith(ExitCodes.Fine).Says("no violation");
    }

    [Fact]
    public async Task Options_that_stand_alone_are_options_of_some_verb()
    {
        var help = Option().Matches(await AllHelp.Value).Select(match => match.Value).ToHashSet();

        Assert.All(Documents.Options().SelectMany(line => Option().Matches(line)).Select(match => match.Value).Distinct(), option =>
            Assert.Contains(option, help)
        );
    }

    // a verb's page, and those of its own verbs
    private static async Task<string> HelpAsync(string[] words)
    {
        var page = (await Smtpmodel.RunAsync([.. words, "--help"])).Out;
        return page + string.Concat(await Task.WhenAll(Documents.VerbsIn(page).Select(verb => HelpAsync([.. words, verb]))));
    }

    [Theory]
    [MemberData(nameof(Dotnet))]
    public void A_documented_command_of_dotnet_names_a_verb_and_projects_that_are_there(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains(words[0], (string[])["run", "test", "build", "pack", "tool", "format", "add", "nuget"]);
        Assert.All(words.Where(word => InRepository().IsMatch(word)), path =>
            Assert.True(Path.Exists(Path.Combine(Kept.Root, path)), $"'{path}' of 'dotnet {command}' is not there"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs")]
    public void Links_lead_to_pages_and_headings_that_are_there(string place)
    {
        var path = Path.Combine(Kept.Root, place);
        foreach (var page in Directory.Exists(path) ? Directory.GetFiles(path, "*.md", SearchOption.AllDirectories) : [path])
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.GetFullPath(
                    Path.Combine(Path.GetDirectoryName(page)!, link.Groups["to"].Value is { Length: > 0 } to ? to : Path.GetFileName(page))
                );
                Assert.True(
                    Path.Exists(target),
                    $"{Path.GetRelativePath(Kept.Root, page)} links to {link.Groups["to"].Value}, which is not there"
                );
                var heading = link.Groups["heading"].Value;
                Assert.True(
                    heading.Length == 0
                        || Heading().Matches(File.ReadAllText(target)).Any(match => Anchor(match.Groups["words"].Value) == heading),
                    $"{Path.GetRelativePath(Kept.Root, page)} links to {link.Value}, where no such heading is"
                );
            }
        }
    }

    private static string Anchor(string words) => NoAnchor().Replace(words.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(?:src|spec|tests|benchmarks|docs)/")]
    private static partial Regex InRepository();

    [GeneratedRegex(@"\]\((?!https?:)(?<to>[^)#\s]*)(?:#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<words>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
