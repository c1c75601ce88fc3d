namespace SmtpModel.Testing.Engine;

/// <summary>
/// Learns the machine of a system: L# (Vaandrager, Garhewal, Rot, Wissmann 2022). A tree of observations, in it a basis of nodes
/// that are certainly different states, and for each transition of the basis what tells where it leads. A hypothesis is tested
/// by long walks, by what tells states apart behind layers of further inputs (<see cref="LearningLimits.ExtraStates"/>; for none
/// the tree is complete already, as Vaandrager and Melse 2025 show), and behind random middles.
/// </summary>
internal sealed class Learner
{
    private const int ManyNodes = 3000;
    private readonly ILearnable _system;
    private readonly LearningLimits _limits;
    private readonly LearningTree _tree;
    private readonly LearningPlayer _player;
    private readonly Random _random;
    private readonly Func<LearnedMachine, IEnumerable<IReadOnlyList<int>>> _suspects;

    // for each input what it has drawn so far
    private readonly HashSet<(int Input, string Output)> _seen = [];
    private LearningBasis _basis;
    private Distinguisher _distinguisher = new();
    private Walked _walked = new();
    private int _walks;
    private int _agreeing;
    private int _layers;
    private int _middles;

    private Learner(ILearnable system, LearningLimits limits, LearningTree tree, LearningPlayer player,
        Func<LearnedMachine, IEnumerable<IReadOnlyList<int>>>? suspects)
    {
        (_system, _limits, _tree, _player, _random) = (system, limits, tree, player, new Random(limits.Seed));
        _suspects = suspects ?? (_ => []);
        _basis = new LearningBasis(system, tree);
    }

    /// <summary>Learns a system, as far as the limits, the system and whoever may interrupt it let it.</summary>
    /// <param name="system">The system.</param>
    /// <param name="limits">How far it goes.</param>
    /// <param name="known">What was observed before; it is added to. Nothing when null.</param>
    /// <param name="hints">
    /// Sessions that are played first, as those of a suite of what the system should be: the better they fit the less is asked.
    /// </param>
    /// <param name="suspects">
    /// Sessions of a hypothesis that are going to be told: each is played before the end, since a state too few shows first in what
    /// nobody would expect.
    /// </param>
    /// <param name="keep">Is told each session.</param>
    /// <param name="cancellation">Ends it with what is known.</param>
    public static async Task<Learned> RunAsync(ILearnable system, LearningLimits limits, LearningTree? known = null,
        IEnumerable<IReadOnlyList<int>>? hints = null, Func<LearnedMachine, IEnumerable<IReadOnlyList<int>>>? suspects = null,
        Action<PlayedSession>? keep = null, CancellationToken cancellation = default)
    {
        var tree = known ?? new LearningTree(system);
        var learner = new Learner(system, limits, tree, new LearningPlayer(system, tree, limits, keep, cancellation), suspects);
        string? stopped = null;
        try
        {
            await learner.RunAsync([.. hints ?? []]);
        }
        catch (LearningStoppedException why)
        {
            stopped = why.Message;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            stopped = "it was interrupted";
        }

        return learner.Result(stopped);
    }

    private async ValueTask RunAsync(IReadOnlyList<IReadOnlyList<int>> hints)
    {
        while (true)
        {
            try
            {
                foreach (var hint in hints)
                {
                    await _player.PlayAsync(hint);
                }

                while (await StepAsync())
                {
                    // one step after the other
                }

                return;
            }
            catch (TreeChangedException)
            {
                // nodes of the old tree mean nothing any more; what was observed is not asked again
                _basis = new LearningBasis(_system, _tree);
                Begin();
                _middles = 0;
            }
        }
    }

    private void Begin()
    {
        (_layers, _agreeing) = (0, 0);
        (_distinguisher, _walked) = (new Distinguisher(), new Walked());
    }

