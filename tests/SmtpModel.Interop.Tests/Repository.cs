namespace SmtpModel.Interop.Tests;

/// <summary>Where the repository is that these tests are of.</summary>
internal static class Repository
{
    public static string Root { get; } = Above();

    private static string Above()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
