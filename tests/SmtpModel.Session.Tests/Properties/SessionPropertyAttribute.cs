using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FsCheck.Xunit;

namespace SmtpModel.Session.Tests;

/// <summary>A property under one fixed seed, unless SMTPMODEL_SEED names another; SMTPMODEL_CASES asks for more cases.</summary>
[SuppressMessage("Extensibility", "xUnit3003", Justification = "FsCheck's attribute, the base, takes no source information.")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SessionPropertyAttribute : PropertyAttribute
{
    public SessionPropertyAttribute()
    {
        // the second number, FsCheck's gamma, has to be odd
        Replay = string.Create(CultureInfo.InvariantCulture, $"{Seed},5321");
        MaxTest = (int)Read("SMTPMODEL_CASES", 300);
        Arbitrary = [typeof(ScriptGenerator)];
        QuietOnSuccess = true;
    }

    /// <summary>The seed of this run.</summary>
    public static ulong Seed => Read("SMTPMODEL_SEED", 821);

    private static ulong Read(string variable, ulong otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}
