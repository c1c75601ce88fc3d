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
        table { border-collapse: collapse } th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top }
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
            {{Survivors(merged)}}
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
            ExitCodes.Failure when merged.Fuzz is { } fuzz => ("bad", $"{Words.Count(fuzz.Findings.Count, "violation")}{missing}"),
            ExitCodes.Failure => ("bad", $"{Words.Count(merged.Score!.Survivors.Count() + merged.Score.Accused.Count(), "mutant")} not judged as they should be{missing}"),
            ExitCodes.Incomplete => ("open", $"Nothing wrong so far{missing}"),
            ExitCodes.Fine => ("good", merged.Fuzz is null ? "Every faulty mutant was found" : "No violation"),
            _ => ("open", "Nothing could be decided"),
        };
    }

    private static Markup Facts(Merged merged) => Markup.Of($"""
        <dl>
        <dt>Shares</dt><dd>{MergedPrinter.Counts(merged)}</dd>
        <dt>Time</dt><dd>{merged.Shards.Sum(shard => shard.Seconds):0.0} s in all, the longest share {merged.Shards.Max(shard => shard.Seconds):0.0} s</dd>
        {Markup.If(merged.Fuzz is not null, $"<dt>Played</dt><dd>{Words.Count(merged.Fuzz?.Sessions ?? 0, "session")}, {Words.Count(merged.Fuzz?.Exchanges ?? 0, "exchange")}</dd>")}
        {Markup.If(merged.Fuzz is not null, $"<dt>Covered</dt><dd>{merged.Fuzz?.Coverage.ToString()}</dd>")}
        {Markup.If(merged.Score is not null, $"<dt>Found</dt><dd>{merged.Score?.Killed.Count() ?? 0} of {merged.Score?.Faulty.Count ?? 0} faulty mutants</dd>")}
        </dl>
        """);

    private static Markup Findings(Merged merged) => merged.Findings.Count == 0 ? Markup.None : Markup.Of(
        $"<h2>Violations</h2>{merged.Findings.Select((finding, at) => One(finding, at + 1))}");

    private static Markup One(MergedFinding one, int number)
    {
        var violation = one.Finding.Violation;
        return Markup.Of($"""
            <article id="violation-{number}">
            <h3>{number}. {violation.State.Name}, {violation.Command.Name}</h3>
            <p class="soft">first seen in session {one.Finding.Number}, shown by {Words.Count(one.Finding.Session.Steps.Count, "step")}{Group(one.Finding)}</p>
            <pre>{one.Finding.Transcript.ToString().TrimEnd('\n')}</pre>
            <dl>
            <dt>expected</dt><dd>{violation.Expected}</dd>
            <dt>came</dt><dd>{violation.Came}</dd>
            {Markup.If(violation.Rule is not null, $"<dt>rule</dt><dd>{violation.Rule?.Id}, {violation.Rule?.Clause.ToString()}, {violation.Rule?.Level.ToString().ToUpperInvariant()}: {violation.Rule?.Asks}</dd>")}
            <dt>replay</dt><dd><code>smtpmodel replay {one.Plays.ToId()}</code></dd>
            </dl>
            </article>
            """);
    }

    private static string Group(Finding finding) => finding.NeedsGroup ? "; it takes the group" : "";

    private static Markup Survivors(Merged merged)
    {
        var wrong = (merged.Score?.Survivors ?? []).Select(one => (Word: "survived", one)).Concat((merged.Score?.Accused ?? []).Select(one => (Word: "accused wrongly", one)))
            .ToList();
        return wrong.Count == 0 ? Markup.None : Markup.Of($"""
            <h2>Mutants</h2>
            <table><thead><tr><th>Mutant</th><th></th><th>What it does</th><th>Rule</th></tr></thead><tbody>
            {wrong.Select(pair => Markup.Of($"<tr><td><code>{pair.one.Mutant.Id}</code></td><td class=\"bad\">{pair.Word}</td><td>{pair.one.Mutant.Does}</td><td>{pair.one.Mutant.Rule?.ToString()}</td></tr>"))}
            </tbody></table>
            """);
    }

    private static Markup Shares(Merged merged) => Markup.Of($"""
        <h2>Shares</h2>
        <table><thead><tr><th>Share</th><th></th><th>Time</th><th>Run it alone</th></tr></thead><tbody>
        {merged.Shards.Select(Row)}
        </tbody></table>
        """);

    private static Markup Row(MergedShard shard) => Markup.Of(
        $"<tr><td class=\"n\">{shard.Number}</td><td class=\"{(shard.IsComplete ? "good" : "open")}\">{shard.State}</td><td class=\"n\">{shard.Seconds:0.0} s</td><td>{Markup.If(shard.Again is not null, $"<code>{Safe.Text(shard.Again ?? "")}</code>")}</td></tr>");
}
