using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes exchanges together: the replies of one command, then the commands of the same replies.</summary>
internal static class LabelMerge
{
    /// <summary>The labels of edges, in the order of the table's commands.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="table">The table they are from.</param>
    /// <param name="clauses">Whether labels carry rules; then only edges of one rule are written together.</param>
    /// <param name="paint">How an edge is painted; then only edges painted alike are written together.</param>
    public static IReadOnlyList<Label> Merge(IEnumerable<PlacedEdge> edges, TransitionTable table, bool clauses, Func<PlacedEdge, EdgePaint?> paint) => Merge(table,
        edges.GroupBy(edge => (edge.Exchange.Command, Rule: clauses ? edge.Rule : null, Paint: paint(edge)))
            .Select(group => (group.Key.Command, group.Select(edge => edge.Exchange.Code).Distinct().Order().ToList(), group.Key.Rule, group.Key.Paint)));

    /// <summary>The labels of refusals, their replies in the order in which the standard prefers them.</summary>
    /// <param name="refusals">The refusals.</param>
    /// <param name="table">The table they are from.</param>
    /// <param name="clauses">Whether labels carry rules.</param>
    public static IReadOnlyList<Label> Merge(IEnumerable<Refusal> refusals, TransitionTable table, bool clauses) => Merge(table,
        refusals.Select(refusal => (refusal.Command, refusal.Codes.ToList(), clauses ? refusal.Rule : null, (EdgePaint?)null)));

    private static IReadOnlyList<Label> Merge(TransitionTable table, IEnumerable<(Command Command, List<int> Codes, Rule? Rule, EdgePaint? Paint)> rows) =>
        [.. rows.OrderBy(row => table.IndexOf(row.Command)).ThenBy(row => row.Rule?.Id, StringComparer.Ordinal)
            .GroupBy(row => (string.Join(',', row.Codes), row.Rule, row.Paint))
            .Select(group => new Label([.. group.Select(row => row.Command)], group.First().Codes, group.Key.Rule, group.Key.Paint))];
}
