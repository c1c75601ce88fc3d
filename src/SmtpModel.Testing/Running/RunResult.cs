namespace SmtpModel.Testing.Engine;

/// <summary>How a session with a server went.</summary>
/// <param name="Violation">The first exchange that the rules do not allow; null when there was none.</param>
/// <param name="FailedAt">The place of the move that drew it, -1 for the greeting.</param>
/// <param name="Exchanges">How many exchanges there were.</param>
/// <param name="Inconclusive">Why the session could not be played to its end; null when it was.</param>
public sealed record RunResult(Violation? Violation, int FailedAt, int Exchanges, string? Inconclusive)
{
    /// <summary>
    /// Further violations, each with the place of its move: such as let the session go on, since the reply was of the right kind
    /// and only its code or its form was wrong. Without another violation the first of them is <see cref="Violation"/>.
    /// </summary>
    public IReadOnlyList<(Violation Violation, int At)> Others { get; init; } = [];

    /// <summary>How many groups of inputs were sent in one packet, and how many inputs the longest had.</summary>
    public GroupCount Groups { get; init; }

    /// <summary>Its marked messages; null where nobody looks for them.</summary>
    internal MailSession? Mail { get; init; }

    /// <summary>The violation of a key with the place of its move; null when it was not shown.</summary>
    internal (Violation Violation, int At)? Find(string key) => Violation?.Key == key ? (Violation, FailedAt)
        : Others.Where(other => other.Violation.Key == key).Select(other => ((Violation, int)?)other).FirstOrDefault();

    internal static RunResult Fine(int exchanges) => new(null, 0, exchanges, null);
}
