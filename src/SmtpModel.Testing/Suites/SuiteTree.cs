namespace SmtpModel.Testing.Engine;

/// <summary>Test sequences as a prefix tree: what several have in common is there once, and each leaf is a session.</summary>
public sealed class SuiteTree
{
    private readonly Node _root = new();

    /// <summary>The sessions: the longest sequences, in the order of their inputs.</summary>
    public IEnumerable<IReadOnlyList<int>> Sessions => Leaves(_root, []);

    /// <summary>How many sessions there are.</summary>
    public int SessionCount => Sessions.Count();

    /// <summary>How many inputs all sessions have together.</summary>
    public int InputCount => Sessions.Sum(session => session.Count);

    /// <summary>Adds a sequence; its beginning may be there already.</summary>
    /// <param name="sequence">The sequence.</param>
    public void Add(IEnumerable<int> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var node = _root;
        foreach (var input in sequence)
        {
            if (!node.Children.TryGetValue(input, out var child))
            {
                child = new Node();
                node.Children.Add(input, child);
            }

            node = child;
        }
    }

    /// <summary>How many inputs would have to be added for a sequence to be there.</summary>
    /// <param name="sequence">The sequence.</param>
    public int Missing(IReadOnlyList<int> sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var node = _root;
        for (var at = 0; at < sequence.Count; at++)
        {
            if (!node.Children.TryGetValue(sequence[at], out node))
            {
                return sequence.Count - at;
            }
        }

        return 0;
    }

    /// <summary>Whether a sequence ends at a leaf, so that adding to it makes a session longer instead of adding one.</summary>
    /// <param name="sequence">The sequence.</param>
    internal bool IsLeaf(IEnumerable<int> sequence) => Find(sequence) is { Children.Count: 0 };

    /// <summary>The sequences that lead on from one.</summary>
    /// <param name="sequence">The sequence.</param>
    internal IEnumerable<IReadOnlyList<int>> From(IEnumerable<int> sequence) => Find(sequence) is { } node ? Leaves(node, []) : [];

    private static IEnumerable<IReadOnlyList<int>> Leaves(Node node, List<int> path)
    {
        if (node.Children.Count == 0)
        {
            if (path.Count > 0)
            {
                yield return [.. path];
            }

            yield break;
        }

        foreach (var (input, child) in node.Children)
        {
            path.Add(input);
            foreach (var leaf in Leaves(child, path))
            {
                yield return leaf;
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    private Node? Find(IEnumerable<int> sequence)
    {
        var node = _root;
        foreach (var input in sequence)
        {
            if (!node.Children.TryGetValue(input, out node))
            {
                return null;
            }
        }

        return node;
    }

    private sealed class Node
    {
        public SortedDictionary<int, Node> Children { get; } = [];
    }
}
