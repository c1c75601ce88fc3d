namespace SmtpModel.Testing;

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
    /// <summary>Why a suite is not complete; empty when it is.</summary>
    /// <param name="machine">The specification.</param>
    /// <param name="sessions">The suite: the inputs of each session.</param>
    /// <param name="extraStates">How many states more an implementation may have.</param>
    public static IReadOnlyList<string> Check(Mealy machine, IEnumerable<IReadOnlyList<int>> sessions, int extraStates = 0)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(sessions);
        var tree = new ObservationTree(machine);
        foreach (var session in sessions)
        {
            tree.Play(session);
        }

        var basis = tree.Basis();
        if (basis.Count < machine.States.Count)
        {
            return [$"the suite tells only {basis.Count} of {machine.States.Count} states apart"];
        }

        List<string> faults = [];
        var layer = basis;
        for (var depth = 0; depth <= extraStates; depth++)
        {
            List<ObservationTree.Node> next = [];
            foreach (var node in layer)
            {
                for (var input = 0; input < machine.Inputs.Count; input++)
                {
                    if (!machine.IsDefined(node.State, input))
                    {
                        continue;
                    }

                    if (!node.Children.TryGetValue(input, out var child))
                    {
                        faults.Add($"{machine.Inputs[input]} is not tried after {Words(machine, node)}");
                    }
                    else if (child.State >= 0 && !basis.Contains(child))
                    {
                        Identify(machine, basis, child, faults);
                        next.Add(child);
                    }
                }
            }

            layer = next;
        }

        return faults;
    }

    private static void Identify(Mealy machine, List<ObservationTree.Node> basis, ObservationTree.Node node, List<string> faults)
    {
        var open = basis.Where(known => known.State != node.State && !ObservationTree.AreApart(machine, node, known)).Select(known => machine.States[known.State]).ToList();
        if (open.Count > 0)
        {
            faults.Add($"the state after {Words(machine, node)} is not told apart from {string.Join(" and ", open)}");
        }

        // what lies between the basis and here must be told apart too, or it could be one state twice
        for (var above = node.Parent; above is not null && !basis.Contains(above); above = above.Parent)
        {
            if (above.State != node.State && !ObservationTree.AreApart(machine, node, above))
            {
                faults.Add($"the state after {Words(machine, node)} is not told apart from the one after {Words(machine, above)}");
            }
        }
    }

    private static string Words(Mealy machine, ObservationTree.Node node) =>
        node.Parent is null ? "the greeting" : string.Join(", ", node.Path.Select(input => machine.Inputs[input]));
}
