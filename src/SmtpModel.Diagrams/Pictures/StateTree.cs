using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>The states and superstates of a table as a tree, in the order of the table's states.</summary>
internal sealed class StateTree
{
    private readonly TransitionTable _table;
    private readonly Dictionary<State, List<State>> _children = [];

    public StateTree(TransitionTable table)
    {
        _table = table;
        foreach (var state in table.States.Distinct())
        {
            var at = state;
            foreach (var around in table.Around(state))
            {
                Attach(at, _children.TryGetValue(around, out var inside) ? inside : _children[around] = []);
                at = around;
            }

            Attach(at, Roots);
        }
    }

    /// <summary>What lies in no superstate.</summary>
    public List<State> Roots { get; } = [];

    /// <summary>What lies directly in a superstate; empty for a state.</summary>
    public IReadOnlyList<State> Children(State state) => _children.TryGetValue(state, out var inside) ? inside : [];

    public bool IsSuperstate(State state) => _children.ContainsKey(state);

    /// <summary>Whether a state lies in a superstate, at any depth.</summary>
    public bool IsInside(State state, State superstate) => _table.Around(state).Contains(superstate);

    /// <summary>The states in a superstate, at any depth; a state itself.</summary>
    public IEnumerable<State> Leaves(State state) => IsSuperstate(state) ? Children(state).SelectMany(Leaves) : [state];

    private static void Attach(State state, List<State> to)
    {
        if (!to.Contains(state))
        {
            to.Add(state);
        }
    }
}
