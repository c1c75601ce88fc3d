namespace SmtpModel.Testing.Engine;

/// <summary>
/// The H method without extra states: behind each transition, what tells the state it leads to from each other one, chosen by
/// what it costs behind the transition and behind the state cover with all that is there already.
/// </summary>
internal sealed class HChoice
{
    private readonly Separation _separation;
    private readonly StateCover _cover;
    private readonly Identification _identification;
    private readonly SuiteTree _suite = new();

    private HChoice(Separation separation, StateCover cover) =>
        (_separation, _cover, _identification) = (separation, cover, new Identification(separation, cover));

    private Mealy Machine => _separation.Machine;

    public static SuiteTree Make(Separation separation, StateCover cover)
    {
        var choice = new HChoice(separation, cover);
        List<int[]> transitions = [.. cover.Extended(1)];
        transitions.ForEach(choice._suite.Add);

        // the deepest first: they cost most, so that what is chosen for them should be there for the others
        foreach (var sequence in transitions.OrderByDescending(sequence => sequence.Length))
        {
            var state = choice.Machine.After(0, sequence);
            if (state >= 0)
            {
                choice.Identify(sequence, state);
            }
        }

        return BasisCover.Add(choice._suite, separation, cover, choice._identification);
    }

    private void Identify(int[] sequence, int state)
    {
        var open = Enumerable.Range(0, Machine.States.Count).Where(other => other != state && !IsApart(sequence, state, other)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var candidates = _identification
            .Candidates[state]
            .Where(identifier => open.TrueForAll(other => identifier.Apart[other]))
            .Select(identifier => (IReadOnlyList<Identifier>)[identifier]);
        var best = candidates.Append(_identification.Sets[state]).MinBy(set => Cost(sequence, state, set, open))!;
        foreach (var identifier in best)
        {
            _suite.Add([.. sequence, .. identifier.Sequence]);
        }

        foreach (var other in open)
        {
            _suite.Add(Cheapest(best, state, other));
        }
    }

    private int Cost(int[] sequence, int state, IReadOnlyList<Identifier> set, List<int> open) =>
        set.Select((identifier, index) => Cost([.. sequence, .. identifier.Sequence], sequence, index == 0)).Sum()
        + open.Sum(other => Cost(Cheapest(set, state, other), _cover[other], false));

    // a new session costs its whole length, a longer one only what is added
    private int Cost(int[] whole, int[] start, bool isFirst)
    {
        var missing = _suite.Missing(whole);
        return missing == 0 ? 0 : isFirst && _suite.IsLeaf(start) ? missing : whole.Length + 1;
    }

    // as much of a set, behind the state cover, as tells another state from this one
    private int[] Cheapest(IReadOnlyList<Identifier> set, int state, int other) =>
        set.Where(identifier => identifier.Apart[other])
            .Select(identifier => (int[])[.. _cover[other], .. BasisCover.Until(_separation, identifier.Sequence, state, other)])
            .MinBy(_suite.Missing)!;

    private bool IsApart(int[] sequence, int state, int other) =>
        _suite.From(sequence).Any(tail => _separation.Separates(tail, state, other)
            && _suite.Missing([.. _cover[other], .. BasisCover.Until(_separation, [.. tail], state, other)]) == 0);
}
