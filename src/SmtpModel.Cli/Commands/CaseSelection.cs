using System.IO.Enumeration;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>Which cases of a catalogue are meant.</summary>
internal static class CaseSelection
{
    /// <summary>A test for cases of a level and of names that match.</summary>
    /// <exception cref="UsageException">A pattern matches no case.</exception>
    public static Func<TestCase, bool> Of(
        Profile profile,
        IEnumerable<TestCase> cases,
        string level,
        IReadOnlyList<string> include,
        IReadOnlyList<string> exclude
    )
    {
        var least = Enum.Parse<Level>(level, ignoreCase: true);
        var patterns = include.Select(pattern => ("--include", pattern)).Concat(exclude.Select(pattern => ("--exclude", pattern)));
        foreach (var (option, pattern) in patterns)
        {
            if (!cases.Any(one => Matches(pattern, one)))
            {
                throw new UsageException($"{option}: no case of {profile.Name} matches '{pattern}'{Better(pattern, cases)} "
                    + "'smtpmodel list' prints them all, with --profile rfc5321+KEYWORD those of an extension too, and * stands for any "
                    + "characters");
            }
        }

        return one =>
            one.Rule.Level <= least
            && (include.Count == 0 || include.Any(pattern => Matches(pattern, one)))
            && !exclude.Any(pattern => Matches(pattern, one));
    }

    /// <summary>What stands behind "there is no case x".</summary>
    public static string Near(string id, IEnumerable<TestCase> cases)
    {
        // the right name under another clause goes before a name that is only written alike
        var ids = cases.Select(one => one.Id).Distinct().ToList();
        var named = ids.Where(other => Last(other).Equals(Last(id), StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 0)
        {
            var sameDocument = named.Where(other => First(other).Equals(First(id), StringComparison.OrdinalIgnoreCase)).ToList();
            return Nearest.Question([.. (sameDocument.Count > 0 ? sameDocument : named).Take(3)]);
        }

        var holding = ids.Where(other => other.Contains(Last(id), StringComparison.OrdinalIgnoreCase)).Take(5).ToList();
        return Nearest.Or(id, ids, holding.Count > 0 ? $"; there are {string.Join(", ", holding)}" : "; 'smtpmodel list' prints them all");
    }

    // stars that were forgotten, or else a part of an ID that is written wrong
    private static string Better(string pattern, IEnumerable<TestCase> cases)
    {
        var word = pattern.Trim('*');
        return cases.Any(one => Matches($"*{word}*", one)) ? Nearest.Question([$"*{word}*"])
            : word.Length == pattern.Length ? Nearest.Or(pattern, cases.Select(one => one.Id), ";")
            : Nearest.Or(pattern, cases.SelectMany(one => one.Id.Split('/', '-')).Select(part => $"*{part}*"), ";");
    }

    private static string First(string id) => id.Split('/')[0];

    private static string Last(string id) => id.Split('/')[^1];

    private static bool Matches(string pattern, TestCase one) => FileSystemName.MatchesSimpleExpression(pattern, one.Id);
}
