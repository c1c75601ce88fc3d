using System.Globalization;
using System.Text;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>docs/pictures.md and what it shows are what is drawn; SMTPMODEL_UPDATE_SNAPSHOTS=1 draws them anew.</summary>
public sealed class PicturesPageTests
{
    private static readonly string Docs = Path.Combine(Path.GetDirectoryName(Above("SmtpModel.sln"))!, "docs");
    private static readonly bool IsUpdated = Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1";

    private static readonly (DiagramAspect Aspect, string Title)[] Aspects =
    [
        (DiagramAspect.Whole, "The whole machine"), (DiagramAspect.Transaction, "The transaction"), (DiagramAspect.Buffers, "The buffers"),
        (DiagramAspect.Errors, "Refusals, disorder and closing"), (DiagramAspect.Replies, "From reply to outcome (RFC 821 4.4)"),
    ];

    public static TheoryData<string, DiagramAspect> Pictures { get; } =
    [
        .. from profile in Profiles.All
        from aspect in Enum.GetValues<DiagramAspect>()
        select new TheoryDataRow<string, DiagramAspect>(profile.Name, aspect),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task The_kept_picture_is_drawn_from_the_machine_as_it_is(string profile, DiagramAspect aspect)
    {
        var options = new DiagramOptions { Aspect = aspect };
        foreach (
            var (kind, drawn) in new[]
            {
                (".dot", DotDiagram.Write(Profiles.Find(profile)!.Table, options)),
                (".svg", SvgDiagram.Write(Profiles.Find(profile)!.Table, options)),
            }
        )
        {
            var path = Path.Combine(Docs, "pictures", Name(profile, aspect) + kind);
            if (IsUpdated)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, drawn, Cancellation);
            }

            Same(path, await ReadAsync(path), drawn);
        }
    }

    [Fact]
    public async Task The_page_shows_every_profile_and_aspect_and_the_tables_as_they_are()
    {
        var (path, page) = (Path.Combine(Docs, "pictures.md"), Page());
        if (IsUpdated)
        {
            await File.WriteAllTextAsync(path, page, Cancellation);
        }

        Same(path, await ReadAsync(path), page);
        Assert.Equal(Enum.GetValues<DiagramAspect>(), Aspects.Select(one => one.Aspect));
    }

    [Fact]
    public void No_picture_is_kept_that_the_page_does_not_show()
    {
        var page = Page();

        Assert.All(Directory.GetFiles(Path.Combine(Docs, "pictures")).Select(Path.GetFileName), file =>
            Assert.Contains($"(pictures/{file})", page, StringComparison.Ordinal)
        );
    }

    private static string Page()
    {
        var text = new StringBuilder("""
            # Pictures

            Made from the specification by `smtpmodel diagram --format svg --aspect whole` (or transaction, buffers, errors, replies) and
            `smtpmodel table --rows commands`; a test fails when this page is no longer what they make, and says how to make it anew. Opened by
            itself, a picture shows the rule and clause of what the pointer is on.

            A page to click through is made by `smtpmodel diagram --profile rfc5321 --format html --output rfc5321.html`: an exchange is
            chosen, or a transcript is pasted, and the page shows where it leads, what the buffers hold and which clause says so.


            """.ReplaceLineEndings("\n"));
        foreach (var profile in Profiles.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {profile.Title}\n\n");
            foreach (var (aspect, title) in Aspects)
            {
                var name = Name(profile.Name, aspect);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"### {title}\n\n[![{profile.Title}: {title.ToLowerInvariant()}](pictures/{name}.svg)](pictures/{name}.svg) "
                        + $"([DOT](pictures/{name}.dot))\n\n"
                );
            }

            text.Append(
                CultureInfo.InvariantCulture,
                $"### Commands by states\n\n{MarkdownTable.Write(profile.Table, TableRows.Commands)}\n"
            );
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Name(string profile, DiagramAspect aspect) => $"{profile}-{aspect.ToString().ToLowerInvariant()}";

    private static async Task<string> ReadAsync(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path, Cancellation) : "";

    private static void Same(string path, string kept, string now)
    {
        var (was, drawn) = (kept.Split('\n'), now.Split('\n'));
        var at = Enumerable
            .Range(0, Math.Max(was.Length, drawn.Length))
            .FirstOrDefault(line => was.ElementAtOrDefault(line) != drawn.ElementAtOrDefault(line));
        Assert.True(
            kept == now,
            $"{Advice(path)}\nFirst line that differs: {at + 1}\n  kept: {was.ElementAtOrDefault(at)}\n  now:  "
                + $"{drawn.ElementAtOrDefault(at)}"
        );
    }

    private static string Advice(string path) =>
        $"docs/{Path.GetRelativePath(Docs, path)} is no longer what is made. If the change is meant, run "
        + "SMTPMODEL_UPDATE_SNAPSHOTS=1 dotnet test --project tests/SmtpModel.Diagrams.Tests, and look at the pictures before committing "
        + "them.";

    private static string Above(string file)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, file)))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return Path.Combine(at.FullName, file);
    }
}
