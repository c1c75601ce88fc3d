using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using SmtpModel.Watching;

namespace SmtpModel.Cli.Commands;

/// <summary>The options that say which scenarios are meant, by name or by number.</summary>
internal sealed class ScenarioSelection
{
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "Only scenarios whose id matches, as 'reply/RCPT-*/*', or that have this number; may be given several times.",
        HelpName = "PATTERN",
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "No scenarios whose id matches; may be given several times.",
        HelpName = "PATTERN",
    };

    public void AddTo(Command command)
    {
        command.Add(_include);
        command.Add(_exclude);
    }

    /// <summary>A test for the scenarios that are meant.</summary>
    /// <exception cref="UsageException">A pattern matches none.</exception>
    public Func<Scenario, bool> Of(ParseResult parsed, IReadOnlyList<Scenario> all)
    {
        var (include, exclude) = (parsed.GetValue(_include) ?? [], parsed.GetValue(_exclude) ?? []);
        foreach (
            var (option, pattern) in include
                .Select(pattern => ("--include", pattern))
                .Concat(exclude.Select(pattern => ("--exclude", pattern)))
        )
        {
            if (!all.Any(one => Matches(pattern, one)))
            {
                throw new UsageException($"{option}: no scenario matches '{pattern}'{Nearest.Or(pattern, all.Select(one => one.Id), ";")} "
                    + "'smtpmodel provoke --list' prints them all, and * stands for any characters");
            }
        }

        return one =>
            (include.Length == 0 || include.Any(pattern => Matches(pattern, one))) && !exclude.Any(pattern => Matches(pattern, one));
    }

    private static bool Matches(string pattern, Scenario one) =>
        FileSystemName.MatchesSimpleExpression(pattern, one.Id) || pattern == one.Number.ToString(CultureInfo.InvariantCulture);
}
