namespace SmtpModel.Testing.Engine;

/// <summary>What one run has observed of a server.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Sessions">Its sessions, in the order in which they were played.</param>
/// <param name="Unsteady">Where the same inputs drew different outputs in it, and what was made of it.</param>
internal sealed record PooledSessions(string Name, IReadOnlyList<PlayedSession> Sessions, IReadOnlyList<Unsteadiness> Unsteady);

/// <summary>
/// What several runs have observed of one server, as one tree. Where two of them have different outputs for the same inputs, neither is in
/// it: it has to be asked again.
/// </summary>
internal sealed class LearningPool
{
    private readonly ILearnable _system;
    private readonly Func<int, string> _name;
    private readonly List<string> _from = [];
    private readonly List<string> _notes = [];
    private readonly List<IReadOnlyList<int>> _contradicted = [];

    private LearningPool(ILearnable system, Func<int, string> name) =>
        (_system, _name, Tree) = (system, name, new LearningTree(system));

    /// <summary>What all agree in.</summary>
    public LearningTree Tree { get; }

    /// <summary>Where runs contradict each other or themselves, in words.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Puts runs together; their order decides nothing but the order of the notes.</summary>
    /// <param name="system">The server.</param>
    /// <param name="name">The name of an input.</param>
    /// <param name="runs">The runs.</param>
    /// <exception cref="FormatException">A session has an input that is not sent where it stands; the message says which.</exception>
    public static LearningPool Of(ILearnable system, Func<int, string> name, IEnumerable<PooledSessions> runs)
    {
        var pool = new LearningPool(system, name);
        foreach (var run in runs)
        {
            pool.Add(run);
        }

        pool._contradicted.ForEach(pool.Tree.Forget);
        return pool;
    }

    private void Add(PooledSessions run)
    {
        foreach (var one in run.Unsteady)
        {
            var kept = one.Kept is null ? "no reply was drawn by most sessions" : $"most sessions drew {one.Kept}";
            Tell(one.Inputs, $"{one.First} in session {one.FirstSession} and {one.Then} in session {one.ThenSession} of {run.Name}",
                $"; asked again, {kept}");
            if (one.Kept is null)
            {
                _contradicted.Add(one.Inputs);
            }
        }

        foreach (var session in Settled(run))
        {
            _from.Add($"session {session.Number} of {run.Name}");
            Add(session with { Number = _from.Count - 1 });
        }
    }

    // what a run asked again counts as it was answered in the end
    private List<PlayedSession> Settled(PooledSessions run)
    {
        var tree = new LearningTree(_system);
        List<PlayedSession> contradicting = [];
        foreach (var session in run.Sessions)
        {
            Check(run.Name, session);
            if (tree.Add(session) is not { } place)
            {
                continue;
            }

            List<int> inputs = [.. session.Inputs.Take(place + 1)];
            if (run.Unsteady.Any(one => one.Inputs.SequenceEqual(inputs)))
            {
                tree.Forget(inputs);
                tree.Add(session);
            }
            else
            {
                contradicting.Add(session);
            }
        }

        return [.. tree.Sessions, .. contradicting];
    }

    private void Check(string name, PlayedSession session)
    {
        var mode = _system.FirstMode;
        for (var at = 0; at < session.Inputs.Count; at++)
        {
            if (mode == ILearnable.Over || !_system.Takes(mode, session.Inputs[at]))
            {
                throw new FormatException($"session {session.Number} of {name} has {_name(session.Inputs[at])} where nobody sends it: the "
                    + "file was changed; run the share again");
            }

            mode = _system.ModeBehind(mode, session.Outputs[at]);
        }
    }

    private void Add(PlayedSession session)
    {
        if (Tree.Add(session) is not { } place)
        {
            return;
        }

        List<int> inputs = [.. session.Inputs.Take(place + 1)];
        var known = Tree.Find(inputs)!;
        if (!_contradicted.Exists(one => one.SequenceEqual(inputs)))
        {
            _contradicted.Add(inputs);
            Tell(inputs, $"{known.Output} in {_from[known.Session]} and {session.Outputs[place]} in {_from[session.Number]}",
                "; neither is used");
        }

        if (place > 0)
        {
            Tree.Add(session with { Inputs = [.. session.Inputs.Take(place)], Outputs = [.. session.Outputs.Take(place)] });
        }
    }

    private void Tell(IEnumerable<int> inputs, string drew, string then) =>
        _notes.Add($"the same inputs drew {drew}: {string.Join("; ", inputs.Select(_name))}{then}");
}
