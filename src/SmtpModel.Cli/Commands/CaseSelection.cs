using System.IO.Enumeration;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>Which cases of a catalogue are meant.</summary>
internal static class CaseSelection
{
    /// <summary>A test for cases of a level and of names that match.</summary>
    /// <exception cref="UsageException">A pattern matches no case.</exception>
    public static Func<TestCase, bool> Of(Profile profile, string level, IReadOnlyList<string> include, IReadOnlyList<string> exclude)
    {
        var least = Enum.Parse<Level>(level, ignoreCase: true);
        var cases = CaseCatalogue.Of(profile).Cases;
        foreach (var pattern in include.Concat(exclude))
        {
            if (!cases.Any(one => Matches(pattern, one)))
            {
                throw new UsageException($"no case matches '{pattern}'; 'smtpmodel list' prints them all, and * stands for any characters");
            }
        }

        return one => one.Rule.Level <= least && (include.Count == 0 || include.Any(pattern => Matches(pattern, one))) && !exclude.Any(pattern => Matches(pattern, one));
    }

    private static bool Matches(string pattern, TestCase one) => FileSystemName.MatchesSimpleExpression(pattern, one.Id);
}
