using System.Net;
using System.Text.RegularExpressions;

namespace SmtpModel.Diagrams.Tests.Reading;

/// <summary>Reads the part of the DOT language that the library writes.</summary>
internal static partial class DotReader
{
    public static ReadDiagram Read(string text)
    {
        var diagram = new ReadDiagram();
        var titles = new Dictionary<string, string>();
        var open = new Stack<string>();
        var around = new Stack<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Skip(1))
        {
            if (Cluster().Match(line) is { Success: true } cluster)
            {
                open.Push(cluster.Groups["id"].Value);
            }
            else if (line == "}" && open.Count > 0)
            {
                open.Pop();
                around.Pop();
            }
            else if (Title().Match(line) is { Success: true } title && open.Count > around.Count)
            {
                var lines = Lines(title.Groups["label"].Value);
                titles[open.Peek()] = lines[0];
                diagram.Add(lines[0], around, leaf: false);
                diagram.Say(lines[0], null, ReadDiagram.Listed(lines[1..]));
                around.Push(lines[0]);
            }
            else if (Edge().Match(line) is { Success: true } edge)
            {
                Note(diagram, titles, edge);
            }
            else if (Node().Match(line) is { Success: true } node)
            {
                var lines = Lines(node.Groups["label"].Value);
                if (line.Contains("dashed", StringComparison.Ordinal))
                {
                    diagram.Say(around.Peek(), null, ReadDiagram.Listed(lines));
                    continue;
                }

                titles[node.Groups["id"].Value] = lines[0];
                diagram.Add(lines[0], around, leaf: true);
                diagram.Say(lines[0], null, ReadDiagram.Listed(lines[1..]));
                diagram.Final = line.Contains("peripheries=2", StringComparison.Ordinal) ? lines[0] : diagram.Final;
            }
        }

        return diagram;
    }

    private static void Note(ReadDiagram diagram, Dictionary<string, string> titles, Match edge)
    {
        var to = edge.Groups["to"].Value;
        if (edge.Groups["from"].Value == "start_marker")
        {
            diagram.Start = titles[to];
        }
        else if (edge.Groups["label"].Success)
        {
            var from = titles[(edge.Groups["tail"].Success ? edge.Groups["tail"] : edge.Groups["from"]).Value];
            diagram.Arrows.Add($"{from} -> {titles[to]}");
            diagram.Say(from, titles[to], Lines(edge.Groups["label"].Value));
        }
    }

    private static string[] Lines(string html) => [.. Break().Split(html).Select(line => WebUtility.HtmlDecode(Tag().Replace(line, "")).Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("""^subgraph cluster_(?<id>\w+) \{$""")]
    private static partial Regex Cluster();

    [GeneratedRegex("""^graph \[label=<(?<label>.*)>, labeljust""")]
    private static partial Regex Title();

    [GeneratedRegex("""^(?<from>\w+) -> (?<to>\w+) \[(label=<(?<label>.*)>, color="[^"]*")?.*?(ltail=cluster_(?<tail>\w+))?(, weight=\d+)?\]$""")]
    private static partial Regex Edge();

    [GeneratedRegex("""^(?<id>\w+) \[label=<(?<label>.*)>[^>]*\]$""")]
    private static partial Regex Node();

    [GeneratedRegex("""<br align="\w+"/>""")]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
