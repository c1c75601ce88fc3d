using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Changes of an order, in the words of the specification.</summary>
internal static class OrderChanges
{
    /// <summary>A copy in which one exchange leads elsewhere, or does something else to the buffers, or draws another reply.</summary>
    public static TableOrder With(this TableOrder order, Edge edge, State to, BufferEffects? effects = null, int reply = 0) =>
        order.With(Place(edge), OrderNames.Of(to), effects, reply);

    /// <summary>A copy in which a command is refused, with this code, in a state where it is in order.</summary>
    public static TableOrder WithRefusal(this TableOrder order, State state, Command command, int code) =>
        order.WithRefusal(OrderNames.Of(state), OrderNames.Of(command), code);

    /// <summary>A copy in which a command that is out of order draws this reply, whatever the site says, and does something all the
    /// same.</summary>
    public static TableOrder WithRejection(
        this TableOrder order,
        State state,
        Command command,
        int reply,
        State to,
        BufferEffects effects
    ) => order.WithRejection(OrderNames.Of(state), OrderNames.Of(command), reply, OrderNames.Of(to), effects);

    /// <summary>A copy in which a command that is out of order is accepted, and leads to a state.</summary>
    public static TableOrder WithAcceptance(this TableOrder order, State state, CommandUse use, State to) =>
        order.WithAcceptance(OrderNames.Of(state), OrderNames.Of(use.Command), OrderNames.Of(to), OrderNames.Effects(use.Command.OnAccept),
            use.Replies.All.Where(code => code is not 421));

    /// <summary>
    /// A copy with one state more, behind an edge: as the state the edge leads to, but that one exchange there leads elsewhere.
    /// The states behind it are those of the table.
    /// </summary>
    public static TableOrder WithHidden(this TableOrder order, Edge edge, Edge broken, State to) =>
        order.WithHidden(Place(edge), OrderNames.Of(edge.To), Place(broken), OrderNames.Of(to));

    /// <summary>A copy that counts an edge: behind so many of it in a session another one leads elsewhere.</summary>
    public static TableOrder WithCounter(this TableOrder order, Edge edge, int count, Edge broken, State to) =>
        order.WithCounter(Place(edge), count, Place(broken), OrderNames.Of(to));

    private static TableOrder.Place Place(Edge edge) =>
        new(OrderNames.Of(edge.From), OrderNames.Of(edge.Exchange.Command), edge.Exchange.Code);
}
