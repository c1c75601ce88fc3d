using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests.Verification;

/// <summary>The example of docs/verification.md, run; the page shows these very lines.</summary>
public class OwnPropertyTests
{
    private static readonly string[] Shown =
    [
        "Opening C: (connection)",
        "Connected S: 220",
        "Connected C: HELO <domain>",
        "Ready S: 250",
        "Ready C: MAIL FROM:<reverse-path>[ <mail-parameters>]",
        "MailGiven S: 250",
    ];

    [Fact]
    public void The_example_shows_what_the_page_says_it_does()
    {
        List<string> written = [];
        void WriteLine(string line) => written.Add(line);

        // <example>
        var verified = Property.Only("mail-after-vrfy", new Clause("Our policy", "1"),
            "MAIL is accepted only when VRFY has been accepted before, in each session anew.",
            what: Accepted(MAIL, SEND, SOML, SAML), after: Accepted(VRFY));

        var result = Verifier.Verify(Profiles.Rfc5321, [verified]).Properties[0];
        foreach (var line in result.Counterexample?.Lines ?? [])
        {
            WriteLine($"{line.State} {line.Side} {line.Text}");
        }
        // </example>

        Assert.Equal(PropertyVerdict.Violated, result.Verdict);
        Assert.Equal(Shown, written);
    }

    [Fact]
    public void The_page_shows_the_example_and_what_comes_of_it()
    {
        var source = Read("tests", "SmtpModel.Spec.Tests", "Verification", "OwnPropertyTests.cs");
        var example = source
            .Split("// <example>\n")[1]
            .Split("        // </example>")[0]
            .Split('\n')
            .Select(line => line.Length > 8 ? line[8..] : "");
        var page = Read("docs", "verification.md");

        Assert.Contains(string.Join('\n', example).TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains(string.Join('\n', Shown), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_every_property_there_is()
    {
        var page = Read("docs", "verification.md");

        Assert.All(Properties.All, property =>
            Assert.Contains($"| `{property.Name}` | {property.Asks} |", page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_page_gives_the_sizes_that_the_machine_with_all_extensions_has()
    {
        var report = Verifier.Verify(Profiles.Esmtp, Properties.All);
        var (space, groups) = (report.Space!, report.Groups!);

        Assert.Contains(
            $"has {space.States} control states. With a client that waits for each reply these are {space.Moments.Count} moments and "
                + $"{space.Transitions}\n"
            + $"transitions, with one that sends in groups {groups.Moments.Count} and {groups.Transitions}; SPIN counts the same.",
            Read("docs", "verification.md"), StringComparison.Ordinal);
    }

    private static string Read(params string[] path)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return File.ReadAllText(Path.Combine([at.FullName, .. path])).ReplaceLineEndings("\n");
    }
}
