using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Names for the states that every notation takes: ASCII letters, digits and underscores, none twice, no keyword.</summary>
internal sealed class Identifiers
{
    // words that mean something else in Mermaid or in Graphviz
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "state", "note", "end", "direction", "class", "classDef", "style", "as", "default", "hide", "scale", "left", "right", "click", "href",
        "graph", "digraph", "subgraph", "node", "edge", "strict",
    };

    private readonly Dictionary<State, string> _of = [];

    /// <summary>Names for all states of a picture.</summary>
    /// <param name="picture">The picture.</param>
    public Identifiers(Picture picture)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in picture.Nodes)
        {
            var plain = Plain(node.State.Name);
            var name = plain;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{number}");
            }

            _of[node.State] = name;
        }
    }

    /// <summary>The name of a state.</summary>
    public string this[State state] => _of[state];

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return Reserved.Contains(plain) || plain.Length == 0 || !char.IsAsciiLetter(plain[0]) ? $"s_{plain}" : plain;
    }
}
