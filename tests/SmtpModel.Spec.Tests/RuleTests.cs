using System.Text.RegularExpressions;
using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests;

/// <summary>The rules are stated, each with its clause, and something belongs to each.</summary>
public class RuleTests
{
    // the rules the project started from
    private static readonly string[] Ids = ["O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8", "O9", "O10", "B1", "B2", "S1", "S2", "C"];

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_rule_is_stated_with_a_clause_and_says_what_it_asks(string name)
    {
        var rules = EachProfile.Named(name).Table.Rules.ToDictionary(rule => rule.Id);

        Assert.Empty(Ids.Except(rules.Keys));
        foreach (var rule in rules.Values)
        {
            Assert.Matches("^RFC [0-9]+$", rule.Clause.Document);
            Assert.Matches(@"^(Appendix )?([0-9]+|[A-Z])(\.[0-9]+)*$", rule.Clause.Section);
            Assert.Matches(@"^[A-Z0-9].{20,}\.$", rule.Asks);
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_rule_has_an_edge_a_refusal_or_a_test_of_its_own(string name)
    {
        var table = EachProfile.Named(name).Table;
        var refusals = table.States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command)?.Rule.Id));
        var used = table.Edges.Select(edge => edge.Rule?.Id).Concat(refusals).OfType<string>().ToHashSet();

        // what is kept whatever the command has no edge either: those who watch a receiver cite it
        string[] conduct = [table.Conduct.OneReply.Id, table.Conduct.Form.Id, table.Conduct.Closing.Id, table.Conduct.Minimum.Id];

        // B1, S1, S2 and C are about what no edge says; tests of them carry a trait
        used.UnionWith(
            OfExtensions(table).Concat(Refusals(table).Select(refusal => refusal.Demands).OfType<Rule>()).Select(rule => rule.Id)
        );
        Assert.Empty(table.Rules.Select(rule => rule.Id).Where(id => !used.Contains(id)).Except(conduct).Except(TestedRules()));
        Assert.Empty(used.Except(table.Rules.Select(rule => rule.Id)));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_edge_and_refusal_carries_the_rule_as_the_profile_states_it(string name)
    {
        var table = EachProfile.Named(name).Table;
        var stated = table.Rules.ToHashSet();

        Assert.All(table.Edges, edge => Assert.True(edge.Rule is not null && stated.Contains(edge.Rule), edge.ToString()));
        Assert.All(Refusals(table), refusal => Assert.Contains(refusal.Rule, stated));
        Assert.All(table.Edges, edge => Assert.Matches(@"Rfc[0-9]+\.cs$", edge.Place.File));
    }

    [Fact]
    public void Each_edge_and_refusal_and_command_of_rfc5321_has_a_clause_of_RFC_5321_and_a_level()
    {
        var table = Profiles.Rfc5321.Table;
        var rules = table.Edges.Select(edge => edge.Rule).Concat(Refusals(table).Select(refusal => refusal.Rule)).ToList();

        Assert.All(rules, rule => Assert.Equal("RFC 5321", rule?.Clause.Document));
        Assert.All(rules, rule => Assert.True(Enum.IsDefined(rule!.Level)));
        Assert.All(table.Commands, use => Assert.Equal("RFC 5321", use.Clause.Document));
        // RFC 7504 updates it
        Assert.All(table.Rules, rule => Assert.Equal(rule.Id is "NM1" or "NM2" ? "RFC 7504" : "RFC 5321", rule.Clause.Document));
    }

    [Fact]
    public void RFC_821_is_older_than_the_words_MUST_and_SHOULD_and_its_rules_are_MUST_but_where_it_contradicts_itself()
    {
        Assert.All(Profiles.Rfc821.Table.Rules, rule => Assert.Equal("RFC 821", rule.Clause.Document));
        Assert.All(Profiles.Rfc821.Table.Rules.Where(rule => Ids.Contains(rule.Id)), rule => Assert.Equal(Level.Must, rule.Level));
        Assert.DoesNotContain(Profiles.Rfc821.Table.Rules, rule => rule.Level is Level.Should);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Doubts_are_recorded_with_question_clauses_reading_and_reason(string name)
    {
        var doubts = EachProfile.Named(name).Table.Doubts;

        Assert.NotEmpty(doubts);
        Assert.All(doubts, doubt =>
        {
            Assert.Matches(@"^[A-Z].*\?$", doubt.Question);
            Assert.Matches("^RFC [0-9]+ [0-9F]", doubt.Clauses);
            Assert.NotEmpty(doubt.Reading);
            Assert.NotEmpty(doubt.Reason);
        });
        Assert.Equal(doubts.Count, doubts.Select(doubt => doubt.Question).Distinct().Count());
    }

    [Theory]
    [InlineData("NOOP.*before HELO")]
    [InlineData("MAIL")]
    [InlineData("QUIT.*inside a transaction")]
    [InlineData("VRFY")]
    [InlineData("TURN.*in order")]
    public void The_doubts_the_project_started_from_are_among_them(string question)
    {
        Assert.Contains(Profiles.Rfc821.Table.Doubts, doubt => Regex.IsMatch(doubt.Question, question));
        Assert.Contains(Profiles.Rfc5321.Table.Doubts, doubt => Regex.IsMatch(doubt.Question, question));
    }

    private static IEnumerable<Rule> OfExtensions(TransitionTable table) =>
    [
        .. table.Parameters.SelectMany(parameter => new[] { parameter.Taken, parameter.Malformed, parameter.Twice }).OfType<Rule>(),
        .. table.Extensions.Select(extension => extension.Form).OfType<Rule>(),
        .. table.Extensions.SelectMany(extension => extension.Needs.Values),
        .. table.ReplyTexts.Select(text => text.Rule),
        .. table.ForEach.Values.Select(shape => shape.Rule),
        .. table.DemandedOffers.Select(offer => offer.Rule),
        .. table.Utf8Paths is { } utf8 ? [utf8.Rule] : Array.Empty<Rule>(),
        .. table.Grouping is { } grouping ? [grouping] : Array.Empty<Rule>(),
    ];

    private static IEnumerable<Refusal> Refusals(TransitionTable table) =>
        table.States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command))).OfType<Refusal>();

    // rules named by [Trait("Rule", ...)] anywhere in the tests
    private static IEnumerable<string> TestedRules()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return Directory
            .EnumerateFiles(Path.Combine(at.FullName, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), """Trait\("Rule", "([A-Z]+[0-9]*)"\)"""))
            .Select(match => match.Groups[1].Value);
    }
}
