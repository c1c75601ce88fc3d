using System.Security;

namespace SmtpModel.Diagrams;

/// <summary>Writes a picture in the DOT language.</summary>
internal sealed class DotWriter(Picture picture, DiagramOptions options)
{
    private const int Width = 30;
    private readonly Identifiers _names = new(picture);
    private readonly IndentedText _text = new();

    public string Write()
    {
        using (_text.Block($"digraph {Quote(picture.Name)} {{"))
        {
            _text.Line($"graph [rankdir={(options.Direction is DiagramDirection.TopDown ? "TB" : "LR")}, compound=true, fontname=\"Helvetica\", fontsize=11, labelloc=t, labeljust=l, nodesep=0.5, ranksep=0.4]");
            _text.Line("node [shape=box, style=\"rounded,filled\", fillcolor=\"white\", fontname=\"Helvetica\", fontsize=12]");
            _text.Line("edge [fontname=\"Helvetica\", fontsize=11]");
            _text.Line($"label={Html([$"<b>{Xml(picture.Title)}</b>", .. picture.Legend.Select(Xml)])}");
            _text.Line("start [shape=circle, style=filled, fillcolor=\"black\", label=\"\", width=0.16]");
            foreach (var root in picture.Roots)
            {
                Node(root, 0);
            }

            _text.Line($"start -> {_names[picture.Start]}");
            foreach (var arrow in picture.Arrows)
            {
                Arrow(arrow);
            }
        }

        return _text.ToString();
    }

    private void Node(Node node, int depth)
    {
        var name = _names[node.State];
        string[] lines = [$"<b>{Xml(node.State.Name)}</b>", .. node.Listings.SelectMany(listing => LabelText.Lines(listing, Width)).Select(Xml)];
        if (node.Children.Count == 0)
        {
            var final = node.State == picture.Final ? ", peripheries=2" : "";
            _text.Line($"{name} [label={Html(lines)}{final}]");
            return;
        }

        using var block = _text.Block($"subgraph cluster_{name} {{");
        _text.Line($"label={Html(lines)}");
        _text.Line($"style=\"rounded,filled\"; fillcolor=\"#{(depth % 2 == 0 ? "f4f4f4" : "ffffff")}\"; color=\"#888888\"");
        foreach (var child in node.Children)
        {
            Node(child, depth + 1);
        }
    }

    private void Arrow(Arrow arrow)
    {
        var colour = arrow.Kind switch
        {
            LabelKind.Accepted => "#1a6b2f",
            LabelKind.Refused => "#b02a1a",
            _ => "#444444",
        };
        var from = picture.Nodes.First(node => node.State == arrow.From);
        var tail = from.Children.Count == 0 ? "" : $", ltail=cluster_{_names[arrow.From]}";
        var end = from.All.First(node => node.Children.Count == 0);
        _text.Line($"{_names[end.State]} -> {_names[arrow.To]} [label={Quote(string.Join('\n', LabelText.Lines(arrow.Labels, Width)))}, color=\"{colour}\", fontcolor=\"{colour}\"{tail}]");
    }

    private static string Html(IEnumerable<string> lines) => $"<{string.Concat(lines.Select(line => $"{line}<br align=\"left\"/>"))}>";

    private static string Xml(string text) => SecurityElement.Escape(text);

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
