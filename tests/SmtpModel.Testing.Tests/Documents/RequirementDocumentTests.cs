using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Documents;

/// <summary>Every requirement is accounted for, and the pages say how.</summary>
public class RequirementDocumentTests
{
    public static TheoryData<string> Documents { get; } = [.. Requirements.All.Select(list => list.Document)];

    [Theory, MemberData(nameof(Documents))]
    public void The_page_of_the_requirements_is_what_the_specification_and_the_catalogues_say(string document)
    {
        var place = Path.Combine("docs", "requirements", $"{RequirementDocument.Name(Of(document))}.md");

        RuleDocumentTests.AssertPage(place, RequirementDocument.Write(Of(document)));
    }

    [Fact]
    public void The_index_has_the_figures() =>
        RuleDocumentTests.AssertPage(Path.Combine("docs", "requirements", "README.md"), RequirementDocument.Index());

    [Fact]
    public void Each_extension_and_each_base_has_a_list_of_what_its_standard_asks()
    {
        Assert.Empty(Without(Requirements.All));
        Assert.Equal(["RFC 2645"], Without(Requirements.All.Where(list => list.Document != "RFC 2645")));
        Assert.Equal(["RFC 2033"], Without(Requirements.All.Where(list => list.Document != "RFC 2033")));
    }

    // the standards that the rules of today come from
    private static IEnumerable<string> Without(IEnumerable<RequirementList> lists) =>
        Profiles
            .Named.Except([Profiles.Rfc821])
            .SelectMany(profile => profile.Parts)
            .Concat(Profiles.Every)
            .Except([Rfc821.Part])
            .Select(part => part.Extension?.Clause.Document ?? lists.FirstOrDefault(list => list.Part == part)?.Document ?? Named(part))
            .Distinct()
            .Except(lists.Select(list => list.Document));

    private static string Named(ProfilePart part) => $"RFC {Path.GetFileNameWithoutExtension(part.File)[3..]}";

    [Theory, MemberData(nameof(Documents))]
    public void Each_requirement_has_a_rule_or_a_reason_why_it_is_not_seen(string document)
    {
        Assert.All(Of(document).All, one => Assert.True(one.Rules.Count > 0 || one.Unseen is not null, one.Asks));
        Assert.All(Of(document).All, one => Assert.Matches(@"^[^|]{12,}\.$", one.Asks));
        Assert.Distinct(Of(document).All.Select(one => (one.Section, one.Wording, one.Asks)));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Each_rule_that_a_requirement_names_is_there(string document)
    {
        var rules = RequirementDocument.Rules(Of(document).Profile);

        Assert.All(Of(document).All, one => Assert.All(one.Rules, id => Assert.Contains(id, rules.Keys)));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Each_rule_of_a_standard_that_demands_something_stands_behind_a_requirement_of_it(string document)
    {
        var named = Of(document).All.SelectMany(one => one.Rules).ToHashSet();
        var demanding = RequirementDocument.Rules(Of(document).Profile).Values
            .Where(rule => rule.Clause.Document == document && rule.Level is not Level.May);
        // what holds no server stands behind none: those whose cases only tell, and one without a case
        var holdingNobody = demanding.Select(rule => rule.Id).Except(named).Select(id => $"{document} {id}").ToList();

        Assert.Equal(RulesThatTell.Reasons.Keys.Where(key => key.StartsWith(document + " ", StringComparison.Ordinal)).Order(),
            holdingNobody.Except(RulesWithoutCase.Reasons.Keys).Order());
    }

    [Theory, MemberData(nameof(Documents))]
    public void Each_requirement_that_is_held_has_a_rule_with_a_case(string document)
    {
        // an extension may bring the case of a rule that is there without it
        var profile = Profiles.Extended(Of(document).Profile, [Rfc3030.Part.Extension!.Keyword]);
        var played = CaseCatalogue.Of(profile).Cases.Select(one => one.Rule.Id).ToHashSet();

        Assert.All(Of(document).All, one => Assert.True(one.Rules.Count == 0 || one.Rules.Any(played.Contains), one.Asks));
    }

    [Theory, MemberData(nameof(Documents))]
    public void Each_rule_of_a_standard_has_a_case_or_a_reason_why_it_has_none(string document)
    {
        var profile = Of(document).Profile;
        var played = CaseCatalogue.Of(profile).Cases.Select(one => one.Rule.Id).ToHashSet();
        var without = profile.Table.Rules.Where(rule => rule.Clause.Document == document && !played.Contains(rule.Id))
            .Select(rule => $"{rule.Clause.Document} {rule.Id}");
        var reasons = RulesWithoutCase.Reasons.Keys.Where(key => key.StartsWith(document + " ", StringComparison.Ordinal));

        Assert.Equal(reasons.Order(), without.Order());
    }

    private static RequirementList Of(string document) => Requirements.All.Single(list => list.Document == document);
}
