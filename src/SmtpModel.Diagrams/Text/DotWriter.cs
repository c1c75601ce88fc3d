using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes a picture in the DOT language.</summary>
internal sealed class DotWriter
{
    private const int Width = 34;
    private const int TitleWidth = 48;
    private readonly Picture _picture;
    private readonly DiagramOptions _options;
    private readonly Identifiers _names;
    private readonly Dictionary<State, int> _line = [];
    private readonly IReadOnlyList<DotPath> _paths;
    private readonly IndentedText _text = new();

    public DotWriter(Picture picture, DiagramOptions options)
    {
        (_picture, _options, _names) = (picture, options, new Identifiers(picture));
        var lines = DotPaths.Lines(picture);
        foreach (var (index, line) in lines.Index())
        {
            foreach (var state in line.SelectMany(arrow => (State[])[arrow.From, arrow.To]))
            {
                _line.TryAdd(state, index + 1);
            }
        }

        _paths = DotPaths.Of(picture, lines.SelectMany(line => line).ToHashSet());
    }

    public string Write()
    {
        using (_text.Block($"digraph {DotStyle.Quote(_picture.Name)} {{"))
        {
            // newrank ranks the states as if there were no superstates: the main line runs through them
            _text.Line(
                $"graph [rankdir={(_options.Runs is DiagramDirection.TopDown ? "TB" : "LR")}, compound=true, newrank=true, nodesep=0.3, "
                    + $"ranksep=0.22]"
            );
            _text.Line("graph [fontname=\"Arial\", fontsize=11, labelloc=t, labeljust=l]");
            _text.Line("node [fontname=\"Arial\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=\"white\"]");
            _text.Line("edge [fontname=\"Arial\", fontsize=11, arrowsize=0.8]");
            _text.Line(
                $"label={DotStyle.Lines([DotStyle.Title(_picture.Title), .. Key(), .. _picture.Legend.Select(DotStyle.Xml), " "])}"
            );
            if (_picture.Start is { } start)
            {
                _text.Line(
                    $"{Identifiers.Marker} [shape=circle, fillcolor=\"black\", label=\"\", width=0.16, group=\"1\", tooltip=\"a session "
                        + $"starts here\"]"
                );
                _text.Line($"{Identifiers.Marker} -> {_names[start]} [weight=100]");
            }

            // boxes that nothing connects are stacked upwards where the picture runs to the right
            foreach (var root in _options.Runs is DiagramDirection.LeftToRight ? _picture.Roots.Reverse() : _picture.Roots)
            {
                Node(root, 0);
            }

            Texts(null);
            foreach (var path in _paths)
            {
                Path(path);
            }
        }

        return _text.ToString();
    }

    // paint that comes from outside has its own meanings
    private IEnumerable<string> Key() => _options.Paint is not null || _picture.Key.Count == 0 ? []
        : [string.Join("&nbsp;&nbsp; ", _picture.Key.Select(one => DotStyle.Painted(one.Words, DotStyle.Colour(one.Kind))))];

