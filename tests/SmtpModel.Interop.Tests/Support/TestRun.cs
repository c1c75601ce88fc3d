using System.Globalization;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Support;

// One fixed seed unless SMTPMODEL_SEED names another; SMTPMODEL_CASES is how many sessions there are where the usual number is smaller.
internal static class TestRun
{
    private const ulong DefaultSeed = 5321;

    public static ulong Seed { get; } = Read("SMTPMODEL_SEED") ?? DefaultSeed;

    private static ulong? Wanted { get; } = Read("SMTPMODEL_CASES");

    public static int Cases(int usual) => (int)Math.Max((ulong)usual, Wanted ?? 0);

    /// <summary>What a violation is known by: where the model was, what was sent, and the rule that was broken.</summary>
    public static string NameOf(Violation violation) => $"{violation.State}, {violation.Command}: {violation.Rule?.Id}";

    /// <summary>A finding with all that is needed to judge it.</summary>
    public static string Describe(Finding finding) =>
        $"{NameOf(finding.Violation)}, {finding.Violation.Kind}\n{finding.Violation}\n{finding.Transcript}seed {Seed}, session "
            + $"{finding.Number}: {finding.Session}";

    private static ulong? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
