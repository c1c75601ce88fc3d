using System.Text.RegularExpressions;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>What README.md and docs/ show of the command line.</summary>
internal static partial class Documents
{
    // what `smtpmodel --help` lists: the tool's own word for what there is
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(() =>
    {
        var help = Task.Run(() => Smtpmodel.RunAsync("--help")).GetAwaiter().GetResult().Out;
        return VerbsIn(help);
    });

    public static IReadOnlyList<string> Verbs => Listed.Value;

    /// <summary>The verbs that a help page lists; none where it lists none.</summary>
    public static IReadOnlyList<string> VerbsIn(string help) => help.IndexOf("\nCommands:", StringComparison.Ordinal) is >= 0 and var start
        ? [.. Verb().Matches(help[start..]).Select(match => match.Groups["verb"].Value)] : [];

    /// <summary>Every command line of the tool, without its name, each once.</summary>
    public static IReadOnlyList<string> Commands() =>
        [.. In(CommandLine(), "README.md", "docs").Where(line => Verbs.Contains(line.Split(' ')[0])).Distinct()];

    /// <summary>Every code span that is nothing but options: those of the page about fuzzing, and all.</summary>
    public static IReadOnlyList<string> FuzzOptions() => In(OptionsAlone(), Path.Combine("docs", "fuzzing.md"));

    /// <inheritdoc cref="FuzzOptions"/>
    public static IReadOnlyList<string> Options() => In(OptionsAlone(), "README.md", "docs");

    /// <summary>Every command line of dotnet, without its name.</summary>
    public static IReadOnlyList<string> Dotnet() => In(DotnetLine(), "README.md", "CONTRIBUTING.md", "docs");

    /// <summary>The words of a command line, as a shell sees them; it knows only single quotes.</summary>
    public static IReadOnlyList<string> Words(string line) =>
        [.. Word().Matches(line).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal))];

    private static IReadOnlyList<string> In(Regex line, params string[] places)
    {
        var files = places
            .Select(place => Path.Combine(Kept.Root, place))
            .SelectMany(place =>
                Directory.Exists(place)
                    ? Directory.GetFiles(place, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray()
                    : [place]
            );
        return [.. files.SelectMany(file => line.Matches(File.ReadAllText(file))).Select(Line).Distinct()];
    }

    private static string Line(Match match) => match.Groups["line"].Value.TrimEnd();

    [GeneratedRegex(@"^  (?<verb>[a-z]+)(?= )", RegexOptions.Multiline)]
    private static partial Regex Verb();

    // as it stands in a sentence, a fence or the output of the tool; a comment behind it is none of it
    [GeneratedRegex(@"(?:\bsmtpmodel|--project src/SmtpModel\.Cli --) (?<line>[a-z]+\b[^`#\n]*)")]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"`(?<line>--[a-z][^`\n]*)`")]
    private static partial Regex OptionsAlone();

    // at the start of a line of a fence, or of a code span, which may go on in the next line; variables may stand before it
    [GeneratedRegex(@"(?:`|^)(?:[A-Z_]+=\S+ )?dotnet (?<line>[^`#\n]+)", RegexOptions.Multiline)]
    private static partial Regex DotnetLine();

    [GeneratedRegex(@"(?:'[^']*'|[^\s'])+")]
    private static partial Regex Word();
}
