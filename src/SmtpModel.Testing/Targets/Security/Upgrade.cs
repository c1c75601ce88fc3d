namespace SmtpModel.Testing.Engine;

/// <summary>What came of securing a connection.</summary>
internal enum UpgradeOutcome
{
    Secured,
    Failed,
    TimedOut,
}

/// <summary>What came of securing a connection.</summary>
/// <param name="Outcome">What.</param>
/// <param name="What">The version of TLS, or why there is none. Safe to print.</param>
internal readonly record struct Upgrade(UpgradeOutcome Outcome, string What);
