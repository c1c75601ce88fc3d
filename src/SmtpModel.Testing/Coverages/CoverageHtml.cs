using System.Globalization;
using System.Net;
using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Writes a coverage as one HTML page that needs nothing beside it: bars, the table of states and commands, the edges, the
/// gaps.</summary>
public static class CoverageHtml
{
    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="subject">What was run, as <c>fuzz of 127.0.0.1:2525, seed 1</c>; anything may be in it.</param>
    public static string Write(CoverageReport report, string subject)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(subject);
        var page = new StringBuilder();
        var profile = report.Profile;
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Coverage of {Text(profile.Name)}</title>
            <style>
            {CoverageStyle.Sheet}
            </style>
            </head>
            <body>
            <header><h1>Coverage of {Text(profile.Title)}</h1><p>{Text(subject)}</p></header>

            """);
        Bars(page, report);
        Summary(page, report);
        Cells(page, report);
        CoverageGapList.Write(page, report);
        Edges(page, report);
        return page.Append("</body>\n</html>\n").ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    // what is left of a bar is what a client can reach, and grey what only the server opens
    private static void Bars(StringBuilder page, CoverageReport report)
    {
        var coverage = report.Coverage;
        page.Append("<section class=\"bars\">\n");
        foreach (var (name, kind, part) in new[]
        {
            ("States", GapKind.State, coverage.States), ("Cells: a command in a state", GapKind.Cell, coverage.Cells),
            ("Edges: a command and its reply", GapKind.Edge, coverage.Edges), ("Pairs of edges", GapKind.Pair, coverage.Pairs),
        })
        {
            var covered = Percent(part.Covered, part.Of);
            var open = Percent(report.Gaps.Count(gap => gap.Kind == kind && gap.IsByClient), part.Of);
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"bar\"><b>{part.Covered}<small> of {part.Of}</small></b><i>{Math.Floor(covered):0} %</i><div><span "
                    + $"style=\"width:{covered:0.0}%\"></span><span class=\"open\" style=\"width:{open:0.0}%\"></span></div><p>{name}"
                    + $"</p></div>\n"
            );
        }

        page.Append("</section>\n");
    }

    private static double Percent(int some, int all) => all == 0 ? 0 : 100.0 * some / all;

    private static void Summary(StringBuilder page, CoverageReport report) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"""
            <p class="legend"><span class="hit">covered</span>
            <span class="client">a gap that a client can reach by itself: {report.ByClient}</span>
            <span class="server">a gap that only a choice of the server opens: {report.ByServer}</span>
            <span class="none">is not read here</span></p>

            """);

    private static void Cells(StringBuilder page, CoverageReport report)
    {
        var (coverage, table) = (report.Coverage, report.Coverage.Table);
        var gaps = report.Gaps.Where(gap => gap.Kind is GapKind.Cell).ToDictionary(gap => (gap.State, gap.Command!));
        var commands = table.Commands.Where(use => use.Command.Kind is InputKind.Line).Select(use => use.Command).ToList();
        page.Append(
            "<h2>States and commands</h2>\n<p class=\"note\">How often each command was sent in each state; in italics where it is out of "
                + "order there.</p>\n<div class=\"wide\"><table class=\"cells\">\n<tr><th>state</th><th>entered</th>"
        );
        commands.ForEach(command => page.Append(CultureInfo.InvariantCulture, $"<th>{Text(command.Name)}</th>"));
        page.Append("</tr>\n");
        foreach (var state in table.States)
        {
            var entered = coverage.Hits(state);
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th title=\"{Text(state.Meaning)}\">{Text(state.Name)}</th><td "
                    + $"class=\"{(entered > 0 ? "hit" : Reach(report.Gaps.First(gap => gap.Kind is GapKind.State && gap.State == state)))}"
                    + $"\">{Number(entered)}</td>"
            );
            foreach (var command in commands)
            {
                if (table.Reads(state) is not Reading.Commands)
                {
                    page.Append("<td class=\"none\"></td>");
                    continue;
                }

                var gap = gaps.GetValueOrDefault((state, command));
                var order = table.IsInOrder(state, command)
                    ? "in order"
                    : $"out of order, draws {string.Join(" or ", table.OutOfOrder(state, command)?.Codes ?? [])}";
                var title =
                    $"{command} in {state}: {order}"
                    + (gap is null ? "" : $"; not covered. {gap.Typed}{(gap.IsByClient ? "" : $" ({gap.Needs})")}");
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"<td class=\"{(gap is null ? "hit" : Reach(gap))}{(table.IsInOrder(state, command) ? "" : " out")}\" "
                        + $"title=\"{Text(title)}\">{Number(coverage.Hits(state, command))}</td>"
                );
            }

            page.Append("</tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static void Edges(StringBuilder page, CoverageReport report)
    {
        var (coverage, table) = (report.Coverage, report.Coverage.Table);
        var gaps = report.Gaps.Where(gap => gap.Kind is GapKind.Edge).ToDictionary(gap => gap.Edge!);
        page.Append(
            "<h2>Edges</h2>\n<p class=\"note\">The replies each command may draw in each state, those that lead elsewhere with an arrow; "
                + "how often each came is shown when you point at it.</p>\n"
        );
        foreach (var state in table.States.Where(state => table.From(state).Count > 0))
        {
            var edges = table.From(state);
            var covered = edges.Count(edge => coverage.Hits(edge) > 0);
            page.Append(
                CultureInfo.InvariantCulture,
                $"<details{(covered < edges.Count ? " open" : "")}><summary>{Text(state.Name)} <small>{covered} of "
                    + $"{edges.Count}</small></summary><dl>\n"
            );
            foreach (var command in edges.GroupBy(edge => edge.Exchange.Command))
            {
                page.Append(CultureInfo.InvariantCulture, $"<dt>{Text(command.Key.Name)}</dt><dd>");
                foreach (var edge in command)
                {
                    var gap = gaps.GetValueOrDefault(edge);
                    var title =
                        $"{edge}; {edge.Rule}; "
                        + (
                            gap is null
                                ? $"taken {coverage.Hits(edge)} times"
                                : $"not covered. {gap.Typed}{(gap.IsByClient ? "" : $" ({gap.Needs})")}"
                        );
                    page.Append(
                        CultureInfo.InvariantCulture,
                        $"<span class=\"{(gap is null ? "hit" : Reach(gap))}\" "
                            + $"title=\"{Text(title)}\">{edge.Exchange.Code}{(edge.To == edge.From ? "" : $" → {Text(edge.To.Name)}")}"
                            + $"</span> "
                    );
                }

                page.Append("</dd>\n");
            }

            page.Append("</dl></details>\n");
        }
    }

    internal static string Reach(Gap gap) => gap.IsByClient ? "client" : "server";

    private static string Number(int hits) => hits switch
    {
        0 => "–",
        < 10_000 => hits.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{hits / 1000}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{hits / 1_000_000}M"),
    };
}
