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

    /// <summary>The arrows with a text: where from, where to, in which line style.</summary>
    public List<(string From, string To, string Style)> Arrows { get; } = [];

    /// <summary>What is answered in a state to a command that is out of order there.</summary>
    public Dictionary<(string State, string Command), List<int>> OutOfOrder { get; } = [];

    /// <summary>What is said of an exchange in parentheses below it.</summary>
    public Dictionary<(string At, string Command, int Code), string> Notes { get; } = [];

    /// <summary>The superstates a state lies in, the innermost first, behind the state itself.</summary>
    public IEnumerable<string> Around(string name)
    {
        for (var at = name; at is not null; at = _around.GetValueOrDefault(at))
        {
            yield return at;
        }
    }

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
        var outOfOrder = false;
        var noted = new List<(string, string, int)>();
        foreach (var line in Joined(lines))
        {
            if (line.StartsWith('('))
            {
                noted.ForEach(exchange => Notes[exchange] = line[1..^1]);
                noted.Clear();
                continue;
            }

            var text = line;
            foreach (var heading in (string[])["stays:", "stays so:", "at any time:", "refused:", "out of order:"])
            {
                if (line.StartsWith(heading, StringComparison.Ordinal))
                {
                    (outOfOrder, text) = (heading == "out of order:", line[heading.Length..].Trim());
                }
            }

            var slash = text.LastIndexOf(" / ", StringComparison.Ordinal);
            foreach (var command in slash < 0 ? [] : text[..slash].Split(", "))
            {
                List<int> codes = [.. text[(slash + 3)..].Split(", ").Select(code => int.Parse(code, CultureInfo.InvariantCulture))];
                if (outOfOrder)
                {
                    Assert.True(OutOfOrder.TryAdd((at, command), codes), $"{at} says twice that {command} is out of order");
                    continue;
                }

                foreach (var code in codes)
                {
                    Assert.True(_says.TryAdd((at, command, code), to), $"{at} says {command} / {code} twice");
                    noted.Add((at, command, code));
                }
            }
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
                foreach (
                    var ((_, command, code), to) in _says.Where(pair => pair.Key.At == at && said.Add((pair.Key.Command, pair.Key.Code)))
                )
                {
                    edges.Add($"{leaf}: {command} / {code} -> {to ?? leaf}");
                }
            }
        }

        return edges;
    }

    // a line that ends with a comma goes on in the next; a line in brackets names a rule
    private static string[] Joined(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => !line.StartsWith('[')))
        .Replace(",\n", ", ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
