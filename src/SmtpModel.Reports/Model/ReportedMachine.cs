using SmtpModel.Machines;

namespace SmtpModel.Reports;

/// <summary>How much of a machine was exercised.</summary>
/// <param name="States">States.</param>
/// <param name="Edges">Edges.</param>
/// <param name="Pairs">Pairs of edges that can follow each other.</param>
/// <param name="Cells">Cells of a state that reads commands and a command.</param>
public sealed record ReportedCoverage(Share States, Share Edges, Share Pairs, Share Cells)
{
    internal static ReportedCoverage Of(Coverage coverage) =>
        new(Share.Of(coverage.States), Share.Of(coverage.Edges), Share.Of(coverage.Pairs), Share.Of(coverage.Cells));
}

/// <summary>A part of a whole.</summary>
/// <param name="Covered">How many were covered.</param>
/// <param name="All">How many there are.</param>
public sealed record Share(int Covered, int All)
{
    internal static Share Of((int Covered, int Of) share) => new(share.Covered, share.Of);
}

/// <summary>The machine that a server was held against, for the table and the picture.</summary>
/// <param name="States">The names of its states, the first one first.</param>
/// <param name="Commands">The names of its commands.</param>
/// <param name="Edges">Its edges.</param>
public sealed record ReportedMachine(IReadOnlyList<string> States, IReadOnlyList<string> Commands, IReadOnlyList<ReportedEdge> Edges)
{
    internal static ReportedMachine Of(TransitionTable table, Coverage coverage)
    {
        var missing = coverage.MissingEdges.Select(edge => edge.Index).ToHashSet();
        return Of(table, edge => !missing.Contains(edge.Index));
    }

    /// <summary>The machine where no coverage of edges is kept.</summary>
    internal static ReportedMachine Of(TransitionTable table) => Of(table, static _ => false);

    private static ReportedMachine Of(TransitionTable table, Func<Edge, bool> isCovered) =>
        new(
            [.. table.States.Select(state => state.Name)],
            [.. table.ListedCommands.Select(use => use.Command.Name)],
            [
                .. table.Edges.Select(edge => new ReportedEdge(
                    edge.From.Name,
                    edge.Exchange.Command.Name,
                    edge.Exchange.Code,
                    edge.To.Name,
                    isCovered(edge)
                )),
            ]
        );

    internal ReportedMachine Clean() => new(Safe.Texts(States), Safe.Texts(Commands),
        [.. Edges.Select(edge => edge with { From = Safe.Text(edge.From), Command = Safe.Text(edge.Command), To = Safe.Text(edge.To) })]);
}

/// <summary>One edge of the machine.</summary>
/// <param name="From">The state it leaves.</param>
/// <param name="Command">The command of its exchange.</param>
/// <param name="Code">The reply of its exchange.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="IsCovered">Whether the server was seen to take it.</param>
public sealed record ReportedEdge(string From, string Command, int Code, string To, bool IsCovered);
