namespace SmtpModel.Testing.Engine;

/// <summary>Nodes of a tree that are certainly different states, and what follows from them: the basis and the frontier of L#.</summary>
/// <param name="system">The system.</param>
/// <param name="tree">What was observed of it.</param>
internal sealed class LearningBasis(ILearnable system, LearningTree tree)
{
    private readonly List<LearningNode> _nodes = [tree.Root];

    /// <summary>The nodes, each but the first one input behind another; a state's number is its place here.</summary>
    public IReadOnlyList<LearningNode> Nodes => _nodes;

    /// <summary>The nodes one input behind them that are none of them.</summary>
    public IEnumerable<LearningNode> Frontier =>
        _nodes.SelectMany(state => state.Children.Values).Where(node => !node.IsOver && !_nodes.Contains(node));

    /// <summary>Those of the basis that a node may be.</summary>
    /// <param name="node">The node.</param>
    public IEnumerable<LearningNode> Candidates(LearningNode node) => _nodes.Where(state => !LearningTree.AreApart(node, state));

    /// <summary>Adds a node of the frontier that is apart from all of the basis.</summary>
    /// <param name="most">How many there may be.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="LearningStoppedException">There are more than there may be.</exception>
    public bool Grow(int most)
    {
        if (Frontier.FirstOrDefault(node => !Candidates(node).Any()) is not { } found)
        {
            return false;
        }

        if (_nodes.Count >= most)
        {
            throw new LearningStoppedException($"it has more than {most} states");
        }

        _nodes.Add(found);
        return true;
    }

    /// <summary>The machine that the observations give, as far as each transition leads to one state only.</summary>
    public LearnedMachine ToMachine()
    {
        var next = new int[_nodes.Count, system.Inputs];
        var output = new string?[_nodes.Count, system.Inputs];
        for (var state = 0; state < _nodes.Count; state++)
        {
            for (var input = 0; input < system.Inputs; input++)
            {
                next[state, input] = -1;
                if (!_nodes[state].Children.TryGetValue(input, out var node))
                {
                    continue;
                }

                List<LearningNode> leads = node.IsOver ? [] : _nodes.Contains(node) ? [node] : [.. Candidates(node)];
                if (node.IsOver || leads.Count == 1)
                {
                    output[state, input] = node.Output;
                    next[state, input] = node.IsOver ? -1 : _nodes.IndexOf(leads[0]);
                }
            }
        }

        return new LearnedMachine([.. _nodes.Select(state => state.Path)], [.. _nodes.Select(state => state.Mode)], next, output);
    }

    /// <summary>The shortest inputs of which the last one drew something else than a machine says; null where there are none.</summary>
    /// <param name="machine">The machine, whose states are those of the basis.</param>
    public List<int>? Conflict(LearnedMachine machine)
    {
        var open = new Queue<(LearningNode Node, int State)>([(tree.Root, 0)]);
        while (open.TryDequeue(out var at))
        {
            foreach (var (input, child) in at.Node.Children)
            {
                var output = machine.Output[at.State, input];
                if (output is not null && output != child.Output)
                {
                    return child.Path;
                }

                if (output is not null && !child.IsOver)
                {
                    open.Enqueue((child, machine.Next[at.State, input]));
                }
            }
        }

        return null;
    }
}
