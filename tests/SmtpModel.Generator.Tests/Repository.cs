namespace SmtpModel.Generator.Tests;

/// <summary>The files of the repository the tests are run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>, whichever these tests were built as.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Snapshot { get; } = Path.Combine(Root, "tests", "SmtpModel.Generator.Tests", "Snapshots", "SessionOrder.g.cs");

    /// <summary>The text of a file, lines ended as the generator ends them.</summary>
    public static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
