namespace SmtpModel.Testing.Engine;

/// <summary>A transition tour: sessions that take every transition, each going on to the nearest one not yet taken.</summary>
internal static class TourMethod
{
    public static SuiteTree Make(Mealy machine)
    {
        var suite = new SuiteTree();
        var taken = new HashSet<(int State, int Input)>();
        while (Way(machine, 0, taken) is { } way)
        {
            List<int> session = [];
            var state = 0;
            for (IReadOnlyList<int>? next = way; next is not null && state >= 0; next = state < 0 ? null : Way(machine, state, taken))
            {
                foreach (var input in next)
                {
                    taken.Add((state, input));
                    session.Add(input);
                    state = machine.Next(state, input);
                }
            }

            suite.Add(session);
        }

        return suite;
    }

    // the shortest way to a transition not taken; one that ends the session only when no other is left near
    private static List<int>? Way(Mealy machine, int from, HashSet<(int State, int Input)> taken)
    {
        List<int>? ending = null;
        HashSet<int> seen = [from];
        var open = new Queue<(int State, List<int> Path)>([(from, [])]);
        while (open.TryDequeue(out var at))
        {
            for (var input = 0; input < machine.Inputs.Count; input++)
            {
                if (!machine.IsDefined(at.State, input))
                {
                    continue;
                }

                var next = machine.Next(at.State, input);
                List<int> path = [.. at.Path, input];
                if (!taken.Contains((at.State, input)))
                {
                    if (next >= 0)
                    {
                        return path;
                    }

                    ending ??= path;
                }

                if (next >= 0 && seen.Add(next))
                {
                    open.Enqueue((next, path));
                }
            }
        }

        return ending;
    }
}
