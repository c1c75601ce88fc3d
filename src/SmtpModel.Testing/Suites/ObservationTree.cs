namespace SmtpModel.Testing.Engine;

/// <summary>What was observed: a node for each sequence of inputs that was played, with the output of each edge.</summary>
internal sealed class ObservationTree(Mealy machine)
{
    public Node Root { get; } = new(null, -1, 0);

    /// <summary>Plays a session on the machine and keeps what it draws; it stops where an input is undefined or the session is
    /// over.</summary>
    public void Play(IEnumerable<int> session)
    {
        var node = Root;
        foreach (var input in session)
        {
            if (!machine.IsDefined(node.State, input))
            {
                return;
            }

            if (!node.Children.TryGetValue(input, out var child))
            {
                child = new Node(node, input, machine.Next(node.State, input));
                node.Children.Add(input, child);
            }

            node = child;
        }
    }

    /// <summary>A node for each state, the first ones found breadth first that are pairwise apart by what was observed.</summary>
    public List<Node> Basis()
    {
        List<Node> basis = [];
        var open = new Queue<Node>([Root]);
        while (open.TryDequeue(out var node))
        {
            if (node.State < 0)
            {
                continue;
            }

            if (basis.TrueForAll(known => AreApart(machine, node, known)))
            {
                basis.Add(node);
                foreach (var child in node.Children.Values)
                {
                    open.Enqueue(child);
                }
            }
        }

        return basis;
    }

    /// <summary>
    /// Every choice of a node for each state, pairwise apart, each but the root behind another of them; those with more inputs
    /// tried behind them come first.
    /// </summary>
    public IEnumerable<List<Node>> Bases()
    {
        var nodes = Nodes().Where(node => node.State >= 0).ToList();
        List<List<Node>> candidates = [.. nodes.GroupBy(node => node.State).OrderBy(state => state.Min(node => node.Depth))
            .Select(state => state.OrderByDescending(node => node.Children.Count).ThenBy(node => node.Depth).ToList())];
        candidates[0] = [Root];
        return candidates.Count < machine.States.Count ? [] : Choices(candidates, []);
    }

    /// <summary>The node behind some inputs; null where they were not played.</summary>
    public Node? Find(IEnumerable<int> inputs)
    {
        Node? node = Root;
        foreach (var input in inputs)
        {
            node = node?.Children.GetValueOrDefault(input);
        }

        return node;
    }

    /// <summary>All nodes, each behind the one that it follows.</summary>
    public IEnumerable<Node> Nodes()
    {
        var open = new Queue<Node>([Root]);
        while (open.TryDequeue(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Values)
            {
                open.Enqueue(child);
            }
        }
    }

    /// <summary>
    /// Whether a sequence was observed behind both that drew different outputs, or behind one of them where the other does not
    /// define it: that one reads mail data then and does not answer.
    /// </summary>
    public static bool AreApart(Mealy machine, Node one, Node other)
    {
        // whatever is played behind one state draws the same
        if (one.State == other.State)
        {
            return false;
        }

        if (Answers(machine, one, other) || Answers(machine, other, one))
        {
            return true;
        }

        foreach (var (input, nextOfOne) in one.Children)
        {
            if (other.Children.TryGetValue(input, out var nextOfOther)
                && (machine.Output(one.State, input) != machine.Output(other.State, input) || AreApart(machine, nextOfOne, nextOfOther)))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<List<Node>> Choices(List<List<Node>> candidates, List<Node> chosen)
    {
        if (chosen.Count == candidates.Count)
        {
            yield return [.. chosen];
            yield break;
        }

        foreach (
            var node in candidates[chosen.Count]
                .Where(node =>
                    (node.Parent is null || chosen.Contains(node.Parent)) && chosen.TrueForAll(known => AreApart(machine, node, known))
                )
        )
        {
            foreach (var choice in Choices(candidates, [.. chosen, node]))
            {
                yield return choice;
            }
        }
    }

    private static bool Answers(Mealy machine, Node one, Node silent)
    {
        if (!machine.IsSilentWhereUndefined || one.State < 0 || silent.State < 0)
        {
            return false;
        }

        foreach (var input in one.Children.Keys)
        {
            if (!machine.IsDefined(silent.State, input))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A sequence of inputs that was played, and the state it leads to; -1 when the session is over.</summary>
    internal sealed class Node(Node? parent, int input, int state)
    {
        public Node? Parent { get; } = parent;

        public int Input { get; } = input;

        public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

        public int State { get; } = state;

        public Dictionary<int, Node> Children { get; } = [];

        public IEnumerable<int> Path => Parent is null ? [] : Parent.Path.Append(Input);
    }
}
