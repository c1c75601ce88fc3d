namespace SmtpModel.Testing.Engine;

/// <summary>
/// The H method (Dorofeeva and others 2010): the tree of all transitions first, then for each pair of sequences that has to
/// be told apart a sequence behind both, if none that is there does it already. Without extra states the sequences behind one
/// transition are chosen together.
/// </summary>
internal static class HMethod
{
    public static SuiteTree Make(Separation separation, StateCover cover, int extraStates)
    {
        if (extraStates == 0)
        {
            return HChoice.Make(separation, cover);
        }

        var machine = separation.Machine;
        var suite = new SuiteTree();
        var states = Enumerable.Range(0, machine.States.Count).ToList();
        List<int[]> core = [.. cover.Extended(0)];
        List<int[]> beyond = [];
        for (var length = 1; length <= extraStates + 1; length++)
        {
            beyond.AddRange(cover.Extended(length));
        }

        foreach (var sequence in core.Concat(beyond))
        {
            suite.Add(sequence);
        }

        foreach (var (one, other) in from one in states from other in states where one < other select (core[one], core[other]))
        {
            Separate(suite, separation, one, other);
        }

        foreach (var sequence in beyond)
        {
            foreach (var state in core)
            {
                Separate(suite, separation, sequence, state);
            }
        }

        // with extra states also the sequences on one way have to be told apart
        foreach (var sequence in beyond)
        {
            for (var length = 1; length < sequence.Length; length++)
            {
                var prefix = sequence[..length];
                if (beyond.Any(known => known.AsSpan().SequenceEqual(prefix)))
                {
                    Separate(suite, separation, sequence, prefix);
                }
            }
        }

        return suite;
    }

    private static void Separate(SuiteTree suite, Separation separation, int[] one, int[] other)
    {
        var machine = separation.Machine;
        var (stateOfOne, stateOfOther) = (machine.After(0, one), machine.After(0, other));
        if (stateOfOne < 0 || stateOfOther < 0 || stateOfOne == stateOfOther)
        {
            return;
        }

        var behindOther = suite.From(other).ToList();
        if (
            suite
                .From(one)
                .Any(tail => behindOther.Any(otherTail => separation.Separates(Common(tail, otherTail), stateOfOne, stateOfOther)))
        )
        {
            return;
        }

        // what is behind one of the two may do for the other: the cheapest of all that tell them apart
        var candidates = behindOther
            .Concat(suite.From(one))
            .Select(tail => Shortest(separation, tail, stateOfOne, stateOfOther))
            .OfType<int[]>()
            .Append([.. separation.Of(stateOfOne, stateOfOther)!]);
        var best = candidates.MinBy(tail => Cost(suite, one, tail) + Cost(suite, other, tail))!;
        suite.Add([.. one, .. best]);
        suite.Add([.. other, .. best]);
    }

    // a new session costs its whole length, a longer one only what is added
    private static int Cost(SuiteTree suite, int[] sequence, int[] tail)
    {
        var missing = suite.Missing([.. sequence, .. tail]);
        return missing == 0 ? 0 : suite.IsLeaf(sequence) ? missing : missing + sequence.Length + 1;
    }

    private static int[]? Shortest(Separation separation, IReadOnlyList<int> tail, int one, int other)
    {
        for (var length = 1; length <= tail.Count; length++)
        {
            int[] start = [.. tail.Take(length)];
            if (separation.Separates(start, one, other) && separation.Machine.After(other, start) != -2)
            {
                return start;
            }
        }

        return null;
    }

    private static IEnumerable<int> Common(IReadOnlyList<int> one, IReadOnlyList<int> other) =>
        one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First);
}
