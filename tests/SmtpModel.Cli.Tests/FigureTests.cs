using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Tests;

/// <summary>The figures on the page docs/why-believe-it.md are those that the command or the page beside them gives.</summary>
public sealed partial class FigureTests
{
    private static readonly string Page = Read("docs", "why-believe-it.md");

    [Fact]
    public async Task The_suite_has_as_many_sessions_and_commands() =>
        Has(Sessions().Match((await Smtpmodel.RunAsync("suite")).Out), "{0} sessions of {1} commands");

    [Fact]
    public async Task There_are_as_many_mutants_that_break_a_rule() =>
        Has(Faulty().Match((await Smtpmodel.RunAsync("mutants", "list")).Out), "{0} mutants of rfc5321 break a rule");

    [Fact]
    public async Task As_many_invariants_and_properties_are_proved()
    {
        var said = (await Smtpmodel.RunAsync("verify", "--profile", "rfc5321")).Out;
        var split = said.IndexOf("  properties", StringComparison.Ordinal);

        Assert.Contains(
            $"{Holds().Count(said[..split])} invariants and {Holds().Count(said[split..])} properties",
            Page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void As_many_faults_are_found()
    {
        var found = Read("docs", "faults-found.md");

        Has(Reports().Match(found), "{0} of {0} public bug reports");
        Has(Planted().Match(found), "{0} of {0} planted faults");
    }

    [Fact]
    public void As_many_requirements_are_held_against_a_server()
    {
        var all = Requirements.All.SelectMany(list => list.All).ToList();

        Assert.Contains(
            $"{all.Count(one => one.Rules.Count > 0)} of {all.Count} requirements on a receiver are held",
            Page,
            StringComparison.Ordinal
        );
    }

    private static void Has(Match match, string words) =>
        Assert.Contains(
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                words,
                [.. match.Groups.Cast<Group>().Skip(1).Select(group => group.Value)]
            ),
            Page,
            StringComparison.Ordinal
        );

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Kept.Root, .. path]));

    [GeneratedRegex("^([0-9]+) sessions, ([0-9]+) commands")]
    private static partial Regex Sessions();

    [GeneratedRegex("mutants of rfc5321: ([0-9]+) faulty")]
    private static partial Regex Faulty();

    [GeneratedRegex("^ +holds", RegexOptions.Multiline)]
    private static partial Regex Holds();

    [GeneratedRegex("([0-9]+) reports, all found")]
    private static partial Regex Reports();

    [GeneratedRegex("([0-9]+) faults, all found")]
    private static partial Regex Planted();
}
