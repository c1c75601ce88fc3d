using System.Globalization;

namespace SmtpModel.Testing.Tests;

// One fixed seed unless SMTPMODEL_SEED names another; SMTPMODEL_CASES is how many cases there are where the usual number is smaller.
internal static class TestRun
{
    private const ulong DefaultSeed = 821;

    public static ulong Seed { get; } = Read("SMTPMODEL_SEED") ?? DefaultSeed;

    private static ulong? Wanted { get; } = Read("SMTPMODEL_CASES");

    public static int Cases(int usual) => (int)Math.Max((ulong)usual, Wanted ?? 0);

    /// <summary>The command that runs the test again that is running now.</summary>
    public static string Again()
    {
        var method = TestContext.Current.TestMethod?.MethodName;
        var cases = Wanted is null ? "" : $"SMTPMODEL_CASES={Wanted} ";
        return $"SMTPMODEL_SEED={Seed} {cases}dotnet test --project tests/SmtpModel.Testing.Tests --filter-method \"*.{method}\"";
    }

    /// <summary>What a failure says: what went wrong, what was said, and how to see it again.</summary>
    public static string Failure(string what, TestSession session, Transcript transcript) =>
        $"{what}\nseed {Seed}, session: {session}\n{transcript}run again: {Again()}";

    /// <summary>Fails with the difference, which has its evidence with it.</summary>
    public static void Agrees(string? difference) => Assert.True(difference is null, difference);

    /// <summary>Fails with the whole list, and how to see it again.</summary>
    public static void None<T>(string what, IEnumerable<T> found)
    {
        var list = string.Join("\n  ", found);
        Assert.True(list.Length == 0, $"{what}:\n  {list}\nseed {Seed}, run again: {Again()}");
    }

    /// <summary>Fails with each finding, its transcript, and how to see it again.</summary>
    public static void NoFindings(FuzzReport report) => Assert.True(report.Findings.Count == 0,
        string.Join("\n", report.Findings.Select(finding => Failure($"{finding.Violation}", finding.Session, finding.Transcript))));

    public static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static ulong? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
