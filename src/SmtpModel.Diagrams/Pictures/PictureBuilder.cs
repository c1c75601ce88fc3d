using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Makes the picture of a table: places its edges, merges those of one pair of states, lists what stays.</summary>
internal sealed class PictureBuilder
{
    private readonly TransitionTable _table;

    // what is painted is painted of the edges that sessions take
    private readonly TransitionTable _whole;
    private readonly DiagramOptions _options;
    private readonly StateTree _tree;
    private readonly View _view;
    private readonly List<Drawn> _drawn;

    private PictureBuilder(TransitionTable table, DiagramOptions options)
    {
        (_table, _whole, _options) = (table.Profile.Written, table, options);
        _tree = new StateTree(_table);
        table = _table;
        var edges = EdgePlacement.Place(table, _tree, options.Clauses);
        _view = View.Of(table, _tree, edges, options);
        // of two edges that come to stand at one place the inner one counts; it was placed later
        _drawn = [.. edges.Where(_view.Shows).Select(edge => new Drawn(edge, At(edge.At), edge.To is null ? null : At(edge.To)))
            .Where(drawn => drawn.At is not null && (drawn.At != _view.Rest || (drawn.To is not null && drawn.To != _view.Rest)))
            .Select(drawn => drawn.At == drawn.To ? drawn with { To = null } : drawn)
            .GroupBy(drawn => (drawn.At, drawn.Edge.Exchange)).Select(group => group.Last()), .. AmongTheRest()];
    }

    /// <summary>The picture of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">What the picture shows.</param>
    public static Picture Build(TransitionTable table, DiagramOptions options) =>
        options.Aspect is DiagramAspect.Replies ? ReplyPictures.Build(table.Profile.Written) : new PictureBuilder(table, options).Build();

    private Picture Build()
    {
        List<Arrow> arrows = [.. Arrows()];
        IEnumerable<Node> rest = _view.Rest is { } box ? [Node(box)] : [];
        var (start, final) = (At(_table.Start), At(_table.Final));
        return new Picture(
            _table.Profile.Name,
            _table.Profile.Title + Legends.Aspect(_options.Aspect),
            start,
            final == _view.Rest ? null : final,
            [.. rest, .. Shown(_tree.Roots).Select(Node)],
            arrows,
            [.. Legends.Of(_table, _tree, [.. _drawn.Select(drawn => drawn.Edge with { At = drawn.At!, To = drawn.To })], _options)]
        )
        {
            Key = Legends.Key(arrows.SelectMany(arrow => arrow.Parts).Select(part => part.Kind)),
        };
    }

    private bool IsShown(State state) => _tree.Leaves(state).Any(_view.Shown.Contains);

    // what is shown of these, superstates with one thing inside replaced by that
    private IEnumerable<State> Shown(IEnumerable<State> states) => states.Where(IsShown).Select(state => At(state)!);

    /// <summary>Where what belongs to a state is drawn.</summary>
    private State? At(State state) => !IsShown(state) ? _view.Rest
        : _view.Collapses && _tree.IsSuperstate(state) && _tree.Children(state).Where(IsShown).ToList() is [var only] ? At(only)
        : state;

    private IEnumerable<Drawn> AmongTheRest() =>
        _view.Rest is null
            ? []
            : _table
                .Edges.Where(edge => At(edge.From) == _view.Rest && At(edge.To) == _view.Rest && edge.Exchange.Effects.Count > 0)
                .DistinctBy(edge => edge.Exchange)
                .Select(edge => new Drawn(new PlacedEdge(edge.From, edge.Exchange, edge.To, edge.Rule), _view.Rest, null));

