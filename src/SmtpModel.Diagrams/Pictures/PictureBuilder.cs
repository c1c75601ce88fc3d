using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Makes the picture of a table: places its edges, merges those of one pair of states, lists what stays.</summary>
internal static class PictureBuilder
{
    /// <summary>The picture of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">What the picture shows.</param>
    /// <param name="borders">How the notation shows an arrow of a superstate, as a clause of a sentence about "an arrow from".</param>
    public static Picture Build(TransitionTable table, DiagramOptions options, string borders)
    {
        var tree = new StateTree(table);
        var edges = EdgePlacement.Place(table, tree, options.Clauses);
        var listed = edges.Where(edge => edge.To is null).ToLookup(edge => edge.At);
        return new Picture(table.Profile.Name, table.Profile.Title, table.Start, table.Final,
            [.. tree.Roots.Select(root => Node(root))], [.. Arrows()], [.. Legends.Of(table, tree, edges, options, borders)]);

        Node Node(State state) => new(state, [.. tree.Children(state).Select(Node)], [.. Listings(state)]);

        IEnumerable<Listing> Listings(State state)
        {
            if (Labels(listed[state].Where(edge => edge.Exchange.IsAccepted)) is { Count: > 0 } stays)
            {
                yield return new Listing(ListingKind.Stays, stays);
            }

            if (options.Refusals && Labels(listed[state].Where(edge => !edge.Exchange.IsAccepted)) is { Count: > 0 } refused)
            {
                yield return new Listing(ListingKind.Refused, refused);
            }

            if (options.Refusals && !tree.IsSuperstate(state) && Legends.OutOfOrder(table, [state], options) is { Count: > 0 } outOfOrder)
            {
                yield return new Listing(ListingKind.OutOfOrder, outOfOrder);
            }
        }

        // the arrows that close come last: the layouts then keep the other states together
        IEnumerable<Arrow> Arrows() => edges.Where(edge => edge.To is not null).GroupBy(edge => (edge.At, To: edge.To!))
            .Select(arrow => new Arrow(arrow.Key.At, arrow.Key.To,
                [.. arrow.GroupBy(Kind).OrderBy(part => part.Key).Select(part => new ArrowPart(part.Key, Labels(part)))]))
            .OrderBy(arrow => arrow.To == table.Final).ThenBy(arrow => arrow.To == table.Final && tree.IsSuperstate(arrow.From));

        LabelKind Kind(PlacedEdge edge) => edge.To == table.Final ? LabelKind.Closing
            : edge.Exchange.IsAccepted ? LabelKind.Accepted : LabelKind.Refused;

        IReadOnlyList<Label> Labels(IEnumerable<PlacedEdge> of) => LabelMerge.Merge(of, table, options.Clauses, Paint);

        EdgePaint? Paint(PlacedEdge placed) => options.Paint?.Invoke([.. tree.Leaves(placed.At).SelectMany(table.From)
            .Where(edge => edge.Exchange == placed.Exchange && edge.To == (placed.To ?? edge.From))]);
    }
}
