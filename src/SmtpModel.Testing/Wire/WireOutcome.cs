using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>How a server stands to a rule, before the rule's level makes a verdict of it.</summary>
internal enum Standing
{
    Kept,

    /// <summary>Otherwise than the rule says.</summary>
    Broken,

    /// <summary>Its choice, worth telling.</summary>
    Chosen,

    Undecided,

    NotApplicable,
}

/// <summary>What one playing of a case came to. Two of the same standing and reason are the same.</summary>
internal sealed record WireOutcome(Standing Standing, string Reason = "", string Expected = "", string Came = "")
{
    /// <summary>The rule that is broken where it is another than the case's.</summary>
    public Rule? Rule { get; init; }

    public static WireOutcome Kept { get; } = new(Standing.Kept);

    public static WireOutcome Broken(string reason, string expected, string came) => new(Standing.Broken, reason, expected, came);

    public static WireOutcome Chosen(string reason) => new(Standing.Chosen, reason);

    public static WireOutcome Undecided(string reason) => new(Standing.Undecided, reason);

    public static WireOutcome NotApplicable(string reason) => new(Standing.NotApplicable, reason);
}

/// <summary>A case and how it is played.</summary>
internal sealed record WireCase(TestCase Case, Func<WireRun, Task<WireOutcome>> Play);
