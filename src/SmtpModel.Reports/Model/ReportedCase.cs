using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>What came of one case, as reports show it.</summary>
/// <param name="Id">The case's permanent name.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Rule">The id of its rule, as <c>O5</c>.</param>
/// <param name="Document">The document of its clause, as <c>RFC 5321</c>.</param>
/// <param name="Section">The section of its clause, as <c>4.1.4</c>.</param>
/// <param name="Level">How binding the rule is.</param>
/// <param name="Asks">What the rule asks.</param>
/// <param name="Requirement">What the case asks.</param>
/// <param name="Verdict">What is made of it.</param>
public sealed record ReportedCase(
    string Id,
    CaseKind Kind,
    string Rule,
    string Document,
    string Section,
    Level Level,
    string Asks,
    string Requirement,
    CaseVerdict Verdict
)
{
    /// <summary>How far a test has to go to decide it.</summary>
    public Depth Depth { get; init; }

    /// <summary>What is known of the rule's future, for people; null where nothing is.</summary>
    public string? Note { get; init; }

    /// <summary>The state in which it is looked at; null when that is no matter of one state.</summary>
    public string? State { get; init; }

    /// <summary>The command that it is about; null when it is about none in particular.</summary>
    public string? Command { get; init; }

    /// <summary>Why the verdict, in one sentence; empty for a plain pass.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was said; null where nothing was played.</summary>
    public ReportedEvidence? Evidence { get; init; }

    /// <summary>The deviation that makes this failure a known one; null where there is none.</summary>
    public KnownDeviation? Known { get; init; }

    /// <summary>The clause as it is cited, as <c>RFC 5321 4.1.4</c>.</summary>
    public string Clause => $"{Document} {Section}";

    internal static ReportedCase Of(CaseResult result, TestReport report)
    {
        var (of, rule) = (result.Case, result.Rule);
        return new ReportedCase(
            of.Id,
            of.Kind,
            rule.Id,
            rule.Clause.Document,
            rule.Clause.Section,
            rule.Level,
            rule.Asks,
            of.Requirement,
            result.Verdict
        )
        {
            Depth = of.Depth,
            Note = Spec.Successor.NoteOn(rule),
            State = of.State?.Name,
            Command = of.Command?.Name,
            Reason = result.Reason,
            Evidence = result.Evidence is { } evidence
                ? ReportedEvidence.Of(evidence, () => ReplayFile.Of(report, result)?.ToId(), report.Target, report.Access)
                : null,
        };
    }

    internal ReportedCase Clean() => this with
    {
        Id = Safe.Text(Id),
        Rule = Safe.Text(Rule),
        Document = Safe.Text(Document),
        Section = Safe.Text(Section),
        Asks = Safe.Text(Asks),
        Requirement = Safe.Text(Requirement),
        Note = Safe.OrNull(Note),
        State = Safe.OrNull(State),
        Command = Safe.OrNull(Command),
        Reason = Safe.Text(Reason),
        Evidence = Evidence?.Clean(),
        Known = Known is { } known ? known with { Reason = Safe.Text(known.Reason) } : null,
    };
}

/// <summary>Why a failure does not count.</summary>
/// <param name="Reason">The reason that somebody wrote down.</param>
/// <param name="Expires">The last day on which it holds; null when it holds until it is removed.</param>
public sealed record KnownDeviation(string Reason, DateOnly? Expires = null);
