using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>The pictures and tables of the two RFCs as a reviewer sees them: a change of the specification shows here. Those in DOT are
/// kept beside docs/pictures.md.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files { get; } =
    [
        .. Profiles.All.SelectMany(profile =>
            Enum.GetValues<DiagramAspect>()
                .Select(aspect => $"{profile.Name}-{aspect.ToString().ToLowerInvariant()}.mmd")
                .Append($"{profile.Name}.md")
                .Append($"{profile.Name}.html")
        ),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_picture_of_each_profile_is_the_one_that_was_looked_at(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('-');
        var table = Profiles.Find(name[0])!.Table;
        var drawn = Path.GetExtension(file) switch
        {
            ".md" => MarkdownTable.Write(table),
            ".html" => HtmlTable.Write(table),
            _ => MermaidDiagram.Write(table, new() { Aspect = Enum.Parse<DiagramAspect>(name[1], ignoreCase: true) }),
        };
        var path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, drawn, TestContext.Current.CancellationToken);
        }

        var kept = File.Exists(path) ? await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken) : "";

        Assert.True(kept == drawn, $"""
            {file} in tests/SmtpModel.Diagrams.Tests/Golden is no longer what is drawn. If the change is meant, run the tests again with
            SMTPMODEL_UPDATE_SNAPSHOTS=1, which rewrites the file, and look at the new picture before committing it.
            First line that differs: {FirstDifference(kept, drawn)}
            """);
    }

    private static string FirstDifference(string kept, string drawn)
    {
        var (was, now) = (kept.Split('\n'), drawn.Split('\n'));
        var at = Enumerable
            .Range(0, Math.Max(was.Length, now.Length))
            .FirstOrDefault(line => was.ElementAtOrDefault(line) != now.ElementAtOrDefault(line));
        return $"{at + 1}\n  kept:  {was.ElementAtOrDefault(at)}\n  drawn: {now.ElementAtOrDefault(at)}";
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "SmtpModel.Diagrams.Tests.csproj")))
            {
                return Path.Combine(at.FullName, "Golden");
            }
        }

        throw new DirectoryNotFoundException("the folder of SmtpModel.Diagrams.Tests.csproj is not above the folder the tests run in");
    }
}
