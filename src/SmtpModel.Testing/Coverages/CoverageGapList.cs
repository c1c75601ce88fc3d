using System.Globalization;
using System.Text;
using static SmtpModel.Testing.Engine.CoverageHtml;

namespace SmtpModel.Testing.Engine;

/// <summary>The gaps on the page of a coverage: one table for each kind, pairs by their first edge.</summary>
internal static class CoverageGapList
{
    public static void Write(StringBuilder page, CoverageReport report)
    {
        page.Append("<h2>Gaps, and the shortest session to each</h2>\n");
        if (report.Gaps.Count == 0)
        {
            page.Append("<p class=\"note\">None: everything was covered.</p>\n");
        }

        Table(page, report, GapKind.State, "States");
        Table(page, report, GapKind.Cell, "Cells");
        Table(page, report, GapKind.Edge, "Edges");
        Pairs(page, [.. report.Gaps.Where(gap => gap.Kind is GapKind.Pair)]);
    }

    private static void Table(StringBuilder page, CoverageReport report, GapKind kind, string name)
    {
        var gaps = report.Gaps.Where(gap => gap.Kind == kind).OrderByDescending(gap => gap.IsByClient).ToList();
        if (gaps.Count == 0)
        {
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"<details{(gaps.Count <= 20 ? " open" : "")}><summary>{name} <small>{gaps.Count}, {gaps.Count(gap => gap.IsByClient)} of "
                + $"them reachable by the client</small></summary>\n<table class=\"gaps\">\n"
        );
        foreach (var gap in gaps)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th class=\"{Reach(gap)}\">{Text(gap.Title)}</th><td>{Steps(gap.Steps)}</td></tr>\n"
            );
        }

        page.Append("</table></details>\n");
    }

    // there can be thousands: those that begin with the same edge share the way to it
    private static void Pairs(StringBuilder page, List<Gap> gaps)
    {
        if (gaps.Count == 0)
        {
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"<details><summary>Pairs of edges <small>{gaps.Count}, {gaps.Count(gap => gap.IsByClient)} of them reachable by the "
                + $"client</small></summary>\n<p class=\"note\">The session that takes the first edge, and behind it what was never sent "
                + $"or never answered so right after.</p>\n<table class=\"gaps\">\n"
        );
        foreach (var group in gaps.GroupBy(gap => gap.Edge!))
        {
            var first = group.First();
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th class=\"{(group.Any(gap => gap.IsByClient) ? "client" : "server")}\">{Text(group.Key.ToString())}</th><td>"
                    + $"{Steps(first.Steps.SkipLast(1))}<div>then "
            );
            foreach (var next in group)
            {
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"<span class=\"{Reach(next)}\" title=\"{Text(next.Steps[^1].Text)}\">{Text(next.Next!.Exchange.ToString())}</span> "
                );
            }

            page.Append("</div></td></tr>\n");
        }

        page.Append("</table></details>\n");
    }

    private static string Steps(IEnumerable<GapStep> steps)
    {
        var written = new StringBuilder();
        foreach (var step in steps)
        {
            var reply =
                step.Reply == 0 ? ""
                : step.IsChoice ? $" <span class=\"server\">server answers {step.Reply}</span>"
                : $" <small>{step.Reply}</small>";
            var line =
                step.Lines.Count == 0
                    ? "<small>connect</small>"
                    : string.Join(' ', step.Lines.Select(line => $"<code>{Text(Printable.Text(line, 1000))}</code>"));
            written.Append(CultureInfo.InvariantCulture, $"<div>{line}{reply}</div>");
        }

        return written.ToString();
    }
}
