using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// Writes a picture as a Mermaid state diagram. Mermaid begins an arrow that leaves a composite state somewhere in the
/// air, and breaks on one that leads into it; so what holds in all of a superstate is a box inside it, and its arrows
/// leave that box.
/// </summary>
internal sealed class MermaidWriter(Picture picture, DiagramOptions options)
{
    private const int Width = 34;
    private readonly Identifiers _names = new(picture);
    private readonly IndentedText _text = new();
    private readonly List<string> _asides = [];

    public string Write()
    {
        _text.Line("---");
        _text.Line($"title: \"{Plain(picture.Title)}\"");
        _text.Line("---");
        using (_text.Block("stateDiagram-v2", closing: null))
        {
            _text.Line($"direction {(options.Runs is DiagramDirection.TopDown ? "TB" : "LR")}");
            if (picture.Start is { } start)
            {
                _text.Line($"[*] --> {_names[start]}");
            }

            foreach (var root in picture.Roots)
            {
                Node(root);
            }

            foreach (var arrow in picture.Arrows)
            {
                var lines = Plain(arrow.Parts.SelectMany(part => LabelText.Lines(part.Labels, Width)));
                _text.Line($"{Tail(arrow.From)} --> {_names[arrow.To]}{(lines.Length > 0 ? $" : {lines}" : "")}");
            }

            if (picture.Final is { } final)
            {
                _text.Line($"{_names[final]} --> [*]");
            }

            Legend();
            Asides();
        }

        return _text.ToString();
    }

    private void Node(Node node)
    {
        var name = _names[node.State];
        if (!node.IsSuperstate)
        {
            Box(name, node.Title, node, node.Notes);
            return;
        }

        using var block = _text.Block($"state \"{Plain(node.Title)}\" as {name} {{");
        foreach (var child in node.Children)
        {
            Node(child);
        }

        if (node.Listings.Count > 0 || picture.Arrows.Any(arrow => arrow.From == node.State))
        {
            Box(Tail(node.State), "any state", node, []);
            _asides.Add(Tail(node.State));
        }
    }

    private void Box(string name, string title, Node node, IReadOnlyList<string> notes)
    {
        // the title is said even where it is the name: a description would take its place
        List<string> lines = [.. notes, .. LabelText.Listings(node, Width)];
        _text.Line(name == title && lines.Count == 0 ? name : $"state \"{Plain(title)}\" as {name}");
        if (lines.Count > 0)
        {
            _text.Line($"{name} : {Plain(lines)}");
        }
    }

    private void Legend()
    {
        if (picture.Legend.Count > 0)
        {
            _text.Line($"state \"{Plain(picture.Legend)}\" as {Identifiers.Legend}");
            _asides.Add(Identifiers.Legend);
        }
    }

    // boxes that are no states; a style is only heeded outside of all composite states
    private void Asides()
    {
        if (_asides.Count > 0)
        {
            _text.Line("classDef aside fill:#fff,stroke:#999,stroke-dasharray:4 3");
            _text.Line($"class {string.Join(", ", _asides)} aside");
        }
    }

    private string Tail(State from) => picture.Nodes.First(node => node.State == from).IsSuperstate ? _names.AnyIn(from) : _names[from];

    private static string Plain(IEnumerable<string> lines) => string.Join("<br/>", lines.Select(Plain));

    // Mermaid's escapes work in some places and not in others; these characters would end a text or start a tag
    private static string Plain(string text) => text
        .Replace(';', ',').Replace('"', '\'').Replace('<', '(').Replace('>', ')').Replace('#', '.').Replace('%', '.').Replace('\\', '/')
        .Replace('{', '(').Replace('}', ')').Replace('\n', ' ').Replace('\r', ' ');
}
