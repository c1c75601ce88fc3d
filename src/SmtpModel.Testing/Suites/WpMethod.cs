namespace SmtpModel.Testing;

/// <summary>
/// The Wp method (Fujiwara, von Bochmann and others 1991): the state cover is followed by the whole characterisation set, and
/// the transitions that are left by the identification set of the state they lead to.
/// </summary>
internal static class WpMethod
{
    public static SuiteTree Make(Separation separation, StateCover cover, int extraStates)
    {
        var machine = separation.Machine;
        var suite = new SuiteTree();
        var identifiers = Identifiers(separation);
        var characterisation = identifiers.SelectMany(set => set).DistinctBy(sequence => string.Join(',', sequence)).ToList();

        // phase 1: every state is there, and the characterisation set identifies it
        for (var length = 0; length <= extraStates; length++)
        {
            foreach (var sequence in cover.Extended(length))
            {
                Identify(suite, machine, sequence, characterisation);
            }
        }

        // phase 2: every transition leads where it should
        foreach (var sequence in cover.Extended(extraStates + 1))
        {
            var state = machine.After(0, sequence);
            Identify(suite, machine, sequence, state < 0 ? [] : identifiers[state]);
        }

        return suite;
    }

    /// <summary>For each state a small set of sequences that tells it apart from every other.</summary>
    public static List<int[]>[] Identifiers(Separation separation)
    {
        var count = separation.Machine.States.Count;
        var all = (from one in Enumerable.Range(0, count) from other in Enumerable.Range(0, count) where one != other select separation.Of(one, other)!.ToArray())
            .DistinctBy(sequence => string.Join(',', sequence)).ToList();
        return [.. Enumerable.Range(0, count).Select(state => Smallest(separation, state, all))];
    }

    public static void Identify(SuiteTree suite, Mealy machine, int[] sequence, IReadOnlyList<int[]> identifiers)
    {
        var state = machine.After(0, sequence);
        suite.Add(sequence);
        foreach (var identifier in identifiers)
        {
            suite.Add([.. sequence, .. Defined(machine, state, identifier)]);
        }
    }

    // greedily the sequence that tells the state from most of those left
    private static List<int[]> Smallest(Separation separation, int state, List<int[]> all)
    {
        var left = Enumerable.Range(0, separation.Machine.States.Count).Where(other => other != state).ToHashSet();
        List<int[]> chosen = [];
        while (left.Count > 0)
        {
            var best = all.OrderByDescending(sequence => left.Count(other => separation.Separates(sequence, state, other))).ThenBy(sequence => sequence.Length).First();
            chosen.Add(best);
            left.RemoveWhere(other => separation.Separates(best, state, other));
        }

        return chosen;
    }

    /// <summary>As much of a sequence as the state defines.</summary>
    private static IEnumerable<int> Defined(Mealy machine, int state, int[] sequence)
    {
        foreach (var input in sequence)
        {
            if (!machine.IsDefined(state, input))
            {
                yield break;
            }

            yield return input;
            state = machine.Next(state, input);
        }
    }
}
