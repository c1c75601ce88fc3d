using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The sessions that a learner plays with a server that is what the specification says, be it that it has all commands or those that are
/// required: all of them are known before there is a server, and so they can be divided. A server that is otherwise in some place has to be
/// asked more, when all of them were played.
/// </summary>
internal static class LearningSuite
{
    // what a learner knows before it begins may make it ask otherwise, until it has nothing to ask any more
    private const int MostRounds = 5;

    /// <summary>The sessions, none the beginning of another.</summary>
    /// <param name="task">What is learned. The server is not asked.</param>
    /// <param name="table">The profile's table.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<int>>> OfAsync(LearningTask task, TransitionTable table,
        CancellationToken cancellation)
    {
        List<IReadOnlyList<int>> sessions = [];
        foreach (var machine in (Mealy[])[task.Hints.Machine, task.Sparse.Machine])
        {
            var system = new SpecifiedSystem(task.System, table, machine);
            var tree = new LearningTree(system);
            var (known, rounds) = (-1, 0);
            while (tree.Sessions.Count > known && rounds++ < MostRounds)
            {
                known = tree.Sessions.Count;
                await Learner.RunAsync(system, task.Limits, tree, task.Hints.Sessions, task.Suspects, cancellation: cancellation);
                cancellation.ThrowIfCancellationRequested();
            }

            sessions.AddRange(tree.Sessions.Select(session => session.Inputs));
        }

        return Longest(sessions);
    }

    private static List<IReadOnlyList<int>> Longest(List<IReadOnlyList<int>> sessions)
    {
        // one that begins another stands right before some that it begins
        var sorted = sessions.Index().OrderBy(one => one.Item, Comparer<IReadOnlyList<int>>.Create(Compare)).ToList();
        return [.. sorted.Where((one, at) => at + 1 == sorted.Count || !Begins(one.Item, sorted[at + 1].Item))
            .OrderBy(one => one.Index).Select(one => one.Item)];
    }

    private static bool Begins(IReadOnlyList<int> one, IReadOnlyList<int> other) =>
        one.Count <= other.Count && Enumerable.Range(0, one.Count).All(at => one[at] == other[at]);

    private static int Compare(IReadOnlyList<int> one, IReadOnlyList<int> other)
    {
        for (var at = 0; at < Math.Min(one.Count, other.Count); at++)
        {
            if (one[at] != other[at])
            {
                return one[at].CompareTo(other[at]);
            }
        }

        return one.Count.CompareTo(other.Count);
    }
}
