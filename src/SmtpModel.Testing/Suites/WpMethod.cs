namespace SmtpModel.Testing.Engine;

/// <summary>
/// The Wp method (Fujiwara, von Bochmann and others 1991): the state cover is followed by the characterisation set, and the
/// transitions that are left by the identification set of the state they lead to. Without extra states the state cover gets as
/// much of the characterisation set as it takes to tell its states from those that the transitions lead to.
/// </summary>
internal static class WpMethod
{
    public static SuiteTree Make(Separation separation, StateCover cover, int extraStates)
    {
        var machine = separation.Machine;
        var identification = new Identification(separation, cover);
        var suite = new SuiteTree();
        if (extraStates > 0)
        {
            CoverLayers(
                suite,
                machine,
                cover,
                extraStates,
                [.. identification.Sets.SelectMany(set => set).DistinctBy(identifier => string.Join(',', identifier.Sequence))]
            );
        }

        // every transition leads where it should
        foreach (var sequence in cover.Extended(extraStates + 1))
        {
            var state = machine.After(0, sequence);
            Identify(suite, machine, sequence, state < 0 ? [] : identification.Sets[state]);
        }

        return extraStates > 0 ? suite : BasisCover.Add(suite, separation, cover, identification);
    }

    // every state is there, and the whole characterisation set shows that it is none of the others
    private static void CoverLayers(
        SuiteTree suite,
        Mealy machine,
        StateCover cover,
        int extraStates,
        IReadOnlyList<Identifier> characterisation
    )
    {
        for (var length = 0; length <= extraStates; length++)
        {
            foreach (var sequence in cover.Extended(length))
            {
                Identify(suite, machine, sequence, characterisation);
            }
        }
    }

    private static void Identify(SuiteTree suite, Mealy machine, int[] sequence, IReadOnlyList<Identifier> identifiers)
    {
        var state = machine.After(0, sequence);
        suite.Add(sequence);
        foreach (var identifier in identifiers)
        {
            suite.Add([.. sequence, .. Defined(machine, state, identifier.Sequence)]);
        }
    }

    // as much of a sequence as the state defines
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
