namespace SmtpModel.Testing.Engine;

/// <summary>Tests a hypothesis: sessions that go on behind what was learned, and end with what tells the states apart.</summary>
internal sealed class DeeperSearch(ILearnable system, LearnedMachine machine, IReadOnlyList<LearningNode> basis,
    Distinguisher distinguisher, LearningPlayer player)
{
    /// <summary>
    /// Plays every sequence of inputs behind each transition, up to a length, each followed by what tells its state from all others
    /// and from those on the way: a system with so many states more answers otherwise somewhere (Vaandrager and Melse 2025).
    /// </summary>
    /// <param name="length">How many states more the system may have.</param>
    /// <returns>Whether the hypothesis stands.</returns>
    public async ValueTask<bool> LayersAsync(int length)
    {
        List<(LearningNode Node, int State)> layer = [.. from state in Enumerable.Range(0, machine.Count)
                                                         from child in basis[state].Children.Values
                                                         where !child.IsOver && !basis.Contains(child)
                                                         select (child, machine.Next[state, child.Input])];
        for (var depth = 1; depth <= length; depth++)
        {
            List<(LearningNode Node, int State)> next = [];
            foreach (var (node, state) in layer)
            {
                for (var input = 0; input < system.Inputs; input++)
                {
                    if (!system.Takes(node.Mode, input))
                    {
                        continue;
                    }

                    List<int> path = [.. node.Path, input];
                    await player.PlayAsync(path, distinguisher.Tell(basis));
                    var reached = node.Children[input];
                    var leads = machine.Next[state, input];
                    if (reached.Output != machine.Output[state, input] || (!reached.IsOver && !await IsIdentifiedAsync(reached, leads)))
                    {
                        return false;
                    }

                    if (!reached.IsOver)
                    {
                        next.Add((reached, leads));
                    }
                }
            }

            layer = next;
        }

        return true;
    }

    /// <summary>Plays sessions with a random middle, until one contradicts the hypothesis or there were enough.</summary>
    /// <param name="limits">How many, and how long they are.</param>
    /// <param name="done">How many were played before.</param>
    /// <returns>How many have been played now.</returns>
    public async ValueTask<int> MiddlesAsync(LearningLimits limits, int done)
    {
        while (done < limits.Middles)
        {
            // each has a seed of its own: a run that is resumed draws the same ones
            var random = new Random(unchecked((limits.Seed * 1_000_003) + done));
            done++;
            var state = random.Next(machine.Count);
            List<int> path = [.. machine.Access[state], .. Middle(random, state, limits)];
            var end = await player.PlayAsync(path, distinguisher.Tell(basis));
            if (IsContradicted(end))
            {
                return done;
            }
        }

        return done;
    }

    // what counts needs an input several times, at once or with others between, and mostly some way to another state
    private List<int> Middle(Random random, int state, LearningLimits limits)
    {
        List<int> middle = [];
        var length = random.Next(2, limits.LongestMiddle + 1);
        while (middle.Count < length && state >= 0)
        {
            List<int> all = [.. Taken(state)];
            List<int> leading = all.FindAll(input => machine.Next[state, input] != state);
            List<int> used = all.FindAll(middle.Contains);
            var kind = random.Next(5);
            var among = kind < 2 && leading.Count > 0 ? leading : kind == 2 && used.Count > 0 ? used : all;
            if (among.Count == 0)
            {
                break;
            }

            var input = among[random.Next(among.Count)];
            var times = kind == 3 ? random.Next(2, 6) : 1;
            for (; times > 0 && state >= 0 && Taken(state).Contains(input); times--)
            {
                middle.Add(input);
                state = machine.Next[state, input];
            }
        }

        return middle;
    }

    // but for those that end the session
    private IEnumerable<int> Taken(int state) =>
        Enumerable.Range(0, system.Inputs).Where(input => system.Takes(machine.Modes[state], input) && machine.Next[state, input] >= 0);

    private bool IsContradicted(LearningNode end)
    {
        var state = 0;
        var node = end;
        Stack<LearningNode> way = [];
        for (; node.Parent is not null; node = node.Parent)
        {
            way.Push(node);
        }

        foreach (var step in way)
        {
            if (machine.Output[state, step.Input] != step.Output)
            {
                return true;
            }

            state = machine.Next[state, step.Input];
        }

        return false;
    }

    private async ValueTask<bool> IsIdentifiedAsync(LearningNode node, int state)
    {
        foreach (var other in Enumerable.Range(0, basis.Count).Where(other => other != state))
        {
            await TellApartAsync(node, basis[other], basis[state]);
        }

        if (LearningTree.AreApart(node, basis[state]))
        {
            return false;
        }

        // two nodes on one way could be one state that the basis does not have
        for (var above = node.Parent!; !basis.Contains(above); above = above.Parent!)
        {
            var there = machine.After(0, above.Path);
            if (there != state && !LearningTree.AreApart(node, above))
            {
                var witness = LearningTree.Witness(basis[state], basis[there])!;
                await player.PlayAsync([.. node.Path, .. witness]);
                await player.PlayAsync([.. above.Path, .. witness]);
                if (LearningTree.AreApart(node, basis[state]) || LearningTree.AreApart(above, basis[there]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // what tells the other state from the one that it should be
    private async ValueTask TellApartAsync(LearningNode node, LearningNode other, LearningNode expected)
    {
        if (!LearningTree.AreApart(node, other))
        {
            await player.PlayAsync([.. node.Path, .. LearningTree.Witness(expected, other)!]);
        }
    }
}
