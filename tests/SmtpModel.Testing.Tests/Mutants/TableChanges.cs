using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Mutants;

// Changes of a table that a mutant is made by; each finds its edges in the table, so that the specification stays the only list.
internal static class TableChanges
{
    /// <summary>The edges of a command in one state that accept it, or refuse it.</summary>
    public static IEnumerable<Edge> Edges(this TransitionTable table, State state, Command command, bool accepted) =>
        table.From(state, command).Where(edge => edge.Exchange.IsAccepted == accepted);

    /// <summary>These exchanges lead to a state, and do to the buffers what is said or what they did.</summary>
    public static TableOrder Lead(this TableOrder order, IEnumerable<Edge> edges, State to, BufferEffects? effects = null) =>
        edges.Aggregate(order, (changed, edge) => changed.With(edge, to, effects));

    /// <summary>These exchanges leave the state as it is, and do to the buffers what is said.</summary>
    public static TableOrder Stay(this TableOrder order, IEnumerable<Edge> edges, BufferEffects effects = BufferEffects.None) =>
        edges.Aggregate(order, (changed, edge) => changed.With(edge, edge.From, effects));

    /// <summary>A command that is out of order is accepted, and leads to a state.</summary>
    public static TableOrder WithAcceptance(this TableOrder order, State state, Command command, State to) =>
        order.WithAcceptance(state, Profiles.Find(order.Name)!.Table[command], to);

    /// <summary>The states inside a superstate.</summary>
    public static IEnumerable<State> Inside(this TransitionTable table, State superstate) =>
        table.States.Where(state => table.Around(state).Contains(superstate));
}
