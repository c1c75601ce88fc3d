using System.CommandLine;
using System.CommandLine.Parsing;

namespace SmtpModel.Cli.Commands;

/// <summary>What is wrong with a command line, in words of our own, each wrong thing once.</summary>
/// <param name="root">The tool.</param>
/// <param name="parsed">The command line.</param>
/// <param name="configuration">What was added to it from elsewhere.</param>
internal sealed class CommandLineFaults(RootCommand root, ParseResult parsed, Configuration configuration)
{
    private readonly Command _command = parsed.CommandResult.Command;

    /// <summary>The verb with a blank behind it, a verb of a verb with its own; nothing for the tool itself.</summary>
    public string Verb => Path(parsed.CommandResult);

    private string OfVerb => Verb.Length > 0 ? $" of {Verb.TrimEnd()}" : "";

    private List<string> Verbs => [.. _command.Subcommands.Select(verb => verb.Name)];

    private IEnumerable<string> Words => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens.Select(token => token.Value)).SkipLast(Behind).Concat(parsed.UnmatchedTokens);

    // what stands behind -- belongs to another program
    private int Behind => parsed.Tokens.SkipWhile(token => token.Type is not TokenType.DoubleDash).Skip(1).Count();

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<string> All()
    {
        // an option that there is not makes what follows it a word too many, and a wrong word makes the verb seem to be missing
        string[] options = [.. Words.Where(word => IsOption(word) && !IsBehindDashes(word)).Select(NoOption), .. ValuesOfFlags()];
        if (options.Length > 0 || parsed.Errors.Count == 0)
        {
            return options;
        }

        if (_command.Subcommands.Count > 0)
        {
            return [Words.FirstOrDefault() is { } word ? NoVerb(word) : $"{Verb.TrimEnd()} needs a verb: {Output.Words.List(Verbs)}"];
        }

        string[] wrong = [.. parsed.Errors.Where(error => error.SymbolResult is not CommandResult)
            .Select(error => configuration.Place(NameOf(error.SymbolResult), Said(error))).Distinct()];
        return wrong.Length > 0 ? wrong
            : parsed.UnmatchedTokens.Count > 0 ? [.. parsed.UnmatchedTokens.Select(TooMany)]
            : [.. parsed.Errors.Select(Said).Distinct()];
    }

    // a long ID may begin with a hyphen
    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal) || word is ['-', _];

    // what stands there is another command line's
    private bool IsBehindDashes(string word) => configuration.Args.SkipWhile(one => one != "--").Contains(word);

    private string TooMany(string word) => $"'{word}' is one word too many for {Verb.TrimEnd()}; quote what belongs together";

    private string NoOption(string word)
    {
        var name = word.Split('=')[0];
        var options = _command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(option => option.Name);
        return $"there is no option '{name}'{OfVerb}{Nearest.Or(name, options, "")}";
    }

    private string NoVerb(string word) =>
        $"there is no verb '{word}'{OfVerb}{Nearest.Or(word, Verbs, $"; there are {string.Join(", ", Verbs)}")}";

    // the parser takes the value for a word of its own
    private IEnumerable<string> ValuesOfFlags() =>
        from option in _command.Options
        where option.ValueType == typeof(bool)
        from word in configuration.Args
        where word.StartsWith($"{option.Name}=", StringComparison.Ordinal) && word[(option.Name.Length + 1)..] is not ("true" or "false")
        select $"'{word}': {option.Name} takes no value; write it alone, or leave it out";

    private static string Said(ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { IdentifierTokenCount: > 0, Option: var option } result
                when result.Tokens.Count < option.Arity.MinimumNumberOfValues =>
                $"'{option.Name}' needs a value; write {option.Name} {option.HelpName}",
            OptionResult { Option: var option } result when result.Tokens.Count > option.Arity.MaximumNumberOfValues =>
                $"'{option.Name}' has {result.Tokens.Count} values; give it one",
            ArgumentResult { Argument: var argument } result when result.Tokens.Count < argument.Arity.MinimumNumberOfValues =>
                $"{argument.Name} is missing: {argument.Description}",
            _ => error.Message,
        };

    private static string NameOf(SymbolResult? result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult => Configuration.Targets,
        _ => "",
    };

    private static string Path(CommandResult? result) =>
        result is null or { Command: RootCommand } ? "" : $"{Path(result.Parent as CommandResult)}{result.Command.Name} ";
}
