namespace SmtpModel.Testing.Engine;

/// <summary>Findings that are only what the server refuses in order too.</summary>
internal static class ServerPolicy
{
    /// <summary>Whether a finding is only that.</summary>
    public static bool Is(Finding finding, RefusalLog refusals) => Is(finding.Violation, finding.Session, refusals);

    /// <inheritdoc cref="Is(Finding, RefusalLog)"/>
    public static bool Is(InterleavedFinding finding, RefusalLog refusals) =>
        finding.Session >= 0 && Is(finding.Violation, finding.Round.Sessions[finding.Session], refusals);

    /// <summary>What is said of such a finding instead.</summary>
    public static string Said(Violation violation) => $"{violation.Command} out of order in {violation.State} draws "
        + $"{violation.Miscode}, as it does in order: what the server does not do it need not tell apart";

    private static bool Is(Violation violation, TestSession session, RefusalLog refusals) =>
        violation is { IsOfCode: true, State: var state, Miscode: var code }
        && session.Steps is [.., var last]
        && refusals.Explains(state, last.Move, code);
}
