using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FsCheck.Xunit;

namespace SmtpModel.Testing.Tests;

// A property over scripted sessions of both profiles.
[SuppressMessage("Extensibility", "xUnit3003", Justification = "FsCheck's attribute, the base, takes no source information.")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SessionPropertyAttribute : PropertyAttribute
{
    private const int DefaultCases = 1000;

    public SessionPropertyAttribute()
    {
        // the second number, FsCheck's gamma, has to be odd
        Replay = string.Create(CultureInfo.InvariantCulture, $"{TestRun.Seed},5321");
        MaxTest = TestRun.Cases(DefaultCases);
        Arbitrary = [typeof(ScriptedSessions)];
        QuietOnSuccess = true;
    }
}
