namespace SmtpModel.Diagrams;

/// <summary>Writes a picture as a Mermaid state diagram.</summary>
internal sealed class MermaidWriter(Picture picture, DiagramOptions options)
{
    private const int Width = 30;
    private readonly Identifiers _names = new(picture);
    private readonly IndentedText _text = new();

    public string Write()
    {
        _text.Line("---");
        _text.Line($"title: \"{picture.Title.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        _text.Line("---");
        _text.Line("stateDiagram-v2");
        _text.Line($"direction {(options.Direction is DiagramDirection.TopDown ? "TB" : "LR")}");
        _text.Line($"[*] --> {_names[picture.Start]}");
        foreach (var root in picture.Roots)
        {
            Node(root);
        }

        // Mermaid has no colours for arrows: one arrow for each pair of states
        foreach (var pair in picture.Arrows.GroupBy(arrow => (arrow.From, arrow.To)))
        {
            var lines = pair.SelectMany(arrow => LabelText.Lines(arrow.Labels, Width));
            _text.Line($"{_names[pair.Key.From]} --> {_names[pair.Key.To]} : {Escape(lines)}");
        }

        _text.Line($"{_names[picture.Final]} --> [*]");
        if (picture.Legend.Count > 0)
        {
            using var note = _text.Block($"note right of {_names[picture.Final]}", "end note");
            _text.Line(Escape(picture.Legend));
        }

        return _text.ToString();
    }

    private void Node(Node node)
    {
        var name = _names[node.State];
        if (node.Children.Count == 0)
        {
            _text.Line(name == node.State.Name ? name : $"state \"{Escape(node.State.Name)}\" as {name}");
            foreach (var listing in node.Listings)
            {
                _text.Line($"{name} : {Escape(LabelText.Lines(listing, Width))}");
            }

            return;
        }

        using var block = _text.Block($"state \"{Escape(node.State.Name)}\" as {name} {{");
        foreach (var child in node.Children)
        {
            Node(child);
        }

        if (node.Listings.Count > 0)
        {
            _text.Line($"state \"{Escape(node.Listings.SelectMany(listing => LabelText.Lines(listing, Width)))}\" as {name}_note");
        }
    }

    private static string Escape(IEnumerable<string> lines) => string.Join("<br/>", lines.Select(Escape));

    // Mermaid reads #N; as the character N
    private static string Escape(string text) => string.Concat(text.Select(letter =>
        ":;#\"<>%*_`{}\\".Contains(letter, StringComparison.Ordinal) ? $"#{(int)letter};" : letter.ToString()));
}
