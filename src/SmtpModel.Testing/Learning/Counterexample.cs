namespace SmtpModel.Testing.Engine;

/// <summary>Finds the transition that a hypothesis has wrong, from a session that contradicts it.</summary>
internal sealed class Counterexample(LearnedMachine machine, LearningTree tree, LearningBasis basis, LearningPlayer player)
{
    // how many inputs that lead to another state are tried to make a session short
    private const int MostLeading = 5;

    /// <summary>Plays what it takes for the observations to show that a transition leads elsewhere.</summary>
    /// <param name="inputs">Inputs of which the last one drew something else than the machine says.</param>
    public async ValueTask ProcessAsync(List<int> inputs)
    {
        inputs = (await ShortenAsync(inputs))[..^1];
        while (true)
        {
            // what is behind the inputs is apart from the state that they should lead to; halved until that is a transition's end
            var (node, state) = (tree.Find(inputs)!, machine.After(0, inputs));
            var known = 0;
            while (known < inputs.Count && basis.Nodes.Contains(tree.Find(inputs.Take(known))!))
            {
                known++;
            }

            if (known == inputs.Count)
            {
                return;
            }

            var half = (known + inputs.Count) / 2;
            var (start, rest) = (inputs.GetRange(0, half), inputs[half..]);
            var middle = basis.Nodes[machine.After(0, start)];
            await player.PlayAsync([.. middle.Path, .. rest, .. LearningTree.Witness(node, basis.Nodes[state])!]);
            inputs = LearningTree.AreApart(tree.Find(start)!, middle) ? start : [.. middle.Path, .. rest];
        }
    }

    // an input that stays where it is says nothing mostly: without such a long session is a short one, and cheaper to be halved
    private async ValueTask<List<int>> ShortenAsync(List<int> inputs)
    {
        List<int> leading = [];
        for (var at = inputs.Count - 2; at >= 0 && leading.Count < MostLeading; at--)
        {
            var state = machine.After(0, inputs.Take(at));
            if (machine.Next[state, inputs[at]] == state)
            {
                continue;
            }

            leading.Insert(0, inputs[at]);
            if (machine.Access[state].Count + leading.Count + 1 >= inputs.Count)
            {
                break;
            }

            await player.PlayAsync([.. machine.Access[state], .. leading, inputs[^1]]);
            if (basis.Conflict(machine) is { } shorter && shorter.Count < inputs.Count)
            {
                return shorter;
            }
        }

        return inputs;
    }
}
