using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a run covered of a machine, and for each gap the shortest session that would reach it.</summary>
public sealed class CoverageReport
{
    private CoverageReport(Coverage coverage, IReadOnlyList<Gap> gaps) => (Coverage, Gaps) = (coverage, gaps);

    /// <summary>What was covered, and how often.</summary>
    public Coverage Coverage { get; }

    /// <summary>The profile whose machine it is.</summary>
    public Profile Profile => Coverage.Table.Profile;

    /// <summary>What was not covered: states, then cells, edges and pairs of edges, each in the table's order.</summary>
    public IReadOnlyList<Gap> Gaps { get; }

    /// <summary>How many gaps a client can reach by itself.</summary>
    public int ByClient => Gaps.Count(gap => gap.IsByClient);

    /// <summary>How many gaps only a choice of the server opens.</summary>
    public int ByServer => Gaps.Count - ByClient;

    /// <summary>The report on what was covered.</summary>
    /// <param name="coverage">What was covered; it is not copied.</param>
    /// <param name="palette">The moves that the sessions are made of, so that they name what the server is known to take; null for the
    /// usual ones.</param>
    public static CoverageReport Of(Coverage coverage, Palette? palette = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        var table = coverage.Table;
        var approach = new Approach(table, palette ?? new Palette(table, new PaletteOptions()));
        Gap Make(GapKind kind, State state, Command? command, Edge? edge, Edge? next)
        {
            var (session, steps) = approach.Session(state, new[] { edge, next }.OfType<Edge>(), command);
            return new Gap(kind, state, command, edge, next, steps, session);
        }

        return new CoverageReport(coverage,
        [
            .. table.States.Where(state => coverage.Hits(state) == 0).Select(state => Make(GapKind.State, state, null, null, null)),
            .. coverage.MissingCells.Select(cell => Make(GapKind.Cell, cell.State, cell.Command, null, null)),
            .. coverage.MissingEdges.Select(edge => Make(GapKind.Edge, edge.From, null, edge, null)),
            .. coverage.MissingPairs.Select(pair => Make(GapKind.Pair, pair.First.From, null, pair.First, pair.Second)),
        ]);
    }
}
