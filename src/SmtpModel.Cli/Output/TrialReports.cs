using SmtpModel.Reports;
using SmtpModel.Spec;
using SmtpModel.Testing;
using SmtpModel.Watching;
using Side = SmtpModel.Watching.Side;

namespace SmtpModel.Cli.Output;

/// <summary>What came of trying a client, as the reports of <c>test</c> have it: a case for each scenario, and one for how the client
/// parts.</summary>
internal static class TrialReports
{
    public static ServerReport Of(TrialReport report, string client, DateTimeOffset started)
    {
        var table = report.Profile.Table;
        return new ServerReport(
            $"client: {client}",
            report.Profile.Name,
            report.Profile.Title,
            [.. Results(report).Select(Of), .. report.Partings.Select(Parting)]
        )
        {
            Notes = [.. report.Stopped is { } stopped ? new[] { stopped } : [], .. report.Notes],
            Coverage = new ReportedCoverage(
                new Share(0, table.States.Count),
                new Share(report.Coverage.Answered, report.Coverage.All),
                new Share(0, 0),
                new Share(0, 0)
            ),
            Machine = ReportedMachine.Of(table),
            Sessions = report.Sessions,
            Exchanges = report.Exchanges,
            Started = started,
            Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
        };
    }

    /// <summary>The results, and the one of the plain scenario also where it was not selected and something is wrong there.</summary>
    public static IEnumerable<ScenarioResult> Results(TrialReport report) =>
        report.Results.Contains(report.Plain) || report.Plain.Verdict is not (CaseVerdict.Fail or CaseVerdict.NonStrict)
            ? report.Results
            : report.Results.Prepend(report.Plain);

    private static ReportedCase Of(ScenarioResult result)
    {
        var rule = result.Rule ?? result.Scenario.SameAsPlain ?? TrialRules.Report;
        var first = result.Blames.FirstOrDefault();
        return new ReportedCase(
            $"provoke/{result.Scenario.Id}",
            CaseKind.Conduct,
            rule.Id,
            rule.Clause.Document,
            rule.Clause.Section,
            rule.Level,
            rule.Asks,
            result.Scenario.Title,
            result.Verdict
        )
        {
            Command = first?.Command.Length > 0 ? first.Command : null,
            State = first?.State.Length > 0 ? first.State : null,
            Reason = string.Join(
                "; ",
                new[] { result.Reason }.Concat(result.Blames.Skip(1).Select(blame => blame.What)).Where(words => words.Length > 0)
            ),
            Evidence = first is null
                ? null
                : new ReportedEvidence(
                    first.Expected,
                    first.Came,
                    [.. (first.Evidence.Count > 0 ? first.Evidence : result.Lines).Select(Line)]
                ),
        };
    }

    private static ReportedCase Parting(Parting parting)
    {
        var (blame, scenarios) = (parting.Blame, parting.Scenarios);
        return new ReportedCase(
            $"provoke/parting/{blame.Rule.Id}",
            CaseKind.Conduct,
            blame.Rule.Id,
            blame.Rule.Clause.Document,
            blame.Rule.Clause.Section,
            blame.Rule.Level,
            blame.Rule.Asks,
            blame.Rule.Asks,
            blame.Verdict
        )
        {
            Reason = $"{blame.What}; in {string.Join(", ", scenarios)}",
            Evidence = new ReportedEvidence(blame.Expected, blame.Came, [.. blame.Evidence.Select(Line)]),
        };
    }

    private static ReportedLine Line(EvidenceLine line) => line.Side is Side.Client
        ? new ReportedLine(line.State, "", line.IsBlamed ? Verdict.Fail : Verdict.Pass) { Sent = line.Text }
        : new ReportedLine(line.State, line.Text, line.IsBlamed ? Verdict.Fail : Verdict.Pass);
}
