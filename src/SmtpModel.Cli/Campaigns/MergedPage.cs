using SmtpModel.Cli.Output;
using SmtpModel.Reports;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>A merged campaign as one page of HTML that needs nothing else.</summary>
internal static class MergedPage
{
    private const string Sheet = """
        :root { --ink: #1d2733; --soft: #5c6877; --line: #dfe3e9; --bad: #b3261e; --open: #8a5a00; --good: #1f6f3a }
        body { font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink); background: #fff;
          max-width: 1100px; margin: 0 auto; padding: 24px 28px 60px }
        h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 19px; margin: 34px 0 8px } h3 { font-size: 16px; margin: 0 }
        .bad { color: var(--bad) } .open { color: var(--open) } .good { color: var(--good) } .soft { color: var(--soft) }
        article { border: 1px solid var(--line); border-left: 5px solid var(--bad); border-radius: 6px; padding: 12px 18px; margin: 12px 0 }
        pre, code { font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }
        pre { background: #f5f6f8; border-radius: 4px; padding: 10px 12px; overflow-x: auto } code { overflow-wrap: anywhere }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 14px; margin: 8px 0 } dt { font-weight: 600 } dd { margin: 0 }
        table { border-collapse: collapse }
        th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top }
        td.n { text-align: right; font-variant-numeric: tabular-nums }
        @media print { article { break-inside: avoid } }
        """;

