using System.Security;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes a picture in the DOT language.</summary>
internal sealed class DotWriter(Picture picture, DiagramOptions options)
{
    private const int Width = 30;
    private const int LongestTitle = 7;
    private readonly Identifiers _names = new(picture);
    private readonly IReadOnlySet<Arrow> _mainLine = MainLine.Of(picture);
    private readonly IndentedText _text = new();

    public string Write()
    {
        using (_text.Block($"digraph {Quote(picture.Name)} {{"))
        {
            // newrank ranks the states as if there were no superstates: the main line runs through them
            _text.Line($"graph [rankdir={(options.Direction is DiagramDirection.TopDown ? "TB" : "LR")}, compound=true, newrank=true, nodesep=0.4, ranksep=0.4]");
            _text.Line("graph [fontname=\"Helvetica\", fontsize=11, labelloc=t, labeljust=l]");
            _text.Line("node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=\"white\"]");
            _text.Line("edge [fontname=\"Helvetica\", fontsize=11]");
            _text.Line($"label={Lines([Title(picture.Title), .. picture.Legend.Select(Xml)])}");
            _text.Line($"{Identifiers.Marker} [shape=circle, fillcolor=\"black\", label=\"\", width=0.16]");
            foreach (var root in picture.Roots)
            {
                Node(root, 0);
            }

            _text.Line($"{Identifiers.Marker} -> {_names[picture.Start]} [weight=4]");
            foreach (var arrow in picture.Arrows)
            {
                Arrow(arrow);
            }
        }

        return _text.ToString();
    }

    private void Node(Node node, int depth)
    {
        if (!node.IsSuperstate)
        {
            _text.Line($"{_names[node.State]} [label={Lines(Texts(node))}{(node.State == picture.Final ? ", peripheries=2" : "")}]");
            return;
        }

        using var block = _text.Block($"subgraph cluster_{_names[node.State]} {{");
        var texts = Texts(node).ToList();
        var aside = texts.Count > LongestTitle;
        var label = Lines(aside ? texts[..1] : texts, "right");
        _text.Line($"graph [label={label}, labeljust=r, style=\"rounded,filled\", color=\"#888888\", fillcolor=\"{(depth % 2 == 0 ? "#f4f4f4" : "#ffffff")}\"]");
        foreach (var child in node.Children)
        {
            Node(child, depth + 1);
        }

        if (aside)
        {
            // a long text in the title would lie across the arrows; an unseen edge keeps its box near the first state
            var name = _names.AnyIn(node.State);
            _text.Line($"{name} [label={Lines(texts[1..])}, style=\"filled,dashed\", color=\"#888888\"]");
            _text.Line($"{_names[FirstIn(node)]} -> {name} [style=invis]");
        }
    }

    private static IEnumerable<string> Texts(Node node) => [Title(node.State.Name), .. LabelText.PaintedListings(node, Width).Select(line => line.Paint is { } paint ? Painted(line.Text, paint) : Xml(line.Text))];

    private static State FirstIn(Node node) => node.All.First(inner => !inner.IsSuperstate).State;

    private void Arrow(Arrow arrow)
    {
        // Graphviz has no edges of clusters: one of a state inside is cut off at the border
        var from = picture.Nodes.First(node => node.State == arrow.From);
        string[] attributes =
        [
            $"label={Lines(arrow.Parts.SelectMany(Coloured))}",
            $"color=\"{string.Join(':', Colours(arrow))}\"",
            .. arrow.Parts.All(part => part.Labels.All(label => label.Paint is { IsDashed: true })) ? ["style=dashed"] : Array.Empty<string>(),
            .. from.IsSuperstate ? [$"ltail=cluster_{_names[arrow.From]}"] : Array.Empty<string>(),
            .. _mainLine.Contains(arrow) ? ["weight=4"] : Array.Empty<string>(),
        ];
        _text.Line($"{_names[FirstIn(from)]} -> {_names[arrow.To]} [{string.Join(", ", attributes)}]");
    }

    // one line each of an arrow that is drawn several times; what is dashed has no line where something is not
    private static IEnumerable<string> Colours(Arrow arrow)
    {
        var painted = arrow.Parts.SelectMany(part => part.Labels).Select(label => label.Paint).OfType<EdgePaint>().ToList();
        return painted.Count == 0 ? arrow.Parts.Select(part => Colour(part.Kind))
            : painted.Where(paint => !paint.IsDashed || painted.All(other => other.IsDashed)).Select(paint => paint.Colour).Distinct();
    }

    private static IEnumerable<string> Coloured(ArrowPart part) => LabelText.Painted(part.Labels, Width)
        .Select(line => line.Paint is { } paint ? Painted($" {line.Text} ", paint) : $"<font color=\"{Colour(part.Kind)}\"> {Xml(line.Text)} </font>");

    private static string Painted(string text, EdgePaint paint) =>
        $"<font color=\"{Xml(paint.Colour)}\">{(paint.IsDashed ? $"<i>{Xml(text)}</i>" : Xml(text))}</font>";

    private static string Colour(LabelKind kind) => kind switch
    {
        LabelKind.Accepted => "#1a6b2f",
        LabelKind.Refused => "#b02a1a",
        _ => "#444466",
    };

    private static string Title(string text) => $"<b>{Xml(text)}</b>";

    private static string Lines(IEnumerable<string> lines, string align = "left") =>
        $"<{string.Concat(lines.Select(line => $"{line}<br align=\"{align}\"/>"))}>";

    private static string Xml(string text) => SecurityElement.Escape(text);

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
