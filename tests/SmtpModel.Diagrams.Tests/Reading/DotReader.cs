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
        var texts = new Dictionary<string, string[]>();
        var ends = new List<Match>();
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
                var name = string.Join(' ', Lines(title.Groups["label"].Value));
                titles[open.Peek()] = name;
                diagram.Add(name, around, leaf: false);
                around.Push(name);
            }
            else if (Edge().Match(line) is { Success: true } edge)
            {
                ends.Add(edge);
            }
            else if (Node().Match(line) is { Success: true } node)
            {
                var lines = Lines(node.Groups["label"].Value);
                if (node.Groups["id"].Value.StartsWith('_'))
                {
                    texts[node.Groups["id"].Value] = lines;
                    continue;
                }

                if (line.Contains("dashed", StringComparison.Ordinal))
                {
                    diagram.Say(around.Peek(), null, lines);
                    continue;
                }

                titles[node.Groups["id"].Value] = lines[0];
                diagram.Add(lines[0], around, leaf: true);
                diagram.Say(lines[0], null, lines[1..]);
                diagram.Final = line.Contains("peripheries=2", StringComparison.Ordinal) ? lines[0] : diagram.Final;
            }
        }

        diagram.Start = ends.Find(end => end.Groups["from"].Value == "start_marker") is { } mark ? titles[mark.Groups["to"].Value] : null;
        foreach (var (id, lines) in texts)
        {
            // the half without an arrow head comes from where the path begins, the other leads to where it ends
            var halves = ends.FindAll(end =>
                !end.Value.Contains("style=invis", StringComparison.Ordinal)
                && (end.Groups["from"].Value == id || end.Groups["to"].Value == id)
            );
            Assert.Equal(2, halves.Count);
            var tail = halves.Single(half => half.Value.Contains("dir=none", StringComparison.Ordinal));
            var head = halves.Single(half => half != tail);
            Assert.Equal(head.Groups["to"].Value == id, head.Value.Contains("dir=back", StringComparison.Ordinal));
            var (from, to) = (
                titles[tail.Groups["border"].Success ? tail.Groups["border"].Value : Other(tail, id)],
                titles[Other(head, id)]
            );
            diagram.Arrows.Add((from, to, Style(tail.Value)));
            diagram.Say(from, to, lines);
        }

        return diagram;
    }

    private static string Other(Match half, string id) =>
        half.Groups["from"].Value == id ? half.Groups["to"].Value : half.Groups["from"].Value;

    private static string Style(string line) => $"{LineStyle(line)} {Colour().Match(line).Value}";

    private static string LineStyle(string line) =>
        line.Contains("style=dashed", StringComparison.Ordinal) ? "dashed"
        : line.Contains("style=dotted", StringComparison.Ordinal) ? "dotted"
        : "solid";

    private static string[] Lines(string html) =>
        [.. Break().Split(html).Select(line => WebUtility.HtmlDecode(Tag().Replace(line, "")).Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex("""^subgraph cluster_(?<id>\w+) \{$""")]
    private static partial Regex Cluster();

    [GeneratedRegex("""^graph \[label=<(?<label>.*)>, labeljust""")]
    private static partial Regex Title();

    [GeneratedRegex("""^(?<from>\w+) -> (?<to>\w+) \[.*?((ltail|lhead)=cluster_(?<border>\w+).*?)?\]$""")]
    private static partial Regex Edge();

    [GeneratedRegex("""^(?<id>\w+) \[label=<(?<label>.*)>[^>]*\]$""")]
    private static partial Regex Node();

    [GeneratedRegex("""(?<= \[.*color=")[#:\w]+""")]
    private static partial Regex Colour();

    [GeneratedRegex("""<br[^>]*/>""")]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