    public static string Write(Merged merged)
    {
        var (tone, headline) = Headline(merged);
        return Markup.Of($$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{headline}}</title>
            <style>{{new Markup(Sheet)}}</style>
            </head>
            <body>
            <header>
            <p class="soft">Campaign {{merged.Begin.Campaign}}, {{merged.Profile?.Title}}</p>
            <h1 class="{{tone}}">{{headline}}</h1>
            <p><code>smtpmodel {{Safe.Text(merged.Title)}}</code></p>
            </header>
            {{Facts(merged)}}
            {{Findings(merged)}}
            {{Remarks(merged)}}
            {{Survivors(merged)}}
            {{(merged.Learning is { } learning ? MergedLearningPage.Of(learning) : Markup.None)}}
            {{Shares(merged)}}
            </body>
            </html>

            """).Html;
    }

    private static (string Tone, string Words) Headline(Merged merged)
    {
        var missing = merged.IsComplete ? "" : $", and {Words.Count(merged.Open.Count(), "share")} of {merged.Shards.Count} not complete";
        return merged.ExitCode switch
        {
            ExitCodes.Failure when merged.Fuzz is not null => ("bad", $"{Words.Count(merged.Violations, "violation")}{missing}"),
            ExitCodes.Failure when merged.Learning is { Server: var server } =>
                ("bad", $"{Words.Count(server.Violations.Count, "violation")}{missing}"),
            ExitCodes.Failure => ("bad", $"{Words.Count(Misjudged(merged.Score!), "mutant")} not judged right{missing}"),
            ExitCodes.Incomplete when merged.IsComplete => ("open", "Nothing wrong so far, and the server has to be asked more"),
            ExitCodes.Incomplete => ("open", $"Nothing wrong so far{missing}"),
            ExitCodes.Fine when merged.Learning is not null => ("good", "Learned whole, and no violation"),
            ExitCodes.Fine => ("good", merged.Fuzz is null ? "Every faulty mutant was found" : "No violation"),
            _ => ("open", merged.Fuzz?.Unseen is null ? "Nothing could be decided"
                : "No violation in what was said, and nobody saw what is delivered"),
        };
    }

    private static int Misjudged(ScoreReport score) => score.Survivors.Count() + score.Accused.Count();

    private static Markup Facts(Merged merged) => Markup.Of($"""
        <dl>
        {Fact("Shares", MergedPrinter.Counts(merged))}
        {Fact("Time", MergedPrinter.Time(merged))}
        {Fact("Played", Played(merged))}
        {Fact("Covered", merged.Fuzz?.Coverage.ToString())}
        {Fact("Found", merged.Score is { } score ? $"{score.Killed.Count()} of {score.Faulty.Count} faulty mutants" : null)}
        </dl>
        """);

    private static string? Played(Merged merged) =>
        merged.Learning is { Server.Cost: var cost } ? $"{Words.Count(cost.Sessions, "session")}, {Words.Count(cost.Inputs, "input")}"
        : merged.Fuzz is { } fuzz ? $"{Words.Count(fuzz.Sessions, "session")}, {Words.Count(fuzz.Exchanges, "exchange")}" : null;

    private static Markup Fact(string name, string? value) => Markup.If(value is not null, $"<dt>{name}</dt><dd>{value}</dd>");

    private static Markup Findings(Merged merged) => merged.Violations == 0 ? Markup.None : Markup.Of(
        $"<h2>Violations</h2>{merged.Findings.Select((one, at) => Of(merged, one, at + 1))
            .Concat(merged.Rounds.Select((one, at) => Of(merged, one, merged.Findings.Count + at + 1)))}");

    private static Markup Of(Merged merged, MergedFinding one, int number)
    {
        var finding = one.Finding;
        var shown = $"shown by {Words.Count(finding.Session.Steps.Count, "step")}{(finding.NeedsGroup ? "; it takes the group" : "")}";
        return Article(number, finding.Violation, $"first seen in session {finding.Number}, {shown}", $"{finding.Transcript}",
            finding.Repeats, merged.Replay(one.Plays));
    }

    private static Markup Of(Merged merged, MergedRound one, int number) =>
        Article(number, one.Finding.Violation, one.Seen, one.Finding.Transcript, null, merged.Replay(one.Plays));

    private static Markup Article(int number, Violation violation, string seen, string transcript, string? counted, string replay) =>
        Markup.Of($"""
            <article id="violation-{number}">
            <h3>{number}. {violation.State.Name}, {violation.Command.Name}</h3>
            <p class="soft">{seen}</p>
            <pre>{transcript.TrimEnd('\n')}</pre>
            <dl>
            {Fact("expected", violation.Expected)}
            {Fact("came", violation.Came)}
            {Fact("counted", counted)}
            {Fact("rule", violation.Rule is { } rule ? Said(rule) : null)}
            <dt>replay</dt><dd><code>{Safe.Text(replay)}</code></dd>
            </dl>
            </article>
            """);

    private static Markup Remarks(Merged merged)
    {
        List<FuzzRemark> remarks = [.. FuzzRemark.Of(merged.Fuzz?.NonStrict ?? new Dictionary<NonStrict, Remark>())];
        return remarks.Count == 0 ? Markup.None : Markup.Of($"""
            <h2>Not strict</h2>
            <table><thead><tr><th>What</th><th>Rule</th><th>In</th><th>For instance</th></tr></thead><tbody>
            {remarks.Select(Row)}
            </tbody></table>
            """);
    }

    private static Markup Row(FuzzRemark remark) => Markup.Of($"""
        <tr><td>{remark.What}</td><td>{(remark.Rule is { } rule ? Said(rule) : "")}</td><td>{string.Join(", ", remark.States)}</td>
        <td><code>{remark.Sent}</code><br><code>{remark.Came}</code></td></tr>
        """);

    private static string Said(Machines.Rule rule) => $"{rule.Id}, {rule.Clause}, {rule.Level.ToString().ToUpperInvariant()}: {rule.Asks}";

    private static Markup Survivors(Merged merged)
    {
        var rows = (merged.Score?.Survivors ?? []).Select(one => Row(one.Mutant, "survived"))
            .Concat((merged.Score?.Accused ?? []).Select(one => Row(one.Mutant, "accused wrongly"))).ToList();
        return rows.Count == 0 ? Markup.None : Markup.Of($"""
            <h2>Mutants</h2>
            <table><thead><tr><th>Mutant</th><th></th><th>What it does</th><th>Rule</th></tr></thead><tbody>
            {rows}
            </tbody></table>
            """);
    }

    private static Markup Row(Mutant mutant, string fate) => Markup.Of($"""
        <tr><td><code>{mutant.Id}</code></td><td class="bad">{fate}</td><td>{mutant.Does}</td><td>{mutant.Rule?.ToString()}</td></tr>
        """);

    private static Markup Shares(Merged merged) => Markup.Of($"""
        <h2>Shares</h2>
        <table><thead><tr><th>Share</th><th></th><th>Time</th><th>Run it alone</th></tr></thead><tbody>
        {merged.Shards.Select(Row)}
        </tbody></table>
        """);

    private static Markup Row(MergedShard shard)
    {
        var tone = shard.IsComplete ? "good" : "open";
        var again = Markup.If(shard.Again is not null, $"<code>{Safe.Text(shard.Again ?? "")}</code>");
        return Markup.Of($"""
            <tr><td class="n">{shard.Number}</td><td class="{tone}">{shard.State}</td>
            <td class="n">{shard.Seconds:0.0} s</td><td>{again}</td></tr>
            """);
    }
}
