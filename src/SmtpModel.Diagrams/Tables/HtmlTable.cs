using System.Net;
using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes which command is in order in which state, with its replies, as a page of HTML that needs no other file.</summary>
public static class HtmlTable
{
    private const string Style = """
        :root{color-scheme:light}
        body{font:13px/1.35 Arial,"Liberation Sans",Helvetica,sans-serif;color:#1d1f24;margin:1.5rem;background:#fff}
        h1{font-size:1.25rem;margin:0 0 .5rem}h2{font-size:1rem;margin:1rem 0 .3rem}
        ul.key{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:0;margin:0 0 .8rem}
        ul.key span{display:inline-block;padding:0 .4rem;border:1px solid #c9ccd3;margin-right:.3rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:11px}
        th,td{border:1px solid #c9ccd3;padding:.2rem .2rem;text-align:left;vertical-align:top}
        thead th{background:#f2f3f5;vertical-align:bottom}
        tbody th{background:#f2f3f5;position:sticky;left:0}
        th small{display:block;font-weight:normal;color:#555;max-width:8rem}
        .move{background:#dff1ea}.close{background:#e3e3f4}.stay{background:#fff}.only{background:#fdeee3}
        .out{background:repeating-linear-gradient(135deg,#fdeee3 0 4px,#fff 4px 8px)}
        .none{color:#767b85;text-align:center}
        td b{font-weight:600;white-space:nowrap}td .ref b{font-weight:400}td .order{white-space:nowrap}
        .ref{font-size:10px;color:#8f3400}
        td .ref{font-size:10px;color:#8f3400}
        sup{font-size:9px;color:#5b6068}
        .rules{columns:2 24rem;column-gap:2.5rem;font-size:12px;padding-left:1.2rem}.rules li{break-inside:avoid;margin-bottom:.2rem}
        @media print{@page{size:A4 landscape;margin:9mm}
        body{margin:0;font-size:9px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        table{font-size:7px}th,td{padding:1px 2px}td .ref{font-size:6px}sup{font-size:5.5px}th small{display:none}
        .scroll{overflow:visible}.rules{font-size:8px}tr{break-inside:avoid}}
        """;

    /// <summary>
    /// The page, with <c>\n</c> line ends. The same machine always gives the same text. The clause of each cell is its title, and on
    /// paper the rules stand below the table.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="rows">What the rows are.</param>
    public static string Write(TransitionTable table, TableRows rows = TableRows.States)
    {
        ArgumentNullException.ThrowIfNull(table);
        // for people: what a session knows beside where it is has rows of its own, and does not multiply the others
        table = table.Profile.Written;
        var columns = CommandColumn.Of(table);
        var title = Plain($"{table.Profile.Title}: commands by states");
        var states = table.States.Select(state => (Name: Plain(state.Name), Meaning: Plain(state.Meaning), State: state)).ToList();
        var text = new StringBuilder();
        text.Append($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
            <style>
            {Style}
            </style></head><body>
            <h1>{title}</h1>
            <ul class="key"><li><span class="move"><b>→ State</b> 250</span>accepted, leads on</li><li><span class="close"><b>→ {Plain(
                table.Final.Name
            )}</b> 221</span>closes</li><li><span class="stay">stays 250</span>accepted, stays</li>
            <li><span class="ref">550</span>small: refused, stays unless an arrow says otherwise</li><li>
            <span class="out">✗ 503</span>out of order, stays</li><li><span class="none">–</span>not read there</li></ul>
            <div class="scroll"><table>

            """.ReplaceLineEndings("\n"));
        if (rows is TableRows.States)
        {
            text.Append(
                $"<thead><tr><td></td>{string.Concat(columns.Select(column => $"<th scope=\"col\">{Plain(column.Name)}</th>"))}"
                    + $"</tr></thead>\n<tbody>\n"
            );
            states.ForEach(state =>
                text.Append(
                    $"<tr><th scope=\"row\">{state.Name}<small>{state.Meaning}</small></th>"
                        + $"{string.Concat(columns.Select(column => Cell(column.Cells[state.State], table.Final)))}</tr>\n"
                )
            );
        }
        else
        {
            text.Append(
                $"<thead><tr><td></td>"
                    + $"{string.Concat(states.Select(state => $"<th scope=\"col\">{state.Name}<small>{state.Meaning}</small></th>"))}"
                    + $"</tr></thead>\n<tbody>\n"
            );
            columns
                .ToList()
                .ForEach(column =>
                    text.Append(
                        $"<tr><th "
                            + $"scope=\"row\">{Plain(column.Name)}</th>"
                            + $"{string.Concat(states.Select(state => Cell(column.Cells[state.State], table.Final)))}</tr>\n"
                    )
                );
        }

        text.Append("</tbody></table></div>\n<h2>Rules</h2>\n<ul class=\"rules\">\n");
        foreach (var rule in CommandColumn.Rules(table, columns))
        {
            text.Append(
                $"<li><b>{Plain(rule.Id)}</b> {Plain(rule.Clause.ToString())}, {rule.Level.ToString().ToUpperInvariant()}: "
                    + $"{Plain(rule.Asks)}</li>\n"
            );
        }

        return text.Append("</ul>\n</body></html>\n").ToString();
    }

    private static string Cell(TableCell cell, State final)
    {
        var look = cell.IsEmpty ? "none"
            : cell.OutOfOrder is not null ? "out"
            : cell.Parts.Any(part => part.To == final) ? "close"
            : cell.Accepted.Count == 0 ? "only"
            : cell.Accepted.Any(part => part.To is not null) ? "move"
            : "stay";
        var said = cell.IsEmpty
            ? "–"
            : string.Concat([
                .. cell.Accepted.Select(part =>
                    $"<div>{(part.To is null ? "stays" : $"<b>→ {Plain(part.To.Name)}</b>")} {Codes(part)}</div>"
                ),
                .. cell.Refused.Select(part =>
                    $"<div class=\"ref\">{(part.To is null ? "" : $"<b>→ {Plain(part.To.Name)}</b> ")}{Codes(part)}</div>"
                ),
                .. cell.OutOfOrder is { } part ? [$"<div class=\"order\">✗ {Codes(part)}</div>"] : Array.Empty<string>(),
            ]);
        var title = string.Join(
            '\n',
            cell.Parts.Where(part => part.Rule is not null)
                .Select(part => $"{string.Join(", ", part.Codes)}: {part.Rule!.Id}, {part.Rule.Clause}: {part.Rule.Asks}")
        );
        return $"<td class=\"{look}\"{(title.Length == 0 ? "" : $" title=\"{Plain(title)}\"")}>{said}</td>";
    }

    private static string Codes(CellPart part) =>
        $"{string.Join(", ", part.Codes)}{(part.Rule is { } rule ? $"<sup>{Plain(rule.Id)}</sup>" : "")}";

    private static string Plain(string text) => WebUtility.HtmlEncode(text);
}
