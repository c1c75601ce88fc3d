namespace SmtpModel.Diagrams;

/// <summary>Writes a picture as a PlantUML state diagram; there an arrow may leave the border of a composite state.</summary>
internal sealed class PlantUmlWriter(Picture picture, DiagramOptions options)
{
    private const int Width = 34;
    private readonly Identifiers _names = new(picture);
    private readonly IndentedText _text = new();

    public string Write()
    {
        _text.Line("@startuml");
        _text.Line($"title {Plain(picture.Title)}");
        _text.Line("hide empty description");
        _text.Line(options.Runs is DiagramDirection.TopDown ? "top to bottom direction" : "left to right direction");
        foreach (var root in picture.Roots)
        {
            Node(root);
        }

        if (picture.Start is { } start)
        {
            _text.Line($"[*] --> {_names[start]}");
        }

        foreach (var arrow in picture.Arrows)
        {
            var lines = Lines(arrow.Parts.SelectMany(part => LabelText.Lines(part.Labels, Width)));
            _text.Line($"{_names[arrow.From]} --> {_names[arrow.To]}{(lines.Length > 0 ? $" : {lines}" : "")}");
        }

        if (picture.Final is { } final)
        {
            _text.Line($"{_names[final]} --> [*]");
        }

        if (picture.Legend.Count > 0)
        {
            using var block = _text.Block("legend", "endlegend");
            picture.Legend.ToList().ForEach(line => _text.Line(Plain(line)));
        }

        _text.Line("@enduml");
        return _text.ToString();
    }

    private void Node(Node node)
    {
        var head = $"state \"{Plain(node.Title)}\" as {_names[node.State]}";
        if (node.IsSuperstate)
        {
            using var block = _text.Block(head + " {");
            node.Children.ToList().ForEach(Node);
        }
        else
        {
            _text.Line(head);
        }

        List<string> lines = [.. node.Notes, .. LabelText.Listings(node, Width)];
        if (lines.Count > 0)
        {
            _text.Line($"{_names[node.State]} : {Lines(lines)}");
        }
    }

    private static string Lines(IEnumerable<string> lines) => string.Join("\\n", lines.Select(Plain));

    // what would end a text, start a tag or be taken for a line break
    private static string Plain(string text) =>
        text.Replace('"', '\'').Replace('\\', '/').Replace('<', '(').Replace('>', ')').Replace('\n', ' ').Replace('\r', ' ');
}
