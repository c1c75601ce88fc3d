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

    public static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private static ulong? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
