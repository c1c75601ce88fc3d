using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Makes the picture of a table: places its edges, merges those of one pair of states, lists what stays.</summary>
internal static class PictureBuilder
{
    public static Picture Build(TransitionTable table, DiagramOptions options)
    {
        var tree = new StateTree(table);
        var edges = EdgePlacement.Place(table, tree, options.Clauses);
        var listed = edges.Where(edge => edge.To is null).ToLookup(edge => edge.At);
        return new Picture(table.Profile.Name, table.Profile.Title, table.Start, table.Final,
            [.. tree.Roots.Select(root => Node(root))], [.. Arrows()], [.. Legends.Of(table, tree, edges, options)]);

        Node Node(State state) => new(state, [.. tree.Children(state).Select(Node)], [.. Listings(state)]);

        IEnumerable<Listing> Listings(State state)
        {
            if (Labels(listed[state].Where(edge => edge.Exchange.IsAccepted)) is { Count: > 0 } stays)
            {
                yield return new Listing(tree.IsSuperstate(state) ? "at any time" : "stays", stays);
            }

            if (options.Refusals && Labels(listed[state].Where(edge => !edge.Exchange.IsAccepted)) is { Count: > 0 } refused)
            {
                yield return new Listing("refused", refused);
            }

            if (options.Refusals && !tree.IsSuperstate(state) && Legends.OutOfOrder(table, [state], options) is { Count: > 0 } outOfOrder)
            {
                yield return new Listing("out of order", outOfOrder);
            }
        }

        IEnumerable<Arrow> Arrows() =>
            from edge in edges
            where edge.To is not null
            group edge by (edge.At, edge.To, Kind: Kind(edge)) into arrow
            select new Arrow(arrow.Key.At, arrow.Key.To, arrow.Key.Kind, Labels(arrow));

        LabelKind Kind(PlacedEdge edge) => edge.To == table.Final ? LabelKind.Closing
            : edge.Exchange.IsAccepted ? LabelKind.Accepted : LabelKind.Refused;

        IReadOnlyList<Label> Labels(IEnumerable<PlacedEdge> of) => LabelMerge.Merge(of, table, options.Clauses);
    }
}
