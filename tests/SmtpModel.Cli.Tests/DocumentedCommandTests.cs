using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>Every command line of the tool that README.md and docs/ show can be typed as it stands.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly string[] Placed = ["--maildir", "--output", "--save"];

    public static TheoryData<string> Commands { get; } = [.. Found()];

    [Fact]
    public void Each_verb_is_documented() =>
        Assert.All((string[])["fuzz", "serve", "diagram"], verb => Assert.Contains(Found(), command => command.StartsWith(verb, StringComparison.Ordinal)));

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
                : words[at - 1] == "--replay" ? await IdAsync(server)
                : Placed.Contains(words[at - 1]) ? Path.Combine(folder.Path, Path.GetFileName(words[at]))
                : Server().IsMatch(words[at]) ? server.Name
                : words[at];
        }

        await using var tool = Smtpmodel.Start(words);
        if (words[0] == "serve")
        {
            await tool.SaysAsync("serving ");
            tool.Signal(Smtpmodel.SigInt);
        }

        // the README: 0 no violation, 1 a violation
        (await tool.EndAsync()).EndsWith(isReplay ? ExitCodes.Failure : ExitCodes.Fine);
    }

    private static IReadOnlyList<string> Found()
    {
        string[] files = [Path.Combine(Kept.Root, "README.md"), .. Directory.GetFiles(Path.Combine(Kept.Root, "docs"), "*.md").Order(StringComparer.Ordinal)];
        return [.. files.SelectMany(file => CommandLine().Matches(File.ReadAllText(file))).Select(match => match.Groups["line"].Value.TrimEnd()).Distinct()];
    }

    private static async Task<string> IdAsync(LoopbackServer server) =>
        Id().Match((await Smtpmodel.RunAsync("fuzz", server.Name, "--sessions", "50")).EndsWith(ExitCodes.Failure).Out).Groups["id"].Value;

    // as it stands in a sentence, a fence or the output of the tool; a comment behind it is none of it
    [GeneratedRegex(@"(?:\bsmtpmodel|--project src/SmtpModel\.Cli --) (?<line>(?:fuzz|serve|diagram)\b[^`#\n]*)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"^(?:HOST:PORT|[\w.\[\]:]+:\d+)$")]
    private static partial Regex Server();

    [GeneratedRegex(@"--replay (?<id>\S+)")]
    private static partial Regex Id();
}
