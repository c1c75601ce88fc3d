namespace SmtpModel.Testing;

/// <summary>
/// All that a server answered, in one tree: a node for each sequence of moves that was played, with what came for the last
/// of them. A sequence that was played twice with different answers is noted as such.
/// </summary>
internal sealed class AnswerTree
{
    private readonly Lock _lock = new();
    private readonly Node _root = new();
    private readonly List<IReadOnlyList<Move>> _played = [];

    /// <summary>How many sequences of moves have an answer.</summary>
    public int Count { get; private set; }

    /// <summary>The sessions that were played to their end, in the order in which they ended.</summary>
    public IReadOnlyList<IReadOnlyList<Move>> Played
    {
        get
        {
            lock (_lock)
            {
                return [.. _played];
            }
        }
    }

    public void Add(ProbeResult result)
    {
        lock (_lock)
        {
            var node = _root;
            foreach (var step in result.Steps)
            {
                if (!node.Children.TryGetValue(step.Move, out var child))
                {
                    child = new Node { Came = step.Came };
                    node.Children.Add(step.Move, child);
                    Count++;
                }
                else if (Answers.Of(child.Came) != Answers.Of(step.Came))
                {
                    child.IsUnsteady = true;
                }

                node = child;
            }

            if (result.IsWhole)
            {
                _played.Add(result.Moves);
            }
        }
    }

    /// <summary>What came for the last of these moves; null when they were not played, or the answers differed.</summary>
    public Observation? Find(IEnumerable<Move> moves)
    {
        lock (_lock)
        {
            var node = _root;
            foreach (var move in moves)
            {
                if (!node.Children.TryGetValue(move, out node!))
                {
                    return null;
                }
            }

            return node.IsUnsteady ? null : node.Came;
        }
    }

    private sealed class Node
    {
        public Observation Came { get; init; }

        public bool IsUnsteady { get; set; }

        public Dictionary<Move, Node> Children { get; } = [];
    }
}
