using SmtpModel.Machines;

namespace SmtpModel.Reports;

/// <summary>Verdicts by clause: a section of the standard, its cases, and a column for each server.</summary>
internal static class ClauseMatrix
{
    /// <summary>One case at all servers.</summary>
    private sealed record Row(ReportedCase Case, IReadOnlyList<(int Index, ReportedCase Case)?> At);

    public static Markup Write(IReadOnlyList<ServerReport> servers)
    {
        var sections = Rows(servers).GroupBy(row => row.Case.Clause).ToList();
        return Markup.Of($$"""
            <section id="clauses" aria-labelledby="clauses-title">
            <h2 id="clauses-title">Verdicts by clause</h2>
            {{Filters(sections.Select(section => section.Key), servers.Count > 1)}}
            <div class="scroll wide"><div class="matrix">
            <div class="row heads" aria-hidden="true"><span>Clause and requirement</span>{{servers.Select(server =>
                Markup.Of($"<span class=\"col\">{server.Target}</span>")
            )}}</div>
            {{sections.Select(section => Section(section.Key, [.. section], servers))}}
            </div></div>
            </section>
            """);
    }

    private static IEnumerable<Row> Rows(IReadOnlyList<ServerReport> servers)
    {
        var at = servers.Select(server => server.Cases.Index().ToLookup(pair => pair.Item.Id)).ToList();
        return servers
            .SelectMany(server => server.Cases)
            .DistinctBy(one => one.Id)
            .Select(one => new Row(
                one,
                [.. at.Select(cases => cases[one.Id].Select(pair => ((int, ReportedCase)?)(pair.Index, pair.Item)).FirstOrDefault())]
            ));
    }

    private static Markup Section(string clause, IReadOnlyList<Row> rows, IReadOnlyList<ServerReport> servers)
    {
        var asks = rows.Select(row => row.Case.Asks).Distinct().ToList();
        return Markup.Of($$"""
            <details class="clause-group" data-section="{{clause}}">
            <summary class="row"><span><b>{{clause}}</b> <span class="asks">{{asks[0]}}{{Markup.If(
                asks.Count > 1,
                $" (and {Wording.Count(asks.Count - 1, "rule")} more)"
            )}}</span></span>{{servers.Select(
                (_, index) => Sum(rows.Select(row => row.At[index]?.Case).OfType<ReportedCase>())
            )}}</summary>
            <table class="cases"><caption class="unseen">{{clause}}</caption><colgroup><col>{{servers.Select(_ =>
                Markup.Of($"<col class=\"col\">")
            )}}</colgroup>
            <thead class="unseen"><tr><th scope="col">Requirement</th>{{servers.Select(server =>
                Markup.Of($"<th scope=\"col\">{server.Target}</th>")
            )}}</tr></thead>
            <tbody>{{rows.OrderBy(row => row.At.Min(cell => cell is { } at ? Mark.Rank(Mark.Of(at.Case)) : int.MaxValue)).Select(
                Case
            )}}</tbody></table>
            </details>
            """);
    }

    private static Markup Sum(IEnumerable<ReportedCase> cases) =>
        Markup.Of(
            $"""
            <span class="col sums">{cases.GroupBy(Mark.Of).OrderBy(group => Mark.Rank(group.Key)).Select(group =>
                Sum(group.Key, group.Count())
            )}</span>
            """
        );

    private static Markup Sum(Mark mark, int count) =>
        Markup.Of(
            $"<span class=\"sum v-{mark.Name}\" title=\"{count} {mark.Word}\">{mark.Sign}"
                + $"<span class=\"unseen\">{mark.Word}</span> {count}</span>"
        );

    private static Markup Case(Row row)
    {
        var marks = row.At.Where(cell => cell is not null).Select(cell => Mark.Of(cell!.Value.Case).Name).Distinct().ToList();
        var isDifferent = marks.Count > 1 || row.At.Any(cell => cell is null);
        return Markup.Of(
            $$"""
            <tr data-verdicts="{{string.Join(' ', marks)}}" data-level="{{Wording.Of(row.Case.Level)}}" data-differs="{{(
                isDifferent ? "1" : "0"
            )}}"><th scope="row"><span class="level l-{{Wording.Of(row.Case.Level)}}">{{Wording.Of(
                row.Case.Level
            )}}</span> <span class="words">{{row.Case.Requirement}}</span> <span class="id">{{row.Case.Id}}</span></th>{{row.At.Select(
                Cell
            )}}</tr>
            """
        );
    }

    private static Markup Cell((int Index, ReportedCase Case)? cell, int server) =>
        cell is not { } at
            ? Markup.Of($"<td class=\"col\"><span class=\"absent\">not tested</span></td>")
            : Markup.Of(
                $"<td class=\"col\">"
                    + $"{EvidenceList.Link(at.Case, server, at.Index, Markup.Of($"<span class=\"word\">{Mark.Of(at.Case).Word}</span>"))}"
                    + $"</td>"
            );

    private static Markup Filters(IEnumerable<string> sections, bool areSeveral) =>
        Markup.Of(
            $$"""
            <form class="filters" hidden role="search" aria-label="Filter the cases">
            <fieldset><legend>Verdict</legend>{{Mark.All.Select(mark =>
                Markup.Of(
                    $"""
                    <label class="chip v-{mark.Name}"><input type="checkbox" name="verdict" value="{mark.Name}"> {mark.Sign} {mark.Word}</label>
                    """
                )
            )}}</fieldset>
            <fieldset><legend>Level</legend>{{Enum.GetValues<Level>().Select(level =>
                Markup.Of(
                    $"""
                    <label class="chip"><input type="checkbox" name="level" value="{Wording.Of(level)}"> {Wording.Of(level)}</label>
                    """
                )
            )}}</fieldset>
            <label class="field">Section <select name="section"><option value="">all</option>{{sections.Select(section =>
                Markup.Of($"<option>{section}</option>")
            )}}</select></label>
            <label class="field">Text <input type="search" name="text" placeholder="RSET, 503, ..." autocomplete="off"></label>
            {{Markup.If(
                areSeveral,
                $"<label class=\"chip\"><input type=\"checkbox\" name=\"differs\"> only where servers differ</label>"
            )}}
            <button type="reset">Show all</button>
            <output aria-live="polite"></output>
            </form>
            """
        );
}
