using SmtpModel.Generator.Tests;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>Texts of the repository that must be what the tool prints, and how they are brought up to date.</summary>
internal static class Kept
{
    private const string Update = "SMTPMODEL_UPDATE_SNAPSHOTS";
    private const int ShownLines = 60;

    public static string Root { get; } = Above("SmtpModel.sln");

    public static bool IsUpdated => Environment.GetEnvironmentVariable(Update) == "1";

    /// <summary>Holds a text against a file of the folder <c>Golden</c>; rewrites the file where this was asked for.</summary>
    public static void Golden(string file, string now)
    {
        var path = Path.Combine(Root, "tests", "SmtpModel.Cli.Tests", "Golden", file);
        if (IsUpdated)
        {
            File.WriteAllText(path, now);
        }

        Same($"tests/SmtpModel.Cli.Tests/Golden/{file}", File.Exists(path) ? File.ReadAllText(path) : "", now);
    }

    public static void Same(string what, string kept, string now)
    {
        var diff = LineDiff.Between(kept, now);
        Assert.True(diff.Count == 0, Report(what, diff));
    }

    public static string Report(string what, IReadOnlyList<string> diff) =>
        $"{what} is not what the tool prints now (- kept, + printed now):\n"
        + string.Concat(diff.Take(ShownLines).Select(line => line + "\n"))
        + (diff.Count > ShownLines ? $"and {diff.Count - ShownLines} more lines\n" : "")
        + $"if this is meant, bring it up to date with\n    {Update}=1 dotnet test --project tests/SmtpModel.Cli.Tests\nand read it "
        + $"before you commit it.";

    private static string Above(string file)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, file)))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
