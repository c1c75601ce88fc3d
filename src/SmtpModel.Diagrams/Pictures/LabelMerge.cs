using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes exchanges together: the replies of one command, then the commands of the same replies.</summary>
internal static class LabelMerge
{
    /// <summary>The labels of edges, in the order in which the standards list the commands.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="table">The table they are from.</param>
    /// <param name="clauses">Whether labels carry rules; then only edges of one rule are written together.</param>
    /// <param name="paint">How an edge is painted; then only edges painted alike are written together.</param>
    /// <param name="note">What else is said of an edge; then only edges of which the same is said are written together.</param>
    public static IReadOnlyList<Label> Merge(
        IEnumerable<PlacedEdge> edges,
        TransitionTable table,
        bool clauses,
        Func<PlacedEdge, EdgePaint?>? paint = null,
        Func<PlacedEdge, string?>? note = null
    ) =>
        Merge(
            table,
            edges
                .GroupBy(edge =>
                    (edge.Exchange.Command, Rule: clauses ? edge.Rule : null, Paint: paint?.Invoke(edge), Note: note?.Invoke(edge))
                )
                .Select(group => new Row(
                    group.Key.Command,
                    [.. group.Select(edge => edge.Exchange.Code).Distinct().Order()],
                    group.Key.Rule,
                    group.Key.Paint,
                    group.Key.Note
                ))
        );

    /// <summary>The labels of refusals, their replies in the order in which the standard prefers them.</summary>
    /// <param name="refusals">The refusals.</param>
    /// <param name="table">The table they are from.</param>
    /// <param name="clauses">Whether labels carry rules.</param>
    public static IReadOnlyList<Label> Merge(IEnumerable<Refusal> refusals, TransitionTable table, bool clauses) => Merge(table,
        refusals.Select(refusal => new Row(refusal.Command, [.. refusal.Codes], clauses ? refusal.Rule : null, null, null)));

    private static IReadOnlyList<Label> Merge(TransitionTable table, IEnumerable<Row> unsorted)
    {
        var places = table.ListedCommands.Index().ToDictionary(pair => pair.Item.Command, pair => pair.Index);
        List<Row> rows = [.. unsorted.OrderBy(row => places[row.Command]).ThenBy(row => row.Rule?.Id, StringComparer.Ordinal)];
        // what is said of several labels is said once, so these stand together
        var notes = rows.Select(row => row.Note).Distinct().ToList();
        return
        [
            .. rows.GroupBy(row => (string.Join(',', row.Codes), row.Rule, row.Paint, row.Note))
                .OrderBy(group => notes.IndexOf(group.Key.Note))
                .Select(group => new Label([.. group.Select(row => row.Command)], group.First().Codes, group.Key.Rule, group.Key.Paint)
                {
                    Note = group.Key.Note,
                }),
        ];
    }

    private sealed record Row(Command Command, IReadOnlyList<int> Codes, Rule? Rule, EdgePaint? Paint, string? Note);
}