    private async ValueTask<bool> StepAsync()
    {
        if (_basis.Grow(_limits.MostStates))
        {
            Begin();
            return true;
        }

        // what is wrong is set right as soon as it shows: each state that is not known yet makes all else be asked twice
        var machine = _basis.ToMachine();
        // in a tree that is large already it is looked for once all transitions are known
        if (_tree.Count > ManyNodes && (await IdentifyAsync() || await CompleteAsync()))
        {
            return true;
        }

        if (_basis.Conflict(machine) is { } conflict)
        {
            await new Counterexample(machine, _tree, _basis, _player).ProcessAsync(conflict);
            return true;
        }

        return await IdentifyAsync() || await CompleteAsync() || await TestAsync(machine) || await SuspectAsync(machine);
    }

    // what is played already adds nothing to the tree; what comes otherwise is set right by the next step
    private async ValueTask<bool> SuspectAsync(LearnedMachine machine)
    {
        foreach (var session in _suspects(machine))
        {
            var known = _tree.Count;
            await _player.PlayAsync(session);
            if (_tree.Count > known)
            {
                return true;
            }
        }

        return false;
    }

    // a transition that may lead to several states
    private async ValueTask<bool> IdentifyAsync()
    {
        foreach (var node in _basis.Frontier.ToList())
        {
            List<LearningNode> open = [.. _basis.Candidates(node)];
            if (open.Count < 2)
            {
                continue;
            }

            await _player.PlayAsync(node.Path, _distinguisher.Tell(open));
            if (_basis.Candidates(node).Count() == open.Count)
            {
                await _player.PlayAsync([.. node.Path, .. LearningTree.Witness(open[0], open[1])!]);
            }

            return true;
        }

        return false;
    }

    // a transition that was not taken yet; the session goes on to what tells where it leads
    private async ValueTask<bool> CompleteAsync()
    {
        foreach (var state in _basis.Nodes)
        {
            for (var input = 0; input < _system.Inputs; input++)
            {
                if (_system.Takes(state.Mode, input) && !state.Children.ContainsKey(input))
                {
                    await _player.PlayAsync([.. state.Path, input], GoOn(_distinguisher.Tell(_basis.Nodes)));
                    return true;
                }
            }
        }

        return false;
    }

    // behind what was not seen before there may be a state that was not either: the session goes on for a while
    private Func<LearningNode, int?> GoOn(Func<LearningNode, int?> tell)
    {
        int? left = null;
        var isTold = false;
        return node =>
        {
            left ??= _seen.Add((node.Input, node.Output)) ? _limits.TailLength : 0;
            if (!isTold && tell(node) is { } telling)
            {
                return telling;
            }

            isTold = true;
            List<int> open =
            [
                .. Enumerable.Range(0, _system.Inputs).Where(input => _system.Takes(node.Mode, input) && !_tree.Ends(input)),
            ];
            return left-- > 0 && open.Count > 0 ? open[_random.Next(open.Count)] : null;
        };
    }

    private async ValueTask<bool> TestAsync(LearnedMachine machine)
    {
        // a walk that came to its end early counts for what it tried, and not for nothing
        if (_agreeing < _limits.Walks * _limits.WalkLength)
        {
            var walk = new Walk(_system, machine, _player, _walked, _limits.Seed + _walks++);
            _agreeing = await walk.AgreesAsync(_limits.WalkLength) is { } tried ? _agreeing + Math.Max(tried, 1) : 0;
            return true;
        }

        var deeper = new DeeperSearch(_system, machine, _basis.Nodes, _distinguisher, _player);
        if (_layers < _limits.ExtraStates)
        {
            _layers = await deeper.LayersAsync(_limits.ExtraStates) ? _limits.ExtraStates : 0;
            return true;
        }

        if (_middles < _limits.Middles)
        {
            _middles = await deeper.MiddlesAsync(_limits, _middles);
            return true;
        }

        return false;
    }

    private Learned Result(string? stopped) =>
        new(_basis.ToMachine(), stopped is null ? _limits.ExtraStates : -1, _player.Sessions, _player.Inputs, _player.Elapsed, stopped)
        {
            Unsteady = _player.Unsteady,
            Played = _tree.Sessions,
            Middles = _middles,
        };
}
