using SmtpModel.Machines;

namespace SmtpModel.Session.Tests;

/// <summary>Ways through a machine.</summary>
internal static class Paths
{
    /// <summary>The shortest way from the first state to another, found breadth first in the order of the table.</summary>
    public static IReadOnlyList<Edge> To(TransitionTable table, State target)
    {
        var ways = new Dictionary<State, Edge[]> { [table.Start] = [] };
        var open = new Queue<State>([table.Start]);
        while (open.TryDequeue(out var state) && !ways.ContainsKey(target))
        {
            foreach (var edge in table.From(state))
            {
                if (ways.TryAdd(edge.To, [.. ways[state], edge]))
                {
                    open.Enqueue(edge.To);
                }
            }
        }

        return ways[target];
    }
}
