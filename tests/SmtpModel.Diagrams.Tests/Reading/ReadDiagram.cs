using System.Globalization;

namespace SmtpModel.Diagrams.Tests.Reading;

/// <summary>A diagram as a reader of its text understands it, in names alone: nothing of the library that drew it.</summary>
internal sealed class ReadDiagram
{
    private readonly Dictionary<string, string> _around = [];
    private readonly Dictionary<(string At, string Command, int Code), string?> _says = [];

    public HashSet<string> Leaves { get; } = [];

    public string? Start { get; set; }

    public string? Final { get; set; }

    public List<string> Arrows { get; } = [];

    public void Add(string name, IEnumerable<string> around, bool leaf)
    {
        var at = name;
        foreach (var outer in around)
        {
            _around[at] = outer;
            at = outer;
        }

        if (leaf)
        {
            Leaves.Add(name);
        }
    }

    /// <summary>Notes what lines of text say of one node; null as the target where the session stays.</summary>
    public void Say(string at, string? to, IEnumerable<string> lines)
    {
        foreach (var (command, code) in Exchanges(lines))
        {
            Assert.True(_says.TryAdd((at, command, code), to), $"{at} says {command} / {code} twice");
        }
    }

    /// <summary>All edges of the states, those of the superstates around them included; what is nearest counts.</summary>
    public SortedSet<string> Flatten()
    {
        var edges = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var leaf in Leaves)
        {
            var said = new HashSet<(string, int)>();
            for (var at = leaf; at is not null; at = _around.GetValueOrDefault(at))
            {
                foreach (var ((_, command, code), to) in _says.Where(pair => pair.Key.At == at && said.Add((pair.Key.Command, pair.Key.Code))))
                {
                    edges.Add($"{leaf}: {command} / {code} -> {to ?? leaf}");
                }
            }
        }

        return edges;
    }

    private static IEnumerable<(string Command, int Code)> Exchanges(IEnumerable<string> lines)
    {
        // a line that ends with a comma goes on in the next; a line in brackets names a rule
        var joined = string.Join('\n', lines.Where(line => !line.StartsWith('['))).Replace(",\n", ", ", StringComparison.Ordinal);
        foreach (var line in joined.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var slash = line.LastIndexOf(" / ", StringComparison.Ordinal);
            Assert.True(slash > 0, $"'{line}' is no label");
            foreach (var command in line[..slash].Split(", "))
            {
                foreach (var code in line[(slash + 3)..].Split(", "))
                {
                    yield return (command, int.Parse(code, CultureInfo.InvariantCulture));
                }
            }
        }
    }

    /// <summary>The lines of a list inside a state, without the headings and without what is out of order.</summary>
    public static IEnumerable<string> Listed(IEnumerable<string> lines)
    {
        var counts = true;
        foreach (var line in lines)
        {
            var text = line;
            foreach (var heading in (string[])["stays:", "at any time:", "refused:", "out of order:"])
            {
                if (text.StartsWith(heading, StringComparison.Ordinal))
                {
                    counts = heading != "out of order:";
                    text = text[heading.Length..].Trim();
                }
            }

            if (counts && text.Length > 0)
            {
                yield return text;
            }
        }
    }
}
