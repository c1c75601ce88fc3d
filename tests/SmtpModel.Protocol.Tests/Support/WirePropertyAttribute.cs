using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FsCheck.Xunit;

namespace SmtpModel.Protocol.Tests;

// One fixed seed unless SMTPMODEL_SEED names another; SMTPMODEL_CASES asks for more cases. A failure prints the seed.
[SuppressMessage("Extensibility", "xUnit3003", Justification = "FsCheck's attribute, the base, takes no source information.")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class WirePropertyAttribute : PropertyAttribute
{
    private const ulong DefaultSeed = 821;
    private const int DefaultCases = 1000;

    public WirePropertyAttribute()
    {
        ulong seed = Read("SMTPMODEL_SEED", DefaultSeed);
        // the second number, FsCheck's gamma, has to be odd
        Replay = string.Create(CultureInfo.InvariantCulture, $"{seed},5321");
        MaxTest = (int)Read("SMTPMODEL_CASES", DefaultCases);
        Arbitrary = [typeof(WireGenerators)];
        QuietOnSuccess = true;
    }

    private static ulong Read(string variable, ulong otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
