using System.CommandLine;
using SmtpModel.Cli.Replaying;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options that say which cases are meant.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string> _level = Shared.Choice(
        "--level",
        "Which cases: must, should (and must), or may (all).",
        "may",
        "must",
        "should",
        "may"
    );
    private readonly Option<string[]> _include = new("--include")
    {
        Description = "Only cases whose id matches, as 'rfc5321/4.1.4/*' or '*RSET*'; may be given several times.",
        HelpName = "PATTERN",
    };
    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "No cases whose id matches; may be given several times.",
        HelpName = "PATTERN",
    };

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_include);
        command.Add(_exclude);
    }

    /// <summary>The same command line for one case.</summary>
    public string Again(ParseResult parsed, string id)
    {
        var words = parsed.Tokens.Select(token => token.Value).ToList();
        for (var at = words.Count - 2; at >= 0; at--)
        {
            if (words[at] == _include.Name || words[at] == _exclude.Name)
            {
                words.RemoveRange(at, 2);
            }
        }

        return $"smtpmodel {string.Join(' ', words.Append(_include.Name).Append(id).Select(Shell.Quote))}";
    }

    public Func<TestCase, bool> Of(ParseResult parsed, Profile profile, IEnumerable<TestCase> cases) =>
        CaseSelection.Of(profile, cases, parsed.GetValue(_level)!, parsed.GetValue(_include) ?? [], parsed.GetValue(_exclude) ?? []);
}
