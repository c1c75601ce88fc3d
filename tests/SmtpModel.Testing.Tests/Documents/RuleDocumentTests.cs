namespace SmtpModel.Testing.Tests.Documents;

/// <summary>The pages of the rules say what the specification, the catalogues and the tests say now.</summary>
public class RuleDocumentTests
{
    // a page counts all mutants of its profile: it is written once for all that is asked of it
    private static readonly Dictionary<string, string> Pages = [];

    public static TheoryData<string> Names { get; } = [.. Spec.Profiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_of_the_rules_is_what_the_specification_and_the_catalogues_say(string name)
    {
        var path = Path.Combine(Root(), "docs", "rules", $"{name}.md");
        var now = Page(name);
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, now);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), now);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Something_belongs_to_each_rule_of_the_page(string name)
    {
        var parts = Page(name).Split("\n### ")[1..];

        Assert.All(parts, part => Assert.Contains("\n- ", part, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmtpModel.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }

    private static string Page(string name)
    {
        lock (Pages)
        {
            return Pages.TryGetValue(name, out var page) ? page : Pages[name] = RuleDocument.Write(EveryProfile.Named(name), Root());
        }
    }
}
