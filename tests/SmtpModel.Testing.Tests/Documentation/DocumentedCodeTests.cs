using System.Text.RegularExpressions;

namespace SmtpModel.Testing.Tests.Documentation;

/// <summary>The C# that README.md and docs/ show is what is compiled and run here; SMTPMODEL_UPDATE_SNAPSHOTS=1 copies it into the
/// pages.</summary>
public sealed partial class DocumentedCodeTests
{
    private static readonly string Root = Above("SmtpModel.sln");
    private static readonly Lock OnePage = new();

    [Theory]
    [InlineData("README.md", "your-server")]
    [InlineData("docs/from-your-own-tests.md", "your-server")]
    [InlineData("docs/from-your-own-tests.md", "your-fuzz")]
    [InlineData("docs/from-your-own-tests.md", "your-store")]
    [InlineData("docs/from-your-own-tests.md", "your-rows")]
    [InlineData("docs/serving.md", "your-receiver")]
    [InlineData("docs/serving.md", "your-session")]
    public void The_code_of_a_page_is_what_is_run_here(string page, string name)
    {
        // a page has several blocks, and rows may run at the same time
        lock (OnePage)
        {
            var path = Path.Combine(Root, page);
            var (text, code) = (File.ReadAllText(path), Code(name));
            var shown = Block(name).Match(text);
            Assert.True(shown.Success, $"{page} has no '<!-- code {name} -->' with a block of C# behind it");
            if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
            {
                var at = shown.Groups["code"];
                text = text[..at.Index] + code + text[(at.Index + at.Length)..];
                File.WriteAllText(path, text);
                shown = Block(name).Match(text);
            }

            Assert.True(shown.Groups["code"].Value == code, $"{page} does not show what is run; bring it up to date with "
                + "SMTPMODEL_UPDATE_SNAPSHOTS=1 dotnet test --project tests/SmtpModel.Testing.Tests");
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/from-your-own-tests.md")]
    [InlineData("docs/serving.md")]
    public void Every_block_of_CSharp_of_a_page_is_one_that_is_run(string page)
    {
        var text = File.ReadAllText(Path.Combine(Root, page));

        Assert.Equal(Fence().Count(text), Mark().Count(text));
    }

    private static string Code(string name)
    {
        var mark = $"// ---- {name}\n";
        string[] folders = [Path.Combine("SmtpModel.Testing.Tests", "Documentation"), "SmtpModel.YourRows"];
        var file = folders
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, "tests", folder), "*.cs"))
            .Select(File.ReadAllText)
            .Single(text =>
                text.Contains(mark, StringComparison.Ordinal) && !text.Contains("DocumentedCodeTests", StringComparison.Ordinal)
            );
        return file[(file.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
    }

    private static Regex Block(string name) => new($@"<!-- code {name} -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline);

    private static string Above(string file)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, file)))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- code ", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
