using SmtpModel.Reports;
using SmtpModel.Testing;
using SmtpModel.Watching;
using Side = SmtpModel.Watching.Side;

namespace SmtpModel.Cli.Output;

/// <summary>What was found in sessions, as the reports of <c>test</c> have it: a report for each side, a case for each rule that was not
/// kept.</summary>
internal static class WireReport
{
    /// <summary>The reports of both sides.</summary>
    public static IReadOnlyList<ServerReport> Of(
        string name,
        Profile profile,
        BlameLog log,
        IReadOnlyList<string> notes,
        DateTimeOffset started
    ) =>
        [
            Of($"client in {name}", Side.Client, profile, log, notes, started),
            Of($"server in {name}", Side.Server, profile, log, notes, started),
        ];

    /// <summary>Whether what was found makes the run a failure.</summary>
    public static bool HasFailed(BlameLog log, bool isStrict) =>
        log.All.Any(one => one.Verdict is CaseVerdict.Fail || (isStrict && one.Verdict is CaseVerdict.NonStrict));

    private static ServerReport Of(
        string target,
        Side side,
        Profile profile,
        BlameLog log,
        IReadOnlyList<string> notes,
        DateTimeOffset started
    )
    {
        var table = profile.Table;
        var cases = log.All.Where(one => one.Side == side).GroupBy(one => (one.Rule, one.Command, one.Verdict)).ToList();
        return new ServerReport(
            target,
            profile.Name,
            profile.Title,
            [.. cases.Select(group => Of(group.First(), group.Sum(one => one.Count), [.. group.Skip(1)]))]
        )
        {
            Notes = [.. notes, .. log.Unjudged.Select(pair => $"not judged, {Words.Count(pair.Value, "time")}: {pair.Key}")],
            Coverage = new ReportedCoverage(None(table.States.Count), None(table.Edges.Count), None(0), None(0)),
            Machine = ReportedMachine.Of(table),
            Sessions = log.Sessions,
            Exchanges = log.Exchanges,
            Started = started,
            Seconds = Math.Round((DateTimeOffset.UtcNow - started).TotalSeconds, 3),
        };
    }

    private static ReportedCase Of(Blame blame, long count, IReadOnlyList<Blame> more)
    {
        var clause = blame.Rule.Clause;
        var id =
            $"{clause.Document.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}/{clause.Section}/{blame.Rule.Id}"
                + $"{(blame.Command.Length > 0 ? $"-{blame.Command.Replace(' ', '-')}" : "")}"
                + $"{(blame.Verdict is CaseVerdict.NonStrict ? "-strictly" : "")}";
        return new ReportedCase(
            id,
            CaseKind.Conduct,
            blame.Rule.Id,
            clause.Document,
            clause.Section,
            blame.Rule.Level,
            blame.Rule.Asks,
            blame.Rule.Asks,
            blame.Verdict
        )
        {
            State = blame.State.Length > 0 ? blame.State : null,
            Command = blame.Command.Length > 0 ? blame.Command : null,
            Reason =
                $"{blame.What}; seen {Words.Count(count, "time")}, first in {blame.Session}{(blame.Place > 0 ? $" at {blame.Place}" : "")}"
                    + $"{string.Concat(more.Select(one => $"; {one.What}"))}",
            Evidence = new ReportedEvidence(blame.Expected, blame.Came, Lines(blame)),
        };
    }

    // a line for each reply with what drew it; what came unanswered, or unasked, stands by itself
    private static List<ReportedLine> Lines(Blame blame)
    {
        List<ReportedLine> lines = [];
        var waiting = new Queue<EvidenceLine>();
        foreach (var line in blame.Evidence)
        {
            if (line.Side is Side.Client)
            {
                waiting.Enqueue(line);
                continue;
            }

            var asked = waiting.TryDequeue(out var sent);
            lines.Add(
                new ReportedLine(
                    asked ? sent!.State : line.State,
                    line.Text,
                    line.IsBlamed || (asked && sent!.IsBlamed) ? Verdict.Fail : Verdict.Pass
                )
                {
                    Sent = asked ? sent!.Text : null,
                }
            );
        }

        lines.AddRange(
            waiting.Select(sent => new ReportedLine(sent.State, "", sent.IsBlamed ? Verdict.Fail : Verdict.Pass) { Sent = sent.Text })
        );
        return lines;
    }

    private static Share None(int all) => new(0, all);
}
