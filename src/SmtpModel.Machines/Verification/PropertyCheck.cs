namespace SmtpModel.Machines;

/// <summary>Decides properties over a state space; each counterexample is one of the shortest there are.</summary>
internal static class PropertyCheck
{
    public static PropertyResult Run(StateSpace space, Property property)
    {
        var binding = new Binding(space);
        var result = property switch
        {
            AbsenceProperty absence => Absence(space, absence, binding),
            ResponseProperty response => Response(space, response, binding),
            PossibilityProperty possibility => Possibility(space, possibility, binding),
            _ => throw new InvalidOperationException($"there is no property {property}"),
        };
        return binding.Missing.Count > 0
            ? new PropertyResult(
                property,
                PropertyVerdict.DoesNotApply,
                null,
                $"there is no {string.Join(", no ", binding.Missing.Distinct())}"
            )
            : result;
    }

    private const int Unreached = -2;

    // the space doubled by one bit: whether a scope is open
    private static int Place(int moment, bool isOpen) => (2 * moment) + (isOpen ? 1 : 0);

    private static PropertyResult Absence(StateSpace space, AbsenceProperty property, Binding binding)
    {
        var what = binding.Bind(property.What);
        var after = property.After is null ? new bool[what.Length] : binding.Bind(property.After);
        var until = property.Until is null ? new bool[what.Length] : binding.Bind(property.Until);
        var parents = new int[2 * what.Length];
        Array.Fill(parents, Unreached);
        HashSet<int> seen = [];
        var queue = new Queue<int>([Place(0, property.FromStart)]);
        parents[queue.Peek()] = -1;
        while (queue.TryDequeue(out var here))
        {
            var (at, isOpen) = (here / 2, here % 2 == 1);
            var open = isOpen && !until[at];
            if (open && what[at])
            {
                return PropertyResult.Violated(property, new Counterexample(space, Way(parents, here), null));
            }

            // what has followed another moment has been come to already
            var willBeOpen = open || after[at];
            if (!seen.Add(Place(space.ListOf(at), willBeOpen)))
            {
                continue;
            }

            foreach (var to in space.Following(at))
            {
                var next = Place(to, willBeOpen);
                if (parents[next] == Unreached)
                {
                    parents[next] = here;
                    queue.Enqueue(next);
                }
            }
        }

        var isPlain = property is { FromStart: true, After: null, Until: null };
        var neverComesUp = !what.Contains(true) ? "what it forbids never comes up" : "what it is about never comes up";
        return !isPlain && (!what.Contains(true) || (!property.FromStart && !after.Contains(true)))
            ? new PropertyResult(property, PropertyVerdict.HoldsVacuously, null, neverComesUp) : PropertyResult.Holds(property);
    }

    // where can the second thing be put off for ever? Only within moments that have a successor among themselves, or none at all
    private static PropertyResult Response(StateSpace space, ResponseProperty property, Binding binding)
    {
        var (first, then) = (binding.Bind(property.First), binding.Bind(property.Then));
        var puts = then.Select(holds => !holds).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var at = 0; at < puts.Length; at++)
            {
                if (puts[at] && space.Following(at).Length > 0 && !Any(space.Following(at), puts))
                {
                    (puts[at], changed) = (false, true);
                }
            }
        }

        var found = Array.FindIndex(Enumerable.Range(0, puts.Length).ToArray(), at => first[at] && puts[at]);
        if (found < 0)
        {
            return first.Contains(true) ? PropertyResult.Holds(property)
                : new PropertyResult(property, PropertyVerdict.HoldsVacuously, null, "what it is about never comes up");
        }

        List<int> way = [.. space.WayTo(found)];
        while (space.Next(way[^1]).Count > 0)
        {
            var next = space.Next(way[^1]).First(to => puts[to]);
            if (way.IndexOf(next) is >= 0 and var loop)
            {
                return PropertyResult.Violated(property, new Counterexample(space, way, loop));
            }

            way.Add(next);
        }

        return PropertyResult.Violated(property, new Counterexample(space, way, way.Count - 1));
    }

    private static PropertyResult Possibility(StateSpace space, PossibilityProperty property, Binding binding)
    {
        var can = binding.Bind(property.Goal);
        var except = property.Except is null ? new bool[can.Length] : binding.Bind(property.Except);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var at = can.Length - 1; at >= 0; at--)
            {
                if (!can[at] && Any(space.Following(at), can))
                {
                    (can[at], changed) = (true, true);
                }
            }
        }

        var stuck = Array.FindIndex(Enumerable.Range(0, can.Length).ToArray(), at => !can[at] && !except[at]);
        return stuck < 0
            ? PropertyResult.Holds(property)
            : PropertyResult.Violated(property, new Counterexample(space, space.WayTo(stuck), null));
    }

    private static bool Any(ReadOnlySpan<int> moments, bool[] holds)
    {
        foreach (var moment in moments)
        {
            if (holds[moment])
            {
                return true;
            }
        }

        return false;
    }

    private static List<int> Way(int[] parents, int end)
    {
        List<int> way = [];
        for (var at = end; at >= 0; at = parents[at])
        {
            way.Add(at / 2);
        }

        way.Reverse();
        return way;
    }
}