    private Node Node(State state)
    {
        var listed = _drawn.Where(drawn => drawn.At == state && drawn.To is null).Select(drawn => drawn.Edge).ToList();
        var isErrors = _options.Aspect is DiagramAspect.Errors;
        var isState = state != _view.Rest && !_tree.IsSuperstate(state);
        var outOfOrder = (_options.Refusals || isErrors) && isState;
        IEnumerable<Listing> listings =
        [
            new(
                state == _view.Rest ? ListingKind.NoEffect : ListingKind.Stays,
                Labels(listed.Where(edge => state == _view.Rest || edge.Exchange.IsAccepted))
            ),
            new(ListingKind.Refused, Labels(listed.Where(edge => state != _view.Rest && !edge.Exchange.IsAccepted))),
            new(ListingKind.OutOfOrder, outOfOrder ? Legends.OutOfOrder(_table, [state], _options) : []),
        ];
        return new Node(
            state,
            state == _view.Rest ? [] : [.. Shown(_tree.Children(state)).Select(Node)],
            [.. listings.Where(listing => listing.Labels.Count > 0)]
        )
        {
            Notes = state == _view.Rest || isState ? _view.Notes(state) : [],
            Tips = [state.Meaning, .. Tips(LabelMerge.Merge(listed, _table, clauses: true)),
                .. outOfOrder ? Tips(Legends.OutOfOrder(_table, [state], new DiagramOptions { Clauses = true })) : []],
        };
    }

    // the arrows that close come last, those of an outer border behind those of an inner one: the layouts then keep the
    // other states together and cross fewer lines
    private IEnumerable<Arrow> Arrows() =>
        _drawn
            .Where(drawn => drawn.To is not null && (Kind(drawn) is not LabelKind.Way || IsForward(drawn)))
            .GroupBy(drawn => (At: drawn.At!, To: drawn.To!))
            .Select(arrow => new Arrow(arrow.Key.At, arrow.Key.To, [.. arrow.GroupBy(Kind).OrderBy(part => part.Key).Select(Part)]))
            .OrderBy(arrow => arrow.To == _table.Final)
            .ThenBy(arrow =>
                arrow.To == _table.Final && _tree.IsSuperstate(arrow.From) ? -_table.Around(arrow.From).Count() : int.MinValue
            );

    private ArrowPart Part(IGrouping<LabelKind, Drawn> part)
    {
        List<PlacedEdge> edges = [.. part.Select(drawn => drawn.Edge)];
        return new ArrowPart(
            part.Key,
            part.Key is LabelKind.Way ? [] : Labels(edges),
            [.. Tips(LabelMerge.Merge(edges, _table, clauses: true))]
        );
    }

    private LabelKind Kind(Drawn drawn) => drawn.Edge.To == _table.Final ? LabelKind.Closing
        : !drawn.Edge.Exchange.IsAccepted ? LabelKind.Refused
        : _options.Aspect is DiagramAspect.Errors && !Spares(drawn) ? LabelKind.Way : LabelKind.Accepted;

    // what closes in all other states of a superstate has to be told where it does not
    private bool Spares(Drawn drawn) =>
        _drawn.Exists(other =>
            other.Edge.To == _table.Final && other.Edge.Exchange == drawn.Edge.Exchange && _table.Around(drawn.At!).Contains(other.At)
        );

    private bool IsForward(Drawn drawn) => !_tree.IsSuperstate(drawn.At!) && _table.IndexOf(drawn.At!) < _table.IndexOf(drawn.To!);

    private IReadOnlyList<Label> Labels(IEnumerable<PlacedEdge> of) => LabelMerge.Merge(of, _table, _options.Clauses, Paint, _view.Note);

    private static IEnumerable<string> Tips(IReadOnlyList<Label> labels) =>
        labels
            .Where(label => label.Rule is not null)
            .Select(label =>
                $"{string.Join(", ", label.Commands)} / {string.Join(", ", label.Codes)}: {label.Rule!.Id}, {label.Rule.Clause}: "
                    + $"{label.Rule.Asks}"
            );

    private EdgePaint? Paint(PlacedEdge placed) => _options.Paint?.Invoke([.. _tree.Leaves(placed.At).SelectMany(_table.From)
        .Where(edge => edge.Exchange == placed.Exchange && edge.To == (placed.To ?? edge.From)).SelectMany(Taken)]);

    private IEnumerable<Edge> Taken(Edge edge) => _whole == _table ? [edge] : _whole.Edges.Where(taken => taken.Exchange == edge.Exchange
        && _whole.Within(taken.From).Contains(edge.From) && _whole.Within(taken.To).Contains(edge.To));

    /// <summary>An edge and where it is drawn in this view.</summary>
    private sealed record Drawn(PlacedEdge Edge, State? At, State? To);
}
