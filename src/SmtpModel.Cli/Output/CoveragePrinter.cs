using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what a run covered and what it did not.</summary>
internal static class CoveragePrinter
{
    private static readonly (GapKind Kind, string Name)[] Kinds =
    [
        (GapKind.State, "states"),
        (GapKind.Cell, "cells"),
        (GapKind.Edge, "edges"),
        (GapKind.Pair, "pairs of edges"),
    ];

    public static void Summary(IAnsiConsole console, CoverageReport report)
    {
        Line(console, $"covered {report.Coverage}", "default");
        Line(
            console,
            report.Gaps.Count == 0
                ? "gaps: none"
                : $"gaps: {report.ByClient} reachable by the client, {report.ByServer} by a choice of the server",
            "default"
        );
    }

    /// <summary>The whole list, each gap with the shortest session that reaches it.</summary>
    public static void Gaps(IAnsiConsole console, CoverageReport report)
    {
        foreach (var (kind, name) in Kinds)
        {
            foreach (var isByClient in new[] { true, false })
            {
                var gaps = report.Gaps.Where(gap => gap.Kind == kind && gap.IsByClient == isByClient).ToList();
                if (gaps.Count == 0)
                {
                    continue;
                }

                console.WriteLine();
                Line(
                    console,
                    $"{name} not covered, {(isByClient ? "reachable by the client" : "by a choice of the server")}: {gaps.Count}",
                    isByClient ? "yellow" : "default"
                );
                var width = gaps.Max(gap => gap.Title.Length);
                gaps.ForEach(gap =>
                    Line(console, $"  {gap.Title.PadRight(width)}  {gap.Typed}{(isByClient ? "" : $"  ({gap.Needs})")}", "default")
                );
            }
        }
    }

    // never wrapped by the console: a line is to be copied whole
    private static void Line(IAnsiConsole console, string text, string style)
    {
        console.Write(new Text(text, Style.Parse(style)) { Overflow = Overflow.Fold });
        console.WriteLine();
    }
}
