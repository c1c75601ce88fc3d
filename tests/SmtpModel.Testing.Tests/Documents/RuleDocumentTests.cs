using System.Collections.Concurrent;

namespace SmtpModel.Testing.Tests.Documents;

/// <summary>The pages of the rules say what the specification, the catalogues and the tests say now.</summary>
public class RuleDocumentTests
{
    // a page counts all mutants of its profile: it is written once for all that is asked of it
    private static readonly ConcurrentDictionary<string, Lazy<string>> Pages = [];

    private static IEnumerable<string> OfExtensions =>
        Spec.Profiles.WhereOffered.Select(part => part.Extension!.Keyword.ToLowerInvariant());

    public static TheoryData<string> Names { get; } = [.. Spec.Profiles.All.Select(profile => profile.Name), .. OfExtensions];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_of_the_rules_is_what_the_specification_and_the_catalogues_say(string name)
    {
        AssertPage(Path.Combine("docs", "rules", $"{name}.md"), Page(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Something_belongs_to_each_rule_of_the_page(string name)
    {
        var parts = Page(name).Split("\n### ")[1..];

        Assert.All(parts, part => Assert.Contains("\n- ", part, StringComparison.Ordinal));
    }

    /// <summary>A page in the repository says what it would say now; it is written anew where the tests are told to.</summary>
    internal static void AssertPage(string place, string now)
    {
        var path = Path.Combine(Root(), place);
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), now);
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

    private static string Page(string name) => Pages.GetOrAdd(name, static name => new(() => Write(name))).Value;

    private static string Write(string name) =>
        Spec.Profiles.Every.FirstOrDefault(part =>
            OfExtensions.Contains(name) && string.Equals(part.Extension!.Keyword, name, StringComparison.OrdinalIgnoreCase)
        )
            is { } part
            ? RuleDocument.OfExtension(part, Root())
            : RuleDocument.Write(EveryProfile.Named(name), Root());
}
