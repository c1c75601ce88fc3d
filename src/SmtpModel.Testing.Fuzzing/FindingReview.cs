using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a whole run tells of what one of its sessions showed.</summary>
/// <param name="refusals">What the server refused where it was in order.</param>
/// <param name="coverage">What was exercised.</param>
internal sealed class FindingReview(RefusalLog refusals, Coverage coverage)
{
    private TransitionTable Table => coverage.Table;

    /// <summary>Whether a finding is only what the server refuses in order too, or a line of a command that it serves.</summary>
    public bool IsPolicy(Finding finding) => IsPolicy(finding.Violation, finding.Session);

    /// <inheritdoc cref="IsPolicy(Finding)"/>
    public bool IsPolicy(InterleavedFinding finding) =>
        finding.Session >= 0 && IsPolicy(finding.Violation, finding.Round.Sessions[finding.Session]);

    /// <summary>What is said of such a finding instead.</summary>
    public static string OfPolicy(Violation violation) => violation.IsOfCode
        ? $"{violation.Command} out of order in {violation.State} draws {violation.Miscode}, as it does in order: what the server does "
            + "not do it need not tell apart"
        : $"{violation.Command} with parameters draws {violation.Came} in {violation.State}, and is served without";

    /// <summary>A finding with the rule that it breaks: a command that is served elsewhere is not missing.</summary>
    public Finding Of(Finding finding) => finding with { Violation = Of(finding.Violation) };

    /// <inheritdoc cref="Of(Finding)"/>
    public InterleavedFinding Of(InterleavedFinding finding) => finding with { Violation = Of(finding.Violation) };

    private Violation Of(Violation violation) =>
        IsServed(violation) && Accepting(violation.Command).FirstOrDefault(edge => edge.From == violation.State)?.Rule is { } rule
            ? violation with { Rule = rule }
            : violation;

    private bool IsPolicy(Violation violation, TestSession session) =>
        session.Steps is [.., var last]
        && (violation.IsOfCode
            ? refusals.Explains(violation.State, last.Move, violation.Miscode)
            : IsServed(violation) && ParameterLines.HasAny(Table, violation.Command, last.Move.Text));

    // "no such command" to one that was accepted in the same run
    private bool IsServed(Violation violation) =>
        violation.Rule?.Id == Table.Conduct.Minimum.Id && Accepting(violation.Command).Any(edge => coverage.Hits(edge) > 0);

    private IEnumerable<Edge> Accepting(Command command) =>
        Table.Edges.Where(edge => edge.Exchange.Command == command && edge.Exchange.IsAccepted);
}
