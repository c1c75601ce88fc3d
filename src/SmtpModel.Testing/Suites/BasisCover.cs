namespace SmtpModel.Testing.Engine;

/// <summary>
/// What has to be behind the sequences of the state cover, once each transition is followed by identifiers: for each state
/// and each other one as much of an identifier of the other as tells the two apart, and no session that is not needed.
/// </summary>
internal static class BasisCover
{
    public static SuiteTree Add(SuiteTree transitions, Separation separation, StateCover cover, Identification identification)
    {
        var machine = separation.Machine;
        var suite = new SuiteTree();
        foreach (var session in transitions.Sessions)
        {
            suite.Add(session);
        }

        for (var state = 0; state < machine.States.Count; state++)
        {
            AddTails(suite, separation, cover, identification, state);
        }

        // one that is behind a state may do for several others: what another one made superfluous goes again
        var sessions = suite.Sessions.ToList();
        var starts = Enumerable.Range(0, machine.States.Count).Select(state => cover[state]).ToList();
        foreach (
            var session in sessions
                .Where(session => IsBehindBasis(machine, session, starts))
                .OrderByDescending(session => session.Count)
                .ToList()
        )
        {
            List<IReadOnlyList<int>> without = [.. sessions.Where(other => other != session)];
            if (SuiteCertificate.Check(machine, without).Count == 0)
            {
                sessions = without;
            }
        }

        var smallest = new SuiteTree();
        sessions.ForEach(smallest.Add);
        return smallest;
    }

    /// <summary>A sequence up to where it tells a state from another; without the last input where the other one does not define
    /// that.</summary>
    public static int[] Until(Separation separation, int[] sequence, int state, int other)
    {
        var length = 1;
        while (!separation.Separates(sequence.Take(length), state, other))
        {
            length++;
        }

        return separation.Machine.After(other, sequence.Take(length)) == -2 ? sequence[..(length - 1)] : sequence[..length];
    }

    private static void AddTails(SuiteTree suite, Separation separation, StateCover cover, Identification identification, int state)
    {
        for (var other = 0; other < separation.Machine.States.Count; other++)
        {
            if (other != state)
            {
                var tails = identification
                    .Sets[other]
                    .Where(identifier => identifier.Apart[state])
                    .Select(identifier => Until(separation, identifier.Sequence, other, state));
                suite.Add(tails.Select(tail => (int[])[.. cover[state], .. tail]).MinBy(suite.Missing)!);
            }
        }
    }

    // the first transition that leaves the cover ends at a sequence of the cover's own, or in one that only identifies it
    private static bool IsBehindBasis(Mealy machine, IReadOnlyList<int> session, List<int[]> starts)
    {
        var longest = starts.Where(start => session.Take(start.Length).SequenceEqual(start)).Max(start => start.Length);
        return longest >= session.Count - 1 || machine.Next(machine.After(0, session.Take(longest)), session[longest]) >= 0;
    }
}
