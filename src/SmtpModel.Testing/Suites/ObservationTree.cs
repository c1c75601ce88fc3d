namespace SmtpModel.Testing;

/// <summary>What was observed: a node for each sequence of inputs that was played, with the output of each edge.</summary>
internal sealed class ObservationTree(Mealy machine)
{
    public Node Root { get; } = new(null, -1, 0);

    /// <summary>Plays a session on the machine and keeps what it draws; it stops where an input is undefined or the session is over.</summary>
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
    /// Whether a sequence was observed behind both that drew different outputs, or behind one of them where the other does not
    /// define it: that one reads mail data then and does not answer.
    /// </summary>
    public static bool AreApart(Mealy machine, Node one, Node other)
    {
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

    private static bool Answers(Mealy machine, Node one, Node silent) =>
        machine.IsSilentWhereUndefined && one.State >= 0 && silent.State >= 0 && one.State != silent.State && one.Children.Keys.Any(input => !machine.IsDefined(silent.State, input));

    /// <summary>A sequence of inputs that was played, and the state it leads to; -1 when the session is over.</summary>
    internal sealed class Node(Node? parent, int input, int state)
    {
        public Node? Parent { get; } = parent;

        public int State { get; } = state;

        public Dictionary<int, Node> Children { get; } = [];

        public IEnumerable<int> Path => Parent is null ? [] : Parent.Path.Append(input);
    }
}
