using System.Text.RegularExpressions;

namespace SmtpModel.Diagrams.Tests.Reading;

/// <summary>Reads the part of Mermaid's state diagrams that the library writes.</summary>
internal static partial class MermaidReader
{
    public static ReadDiagram Read(string text)
    {
        var diagram = new ReadDiagram();
        var titles = new Dictionary<string, string>();
        var around = new Stack<string>();
        var body = text.Split('\n').SkipWhile(line => line != "stateDiagram-v2").Skip(1).Select(line => line.Trim());
        var arrows = new List<(string From, string To, string[] Lines)>();
        foreach (var line in body.Where(line => line.Length > 0))
        {
            if (line == "}")
            {
                around.Pop();
            }
            else if (Composite().Match(line) is { Success: true } composite)
            {
                var title = titles[composite.Groups["id"].Value] = composite.Groups["title"].Value;
                diagram.Add(title, around, leaf: false);
                around.Push(title);
            }
            else if (Arrow().Match(line) is { Success: true } arrow)
            {
                arrows.Add((arrow.Groups["from"].Value, arrow.Groups["to"].Value, Lines(arrow.Groups["text"].Value)));
            }
            else if (Described().Match(line) is { Success: true } described)
            {
                diagram.Say(titles[described.Groups["id"].Value], null, Lines(described.Groups["text"].Value));
            }
            else if (State().Match(line) is { Success: true } state && state.Groups["id"].Value != "legend")
            {
                var title = state.Groups["title"].Success ? state.Groups["title"].Value : state.Groups["id"].Value;
                if (title.StartsWith("at any time:", StringComparison.Ordinal) || title.StartsWith("refused:", StringComparison.Ordinal))
                {
                    diagram.Say(around.Peek(), null, Lines(title));
                    continue;
                }

                titles[state.Groups["id"].Value] = title;
                diagram.Add(title, around, leaf: true);
            }
        }

        foreach (var (from, to, lines) in arrows)
        {
            Note(diagram, titles, from, to, lines);
        }

        return diagram;
    }

    private static void Note(ReadDiagram diagram, Dictionary<string, string> titles, string from, string to, string[] lines)
    {
        if (from == "[*]")
        {
            diagram.Start = titles[to];
        }
        else if (to == "[*]")
        {
            diagram.Final = titles[from];
        }
        else
        {
            diagram.Arrows.Add((titles[from], titles[to], ""));
            diagram.Say(titles[from], titles[to], lines);
        }
    }

    private static string[] Lines(string text) => text.Split("<br/>", StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("""^state "(?<title>[^"]*)" as (?<id>\w+) \{$""")]
    private static partial Regex Composite();

    [GeneratedRegex("""^(?<from>\w+|\[\*\]) --> (?<to>\w+|\[\*\])( : (?<text>.*))?$""")]
    private static partial Regex Arrow();

    [GeneratedRegex("""^(?<id>\w+) : (?<text>.*)$""")]
    private static partial Regex Described();

    [GeneratedRegex("""^(state "(?<title>[^"]*)" as )?(?<id>\w+)$""")]
    private static partial Regex State();
}
