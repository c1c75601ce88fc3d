using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Names for the states that every notation takes: ASCII letters, digits and underscores, none twice, no keyword.</summary>
internal sealed class Identifiers
{
    // words that mean something else in Mermaid or in Graphviz
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "state",
        "note",
        "end",
        "direction",
        "class",
        "classDef",
        "style",
        "as",
        "default",
        "hide",
        "scale",
        "left",
        "right",
        "click",
        "href",
        "graph",
        "digraph",
        "subgraph",
        "node",
        "edge",
        "strict",
    };

    private readonly Dictionary<State, string> _of = [];
    private readonly Dictionary<State, string> _anyIn = [];

    /// <summary>The mark where a session starts.</summary>
    public const string Marker = "start_marker";

    /// <summary>The box of the legend.</summary>
    public const string Legend = "legend";

    /// <summary>Names for all states of a picture.</summary>
    /// <param name="picture">The picture.</param>
    public Identifiers(Picture picture)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { Marker, Legend };
        foreach (var node in picture.Nodes)
        {
            _of[node.State] = Free(Plain(node.State.Name));
        }

        foreach (var node in picture.Nodes.Where(node => node.IsSuperstate))
        {
            _anyIn[node.State] = Free($"{_of[node.State]}_any");
        }

        string Free(string name)
        {
            var free = name;
            for (var number = 2; !taken.Add(free); number++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
            }

            return free;
        }
    }

    /// <summary>The name of a state.</summary>
    public string this[State state] => _of[state];

    /// <summary>The name of what stands for any state inside a superstate.</summary>
    /// <param name="superstate">The superstate.</param>
    public string AnyIn(State superstate) => _anyIn[superstate];

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return Reserved.Contains(plain) || plain.Length == 0 || !char.IsAsciiLetter(plain[0]) ? $"s_{plain}" : plain;
    }
}
