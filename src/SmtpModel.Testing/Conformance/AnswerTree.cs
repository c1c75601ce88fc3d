namespace SmtpModel.Testing.Engine;

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
                    child = new Node { Step = step };
                    node.Children.Add(step.Move, child);
                    Count++;
                }
                else if (Answers.Of(child.Step!.Came) != Answers.Of(step.Came))
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
            return Way(moves).LastOrDefault() is { IsUnsteady: false, Step: { } step } ? step.Came : null;
        }
    }

    /// <summary>The exchange of each of these moves; null when not all of them were played, or the answers differed.</summary>
    public IReadOnlyList<ProbeStep>? Steps(IReadOnlyList<Move> moves)
    {
        lock (_lock)
        {
            var way = Way(moves).ToList();
            return way.TrueForAll(node => node is { IsUnsteady: false, Step: not null }) ? way.ConvertAll(node => node!.Step!) : null;
        }
    }

    // the node behind each move; null behind what was not played
    private IEnumerable<Node?> Way(IEnumerable<Move> moves)
    {
        Node? node = _root;
        foreach (var move in moves)
        {
            yield return node = node?.Children.GetValueOrDefault(move);
        }
    }

    private sealed class Node
    {
        /// <summary>The exchange that leads here; null at the root.</summary>
        public ProbeStep? Step { get; init; }

        public bool IsUnsteady { get; set; }

        public Dictionary<Move, Node> Children { get; } = [];
    }
}