    private void Node(Node node, int depth)
    {
        List<string> lines =
        [
            .. node.Notes.Select(DotStyle.Xml),
            .. LabelText.PaintedListings(node, Width).Select(line => DotStyle.Text(line)),
        ];
        var tip = $"tooltip={DotStyle.Tip(node.Tips)}";
        if (!node.IsSuperstate)
        {
            _text.Line(
                $"{_names[node.State]} [label={DotStyle.Titled(DotStyle.Title(node.Title), lines)}{Group(node.State)}"
                    + $"{(node.State == _picture.Final ? ", peripheries=2" : "")}, {tip}]"
            );
            return;
        }

        using var block = _text.Block($"subgraph cluster_{_names[node.State]} {{");
        var title = LabelText.Wrap(node.Title, TitleWidth).Select(DotStyle.Title);
        _text.Line(
            $"graph [label=<{string.Join("<br align=\"right\"/>", title)}<br align=\"right\"/>>, labeljust=r, margin=12, "
                + $"style=\"rounded,filled\", color=\"#999999\", fillcolor=\"{(depth % 2 == 0 ? "#f4f4f4" : "#ffffff")}\", {tip}]"
        );
        foreach (var child in node.Children)
        {
            Node(child, depth + 1);
        }

        if (lines.Count > 0)
        {
            // in the title it would lie across the arrows; an unseen edge keeps its box near the first state
            var name = _names.AnyIn(node.State);
            var next = _paths.FirstOrDefault(path => path.IsMain && path.Id.Length > 0 && path.From == FirstIn(node));
            _text.Line($"{name} [label={DotStyle.Lines(lines)}, style=\"filled,dashed\", color=\"#888888\", {tip}]");
            _text.Line(next is null ? $"{_names[FirstIn(node)]} -> {name} [style=invis]" : $"{name} -> {next.Id} [style=invis]");
        }

        Texts(node.State);
    }

    private static State FirstIn(Node node) => node.All.First(inner => !inner.IsSuperstate).State;

    private string Group(State state) => _line.TryGetValue(state, out var line) ? $", group=\"{line}\"" : "";

    private void Texts(State? around)
    {
        foreach (var path in _paths.Where(path => path.Around == around && path.Id.Length > 0))
        {
            var lines = LabelText
                .Painted(path.Part.Labels, Width)
                .Select(line => DotStyle.Text(line, DotStyle.Colour(path.Part.Kind)))
                .ToList();
            var label = lines.Count == 1 ? $"<{lines[0]}>" : DotStyle.Lines(lines);
            _text.Line(
                $"{path.Id} [label={label}, shape=plain, style=\"\"{(path.IsMain ? Group(path.From) : "")}, "
                    + $"tooltip={DotStyle.Tip(path.Part.Tips)}]"
            );
        }
    }

    private void Path(DotPath path)
    {
        // Graphviz has no edges of clusters: one of a state inside is cut off at the border
        var from = _picture.Nodes.First(node => node.State == path.From);
        var (tail, head) = (_names[FirstIn(from)], _names[path.To]);
        string[] common =
        [
            $"color=\"{string.Join(':', Colours(path.Part))}\"",
            .. Style(path.Part),
            .. path.IsMain ? ["weight=100"] : Array.Empty<string>(),
            $"tooltip={DotStyle.Tip(path.Part.Tips)}",
        ];
        var cut =
            !from.IsSuperstate ? ""
            : path.IsBackward ? $"lhead=cluster_{_names[path.From]}, "
            : $"ltail=cluster_{_names[path.From]}, ";
        var rest = string.Join(", ", common);
        _text.Line((path.Id.Length > 0, path.IsBackward) switch
        {
            (false, false) => $"{tail} -> {head} [{cut}{rest}]",
            (false, true) => $"{head} -> {tail} [dir=back, {cut}{rest}]",
            (true, false) => $"{tail} -> {path.Id} [dir=none, {cut}{Aside(path)}{rest}]",
            (true, true) => $"{path.Id} -> {tail} [dir=none, {cut}{rest}]",
        });
        if (path.Id.Length > 0)
        {
            _text.Line(path.IsBackward ? $"{head} -> {path.Id} [dir=back, {Beside(path)}{rest}]" : $"{path.Id} -> {head} [{rest}]");
        }
    }

    // where several lines meet at a small box each gets a place of its own: back to it at the side, out of it above that, and
    // where nothing goes out there, refusals come back there: at the side they would lie on what is accepted
    private bool HasPlaces => _options.Runs is DiagramDirection.TopDown && _options.Aspect is not DiagramAspect.Errors;

    private string Aside(DotPath path) => HasPlaces && path.Part.Kind is LabelKind.Closing
        && _paths.Any(other => other.IsBackward && other.To == path.From) ? "tailport=ne, " : "";

    private string Beside(DotPath path) =>
        !HasPlaces || path.Part.Kind is not LabelKind.Refused ? ""
        : _options.Aspect is DiagramAspect.Buffers || _paths.Any(other => other.From == path.To && Aside(other).Length > 0)
            ? "tailport=e, "
        : "tailport=ne, ";

    // one line each where a part is painted in several colours; what is dashed has no line where something is not
    private static IEnumerable<string> Colours(ArrowPart part)
    {
        var painted = part.Labels.Select(label => label.Paint).OfType<EdgePaint>().ToList();
        return painted.Count == 0 ? [DotStyle.Colour(part.Kind)]
            : painted.Where(paint => !paint.IsDashed || painted.All(other => other.IsDashed)).Select(paint => paint.Colour).Distinct();
    }

    private static IEnumerable<string> Style(ArrowPart part) => part.Labels.All(label => label.Paint is null) ? DotStyle.Line(part.Kind)
        : part.Labels.All(label => label.Paint is { IsDashed: true }) ? ["style=dashed"] : [];
}
