namespace SmtpModel.Testing.Engine;

/// <summary>
/// Checks a suite without knowing how it was made. The suite is played on the specification, which gives an observation tree.
/// The suite is complete for machines with up to <c>k</c> states more when the tree has a basis (a sequence to each state,
/// pairwise told apart), every input is tried behind the basis and <c>k</c> layers beyond it, and what is reached there is
/// identified: told apart from every basis state but one, and from what lies on the way to it
/// (Vaandrager and Melse 2025; for k = 0 the classical condition of Dorofeeva and others 2010).
/// Where an input is not defined a server is taken to read it as mail data and to answer nothing: that is not tried, and a
/// reply to such an input shows that the server is in another state.
/// </summary>
public static class SuiteCertificate
{
    // a suite may have several ways to a state and be complete with one choice of them only
    private const int MostBases = 200;

    /// <summary>Why a suite is not complete, for the shortest way to each state; empty when it is.</summary>
    /// <param name="machine">The specification.</param>
    /// <param name="sessions">The suite: the inputs of each session.</param>
    /// <param name="extraStates">How many states more an implementation may have.</param>
    public static IReadOnlyList<string> Check(Mealy machine, IEnumerable<IReadOnlyList<int>> sessions, int extraStates = 0)
    {
        var tree = Played(machine, sessions);
        return [.. Gaps(machine, tree, tree.Basis(), extraStates).Select(gap => gap.Says(machine))];
    }

    /// <summary>
    /// What a suite leaves open, of whatever origin it is: the ways that it takes to the states are searched for those that
    /// leave least open. Empty when it is complete.
    /// </summary>
    /// <param name="machine">The specification.</param>
    /// <param name="sessions">The suite: the inputs of each session. What an input that is not defined is followed by is not looked
    /// at.</param>
    /// <param name="extraStates">How many states more an implementation may have.</param>
    public static IReadOnlyList<SuiteGap> Gaps(Mealy machine, IEnumerable<IReadOnlyList<int>> sessions, int extraStates = 0)
    {
        var tree = Played(machine, sessions);
        var fewest = Gaps(machine, tree, tree.Basis(), extraStates);
        foreach (var basis in fewest.Count == 0 ? [] : tree.Bases().Take(MostBases))
        {
            var gaps = Gaps(machine, tree, basis, extraStates);
            fewest = gaps.Count < fewest.Count ? gaps : fewest;
            if (fewest.Count == 0)
            {
                break;
            }
        }

        return fewest;
    }

    /// <summary>What sessions leave open that were chosen for some ways to the states, as those of learning are.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="sessions">The inputs of each session.</param>
    /// <param name="extraStates">How many states more an implementation may have.</param>
    /// <param name="ways">For each state the inputs that lead to it; each but the first begins with that of another state and has one
    /// input more.</param>
    internal static IReadOnlyList<SuiteGap> Gaps(
        Mealy machine,
        IEnumerable<IReadOnlyList<int>> sessions,
        int extraStates,
        IEnumerable<IReadOnlyList<int>> ways
    )
    {
        var tree = Played(machine, sessions);
        List<ObservationTree.Node> basis = [.. ways.Select(tree.Find).OfType<ObservationTree.Node>()];
        // what is not apart from a state in front of it is no state of its own
        return Gaps(
            machine,
            tree,
            [.. basis.Where((node, at) => basis.Take(at).All(known => ObservationTree.AreApart(machine, node, known)))],
            extraStates
        );
    }

    private static ObservationTree Played(Mealy machine, IEnumerable<IReadOnlyList<int>> sessions)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(sessions);
        var tree = new ObservationTree(machine);
        foreach (var session in sessions)
        {
            tree.Play(session);
        }

        return tree;
    }

    private static List<SuiteGap> Gaps(Mealy machine, ObservationTree tree, List<ObservationTree.Node> basis, int extraStates)
    {
        var gaps = Missing(machine, tree, basis);
        var layer = basis;
        for (var depth = 0; depth <= extraStates; depth++)
        {
            List<ObservationTree.Node> next = [];
            foreach (
                var (node, input) in from node in layer
                                     from input in Enumerable.Range(0, machine.Inputs.Count)
                                     where machine.IsDefined(node.State, input)
                                     select (node, input)
            )
            {
                if (!node.Children.TryGetValue(input, out var child))
                {
                    gaps.Add(new SuiteGap(node.State, input, [.. node.Path], []));
                }
                else if (child.State >= 0 && !basis.Contains(child))
                {
                    Identify(machine, basis, child, gaps);
                    next.Add(child);
                }
            }

            layer = next;
        }

        return gaps;
    }

    // the states that no sequence leads to that is told apart from all others
    private static List<SuiteGap> Missing(Mealy machine, ObservationTree tree, List<ObservationTree.Node> basis)
    {
        List<SuiteGap> gaps = [];
        var reached = tree.Nodes().Where(node => node.State >= 0).ToLookup(node => node.State);
        for (var state = 0; state < machine.States.Count; state++)
        {
            if (!basis.Exists(node => node.State == state))
            {
                // one that is apart from all is only behind ways that are open themselves
                var nearest = reached[state]
                    .Select(node =>
                        (
                            Node: node,
                            Alike: basis
                                .Where(known => !ObservationTree.AreApart(machine, node, known))
                                .Select(known => known.State)
                                .ToList()
                        )
                    )
                    .OrderBy(node => node.Alike.Count)
                    .FirstOrDefault();
                gaps.Add(
                    nearest.Node is null
                        ? new SuiteGap(state, null, [], [])
                        : new SuiteGap(state, null, [.. nearest.Node.Path], nearest.Alike)
                );
            }
        }

        return gaps;
    }

    private static void Identify(Mealy machine, List<ObservationTree.Node> basis, ObservationTree.Node node, List<SuiteGap> gaps)
    {
        // what lies between the basis and here must be told apart too, or it could be one state twice
        List<ObservationTree.Node> others = [.. basis];
        for (var above = node.Parent; above is not null && !basis.Contains(above); above = above.Parent)
        {
            others.Add(above);
        }

        List<int> open =
        [
            .. others
                .Where(other => other.State != node.State && !ObservationTree.AreApart(machine, node, other))
                .Select(other => other.State)
                .Distinct(),
        ];
        if (open.Count > 0)
        {
            gaps.Add(new SuiteGap(node.Parent!.State, node.Input, [.. node.Parent.Path], open));
        }
    }
}
