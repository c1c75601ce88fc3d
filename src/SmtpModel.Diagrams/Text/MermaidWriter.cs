namespace SmtpModel.Diagrams;

/// <summary>
/// Writes a picture as a Mermaid state diagram. There an arrow may leave the border of a composite state; none of ours leads into one,
/// on which Mermaid breaks. What holds in all of a superstate is a box inside it, as a composite state has no text.
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
                _text.Line($"{_names[arrow.From]} --> {_names[arrow.To]}{(lines.Length > 0 ? $" : {lines}" : "")}");
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
            Box(name, node);
            return;
        }

        using var block = _text.Block($"state \"{Plain(node.Title)}\" as {name} {{");
        foreach (var child in node.Children)
        {
            Node(child);
        }

        if (node.Listings.Count > 0)
        {
            var aside = _names.AnyIn(node.State);
            _text.Line($"state \"{Plain(LabelText.Listings(node, Width))}\" as {aside}");
            _asides.Add(aside);
        }
    }

    private void Box(string name, Node node)
    {
        // the title is said even where it is the name: a description would take its place
        List<string> lines = [.. node.Notes, .. LabelText.Listings(node, Width)];
        _text.Line(name == node.Title && lines.Count == 0 ? name : $"state \"{Plain(node.Title)}\" as {name}");
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

    private static string Plain(IEnumerable<string> lines) => string.Join("<br/>", lines.Select(Plain));

    // Mermaid's escapes work in some places and not in others; these characters would end a text or start a tag
    private static string Plain(string text) => text
        .Replace(';', ',').Replace('"', '\'').Replace('<', '(').Replace('>', ')').Replace('#', '.').Replace('%', '.').Replace('\\', '/')
        .Replace('{', '(').Replace('}', ')').Replace('\n', ' ').Replace('\r', ' ');
}
