using System.Runtime.CompilerServices;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Shortest ways through a machine, by breadth-first search over its edges.</summary>
public static class Paths
{
    private static readonly ConditionalWeakTable<TransitionTable, IReadOnlyDictionary<State, IReadOnlyList<Edge>>> Known = [];

    /// <summary>For each state that can be reached, the shortest sequence of edges to it from the first state; accepting edges are
    /// preferred.</summary>
    /// <param name="table">The machine.</param>
    public static IReadOnlyDictionary<State, IReadOnlyList<Edge>> Shortest(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Known.GetValue(table, Search);
    }

    internal static Dictionary<State, int> Depths(TransitionTable table)
    {
        var paths = Shortest(table);
        return table.States.ToDictionary(state => state, state => paths.TryGetValue(state, out var path) ? path.Count : int.MaxValue);
    }

    private static IReadOnlyDictionary<State, IReadOnlyList<Edge>> Search(TransitionTable table)
    {
        Dictionary<State, IReadOnlyList<Edge>> paths = new() { [table.Start] = [] };
        var open = new Queue<State>([table.Start]);
        while (open.TryDequeue(out var state))
        {
            foreach (var edge in table.From(state).OrderByDescending(edge => edge.Exchange.IsAccepted))
            {
                if (paths.TryAdd(edge.To, [.. paths[state], edge]))
                {
                    open.Enqueue(edge.To);
                }
            }
        }

        return paths;
    }
}
