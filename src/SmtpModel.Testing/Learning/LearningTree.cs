namespace SmtpModel.Testing.Engine;

/// <summary>All that was observed of a system: a node for each sequence of inputs that was played.</summary>
/// <param name="system">The system.</param>
internal sealed class LearningTree(ILearnable system)
{
    private readonly HashSet<int> _ending = [];

    /// <summary>Where sessions begin.</summary>
    public LearningNode Root { get; private set; } = new(null, -1, "", system.FirstMode, 0);

    /// <summary>The sequences of inputs that were played, each with its outputs and the number of its session, in order.</summary>
    public List<PlayedSession> Sessions { get; } = [];

    /// <summary>How many sequences of inputs were played.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an input was seen to end a session.</summary>
    /// <param name="input">The input.</param>
    public bool Ends(int input) => _ending.Contains(input);

    /// <summary>The node behind one output more; it is made where there is none.</summary>
    /// <param name="node">The node before.</param>
    /// <param name="input">The input.</param>
    /// <param name="output">What it drew; the same as before where there is a node.</param>
    /// <param name="session">The number of the session.</param>
    public LearningNode Add(LearningNode node, int input, string output, int session) =>
        node.Children.TryGetValue(input, out var known) ? known
        : node.Children[input] = Made(new LearningNode(node, input, output, system.ModeBehind(node.Mode, output), session));

    private LearningNode Made(LearningNode node)
    {
        Count++;
        if (node.IsOver)
        {
            _ending.Add(node.Input);
        }

        return node;
    }

    /// <summary>Keeps a whole session.</summary>
    /// <param name="session">The session.</param>
    /// <returns>The first place at which it contradicts what was observed before, from 0; null where it does not.</returns>
    public int? Add(PlayedSession session)
    {
        var node = Root;
        for (var at = 0; at < session.Outputs.Count; at++)
        {
            if (node.Children.GetValueOrDefault(session.Inputs[at]) is { } known && known.Output != session.Outputs[at])
            {
                return at;
            }

            node = Add(node, session.Inputs[at], session.Outputs[at], session.Number);
        }

        Sessions.Add(session);
        return null;
    }

    /// <summary>Forgets all that was observed behind some inputs; what the sessions that went there have in front of it stays.</summary>
    /// <param name="inputs">The inputs; what the last one drew is forgotten too.</param>
    public void Forget(IReadOnlyList<int> inputs)
    {
        var before = inputs.Count - 1;
        List<PlayedSession> kept = [.. Sessions.Select(session => !session.Inputs.Take(inputs.Count).SequenceEqual(inputs) ? session
            : session with { Inputs = [.. session.Inputs.Take(before)], Outputs = [.. session.Outputs.Take(before)] })];
        Root = new LearningNode(null, -1, "", system.FirstMode, 0);
        Count = 0;
        Sessions.Clear();
        kept.ForEach(session => Add(session));
    }

    /// <summary>The node behind some inputs; null where they were not played.</summary>
    /// <param name="inputs">The inputs.</param>
    public LearningNode? Find(IEnumerable<int> inputs) => Find(Root, inputs);

    /// <summary>The node behind some inputs, from a node on; null where they were not played.</summary>
    /// <param name="from">The node.</param>
    /// <param name="inputs">The inputs.</param>
    public static LearningNode? Find(LearningNode from, IEnumerable<int> inputs)
    {
        LearningNode? node = from;
        foreach (var input in inputs)
        {
            node = node?.Children.GetValueOrDefault(input);
        }

        return node;
    }

    /// <summary>
    /// Inputs that were played behind both of two nodes and drew something else; null where there are none. Empty where the modes differ.
    /// </summary>
    /// <param name="one">A node.</param>
    /// <param name="other">Another.</param>
    public static IReadOnlyList<int>? Witness(LearningNode one, LearningNode other)
    {
        if (one.Mode != other.Mode)
        {
            return [];
        }

        var (fewer, more) = one.Children.Count <= other.Children.Count ? (one, other) : (other, one);
        IReadOnlyList<int>? best = null;
        foreach (var (input, child) in fewer.Children)
        {
            if (!more.Children.TryGetValue(input, out var counterpart))
            {
                continue;
            }

            if (child.Output != counterpart.Output)
            {
                return [input];
            }

            if (Witness(child, counterpart) is { } rest && (best is null || rest.Count + 1 < best.Count))
            {
                best = [input, .. rest];
            }
        }

        return best;
    }

    /// <summary>Whether two nodes are certainly not the same state.</summary>
    /// <param name="one">A node.</param>
    /// <param name="other">Another.</param>
    public static bool AreApart(LearningNode one, LearningNode other)
    {
        if (one.Mode != other.Mode)
        {
            return true;
        }

        var (fewer, more) = one.Children.Count <= other.Children.Count ? (one, other) : (other, one);
        foreach (var (input, child) in fewer.Children)
        {
            if (more.Children.TryGetValue(input, out var counterpart)
                && (child.Output != counterpart.Output || AreApart(child, counterpart)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A sequence of inputs that was played.</summary>
/// <param name="parent">The one without its last input; null where there is no input.</param>
/// <param name="input">Its last input; -1 where there is none.</param>
/// <param name="output">What that drew.</param>
/// <param name="mode">The mode behind it.</param>
/// <param name="session">The number of the session in which it was seen first.</param>
internal sealed class LearningNode(LearningNode? parent, int input, string output, int mode, int session)
{
    public LearningNode? Parent => parent;

    public int Input => input;

    public string Output => output;

    public int Mode => mode;

    public int Session => session;

    public bool IsOver => mode == ILearnable.Over;

    public SortedDictionary<int, LearningNode> Children { get; } = [];

    /// <summary>The inputs that lead here.</summary>
    public List<int> Path
    {
        get
        {
            List<int> path = [];
            for (var at = this; at.Parent is not null; at = at.Parent)
            {
                path.Add(at.Input);
            }

            path.Reverse();
            return path;
        }
    }
}

/// <summary>A session that was played.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Inputs">Its inputs, as far as they drew something.</param>
/// <param name="Outputs">What each drew.</param>
internal sealed record PlayedSession(int Number, IReadOnlyList<int> Inputs, IReadOnlyList<string> Outputs);
