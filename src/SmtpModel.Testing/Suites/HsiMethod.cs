namespace SmtpModel.Testing.Engine;

/// <summary>
/// The HSI method (Petrenko and others 1993): each sequence is followed by the harmonised identifiers of the state it leads
/// to; the identifiers of any two states share a sequence that tells the two apart.
/// </summary>
internal static class HsiMethod
{
    public static SuiteTree Make(Separation separation, StateCover cover, int extraStates)
    {
        var machine = separation.Machine;
        var count = machine.States.Count;
        List<int[]>[] identifiers =
        [
            .. Enumerable
                .Range(0, count)
                .Select(state =>
                    Enumerable
                        .Range(0, count)
                        .Where(other => other != state)
                        .Select(other => separation.Of(state, other)!.ToArray())
                        .DistinctBy(sequence => string.Join(',', sequence))
                        .ToList()
                ),
        ];
        var suite = new SuiteTree();
        for (var length = 0; length <= extraStates + 1; length++)
        {
            foreach (var sequence in cover.Extended(length))
            {
                suite.Add(sequence);
                var state = machine.After(0, sequence);
                foreach (var identifier in state < 0 ? [] : identifiers[state])
                {
                    suite.Add([.. sequence, .. identifier]);
                }
            }
        }

        return suite;
    }
}
