using System.CommandLine;
using System.Text;

namespace SmtpModel.Cli.Output;

/// <summary>Writes the manual page, in the macros of man(7), from the command line itself.</summary>
internal static class ManPage
{
    public static string Write(RootCommand root)
    {
        var text = new StringBuilder();
        // behind the name, which the page has by itself
        var what = root.Description!.Split(": ", 2)[1];
        text.Append($".TH SMTPMODEL 1\n.SH NAME\nsmtpmodel \\- {Plain(what.TrimEnd('.'))}\n");
        text.Append(".SH SYNOPSIS\n").Append(Bold("smtpmodel")).Append(" \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.SH COMMANDS\n");
        foreach (var command in Leaves(root, ""))
        {
            Describe(text, command.Path, command.Command);
        }

        text.Append(".SH OPTIONS\n");
        foreach (var option in root.Options.Where(option => !option.Hidden))
        {
            Describe(text, option);
        }

        text.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in ExitCodes.Meanings)
        {
            text.Append(".TP\n").Append(Bold($"{code}")).Append('\n').Append(Plain(meaning)).Append('\n');
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, string path, Command command)
    {
        text.Append(".SS ").Append(Plain(path));
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            var (least, many) = (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
            text.Append(least == 0 ? $" [{Plain(argument.Name)}{many}]" : $" {Plain(argument.Name)}{many}");
        }

        text.Append('\n').Append(Plain(command.Description ?? "")).Append('\n');
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            text.Append(".TP\n\\fI").Append(Plain(argument.Name)).Append("\\fR\n").Append(Plain(argument.Description ?? "")).Append('\n');
        }

        foreach (var option in command.Options.Where(option => !option.Hidden && option is not System.CommandLine.Help.HelpOption))
        {
            Describe(text, option);
        }
    }

    private static void Describe(StringBuilder text, Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(name => name[0] is '-').Prepend(option.Name).Distinct().Select(Bold));
        var value = option.HelpName is { Length: > 0 } words && option.Arity.MaximumNumberOfValues > 0 ? $" \\fI{Plain(words)}\\fR" : "";
        text.Append(".TP\n").Append(names).Append(value).Append('\n').Append(Plain(option.Description ?? "")).Append('\n');
    }

    // verbs with what stands below them, as 'mutants score'
    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) =>
        command
            .Subcommands.Where(verb => !verb.Hidden)
            .SelectMany(verb =>
                verb.Subcommands.Count > 0 ? Leaves(verb, $"{path}{verb.Name} ") : [($"{path}{verb.Name}", verb)]
            );

    private static string Bold(string text) => $"\\fB{Plain(text)}\\fR";

    // what the macros would take for theirs: a backslash, a dot or a quote where a line begins, and a hyphen that is to be typed
    private static string Plain(string text) =>
        string.Join(
            '\n',
            text.Replace("\\", "\\e", StringComparison.Ordinal)
                .Replace("-", "\\-", StringComparison.Ordinal)
                .Split('\n')
                .Select(line => line.Length > 0 && line[0] is '.' or '\'' ? "\\&" + line : line)
        );
}
