namespace SmtpModel.Testing;

/// <summary>How a session with a server went.</summary>
/// <param name="Violation">The first exchange that the rules do not allow; null when there was none.</param>
/// <param name="FailedAt">The place of the move that drew it, -1 for the greeting.</param>
/// <param name="Exchanges">How many exchanges there were.</param>
/// <param name="Inconclusive">Why the session could not be played to its end; null when it was.</param>
public sealed record RunResult(Violation? Violation, int FailedAt, int Exchanges, string? Inconclusive)
{
    internal static RunResult Fine(int exchanges) => new(null, 0, exchanges, null);
}
