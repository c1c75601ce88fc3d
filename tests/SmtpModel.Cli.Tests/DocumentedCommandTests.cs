using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>Every command line of the tool that README.md and docs/ show can be typed as it stands.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly string[] Placed = ["--maildir", "--output", "--save"];

    public static TheoryData<string> Commands { get; } = [.. Found()];

    public static TheoryData<string> Options { get; } = [.. In(OptionsAlone(), "README.md", "docs")];

    public static TheoryData<string> Dotnet { get; } = [.. In(DotnetLine(), "README.md", "CONTRIBUTING.md", "docs")];

    [Fact]
    public void Each_verb_is_documented() =>
        Assert.All((string[])["fuzz", "serve", "diagram", "table", "mutants", "verify", "export", "generate"], verb => Assert.Contains(Found(), command => command.StartsWith(verb, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_line_does_what_is_written(string command)
    {
        Assert.SkipUnless(!command.Contains("svg", StringComparison.Ordinal) || Graphviz.IsHere, Graphviz.Missing);
        var isReplay = command.Contains("--replay", StringComparison.Ordinal);
        await using var server = FaultySmtp.Start(isReplay ? Fault.MailBeforeHelo : Fault.None);
        using var folder = new TemporaryFolder();
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 1; at < words.Length; at++)
        {
            words[at] = words[at - 1] == "--listen" ? "127.0.0.1:0"
                : words[at - 1] == "--model" ? await MachineAsync(folder)
                : words[at - 1] == "--assembly" ? Path.Combine(AppContext.BaseDirectory, "SmtpModel.Spec.dll")
                : words[at - 1] == "--replay" ? await IdAsync(server)
                : Placed.Contains(words[at - 1]) ? Path.Combine(folder.Path, Path.GetFileName(words[at]))
                : Server().IsMatch(words[at]) ? server.Name
                : words[at];
        }

        // the assembly that stands in for the reader's has several machines
        await using var tool = Smtpmodel.Start(words.Contains("--assembly") && words[0] != "verify" ? [.. words, "--profile", "rfc821"] : words);
        if (words[0] == "serve")
        {
            await tool.SaysAsync("serving ");
            tool.Signal(Smtpmodel.SigInt);
        }

        // the README: 0 no violation, 1 a violation
        (await tool.EndAsync()).EndsWith(isReplay ? ExitCodes.Failure : ExitCodes.Fine);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Options_that_stand_alone_in_the_table_are_options_of_fuzz(string options)
    {
        // behind them, what makes the run short: the other of the two limits
        string[] limit = options.StartsWith("--sessions", StringComparison.Ordinal) ? ["--max-time", "500ms"] : ["--sessions", "20"];

        (await Smtpmodel.RunAsync(["fuzz", .. options.Split(' '), .. limit])).EndsWith(ExitCodes.Fine).Says("no violation");
    }

    [Theory]
    [MemberData(nameof(Dotnet))]
    public void A_documented_command_of_dotnet_names_a_verb_and_projects_that_are_there(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains(words[0], (string[])["run", "test", "build", "pack", "tool", "format"]);
        Assert.All(words.Where(word => InRepository().IsMatch(word)), path =>
            Assert.True(Path.Exists(Path.Combine(Kept.Root, path)), $"'{path}' of 'dotnet {command}' is not there"));
    }

    private static IReadOnlyList<string> Found() => In(CommandLine(), "README.md", "docs");

    private static IReadOnlyList<string> In(Regex line, params string[] places)
    {
        var files = places.Select(place => Path.Combine(Kept.Root, place))
            .SelectMany(place => Directory.Exists(place) ? Directory.GetFiles(place, "*.md").Order(StringComparer.Ordinal).ToArray() : [place]);
        return [.. files.SelectMany(file => line.Matches(File.ReadAllText(file))).Select(match => match.Groups["line"].Value.TrimEnd()).Distinct()];
    }

    private static async Task<string> MachineAsync(TemporaryFolder folder)
    {
        var file = Path.Combine(folder.Path, "a-machine.json");
        (await Smtpmodel.RunAsync("export", "--format", "json", "--output", file)).EndsWith(ExitCodes.Fine);
        return file;
    }

    private static async Task<string> IdAsync(LoopbackServer server) =>
        Id().Match((await Smtpmodel.RunAsync("fuzz", server.Name, "--sessions", "50")).EndsWith(ExitCodes.Failure).Out).Groups["id"].Value;

    // as it stands in a sentence, a fence or the output of the tool; a comment behind it is none of it
    [GeneratedRegex(@"(?:\bsmtpmodel|--project src/SmtpModel\.Cli --) (?<line>(?:fuzz|serve|diagram|table|mutants|verify|export|generate)\b[^`#\n]*)")]
    private static partial Regex CommandLine();

    // a code span that is nothing but options
    [GeneratedRegex(@"`(?<line>--[a-z][^`\n]*)`")]
    private static partial Regex OptionsAlone();

    // at the start of a line of a fence, or of a code span, which may go on in the next line; variables may stand before it
    [GeneratedRegex(@"(?:`|^)(?:[A-Z_]+=\S+ )?dotnet (?<line>[^`#\n]+)", RegexOptions.Multiline)]
    private static partial Regex DotnetLine();

    [GeneratedRegex(@"^(?:src|spec|tests|benchmarks|docs)/")]
    private static partial Regex InRepository();

    [GeneratedRegex(@"^(?:HOST:PORT|[\w.\[\]:]+:\d+)$")]
    private static partial Regex Server();

    [GeneratedRegex(@"--replay (?<id>\S+)")]
    private static partial Regex Id();
}
