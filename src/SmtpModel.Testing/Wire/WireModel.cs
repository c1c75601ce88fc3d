using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What the wire cases ask of a profile's table. Where a command is in order is read off it and written down nowhere.</summary>
internal sealed class WireModel(Profile profile)
{
    public Profile Profile { get; } = profile;

    public TransitionTable Table => Profile.Table;

    public Oracle Oracle { get; } = new(profile.Table);

    /// <summary>The state after a greeting that serves.</summary>
    public State Opened { get; } = profile.Table.From(profile.Table.Start).First(edge => edge.Exchange.IsAccepted).To;

    /// <summary>The state that reads mail data.</summary>
    public State Data { get; } = profile.Table.States.First(state => profile.Table.Reads(state) is Reading.Data);

    /// <summary>The edge to it: where mail data may be asked for, and what asks.</summary>
    public Edge Asking => Table.States.SelectMany(Table.From).First(edge => edge.To == Data);

    /// <summary>The states of a session that is served, in the table's order: those that accepting exchanges lead to, and that read
    /// something.</summary>
    public IReadOnlyList<State> Served { get; } =
    [
        .. profile.Table.States.Where(state =>
            profile.Table.Reads(state) is Reading.Commands or Reading.Data
            && profile.Table.Edges.Any(edge => edge.To == state && edge.Exchange.IsAccepted)
        ),
    ];

    /// <summary>The state in which a transaction may begin.</summary>
    public State Idle { get; } = FirstIdle(profile.Table);

    /// <summary>The command that does nothing and has the least reason to be refused: NOOP.</summary>
    public Command Nothing { get; } =
        Idling(profile.Table).Where(use => use.Command.OnAccept.Count == 0).MinBy(use => use.Replies.Refusing.Count())!.Command;

    /// <summary>Commands that are always there, have no reason to be refused, and leave a session as it is while no transaction is open:
    /// NOOP and RSET.</summary>
    public IReadOnlyList<Command> Idlers { get; } = [.. Idling(profile.Table).Select(use => use.Command)];

    /// <summary>The command that ends a session.</summary>
    public Command Ending { get; } =
        profile.Table.Ending ?? throw new SpecificationException($"the profile {profile} has no command that ends a session");

    /// <summary>A command that takes any text: one that is always accepted if there is one.</summary>
    public CommandUse Texted { get; } =
        profile
            .Table.Commands.Where(use => use.Argument.Name is "optional string" or "string")
            .OrderByDescending(use => use.IsAlwaysAccepted)
            .First();

    /// <summary>The command that gives a path of this kind and must be there: MAIL and RCPT.</summary>
    public CommandUse Reverse { get; } = profile.Table[Rfc821.MAIL];

    /// <inheritdoc cref="Reverse"/>
    public CommandUse Forward { get; } = profile.Table[Rfc821.RCPT];

    /// <summary>The command that names the client, opens a session and must be there: HELO, or what stands in its place.</summary>
    public CommandUse Hello { get; } = profile.Table[profile.Table.Greeting[0]];

    /// <summary>The command whose reply lists extensions; null where there is none.</summary>
    public Command? Extended => Table.Listing;

    /// <summary>The first state in which a command is accepted.</summary>
    public State Accepting(Command command) =>
        Table.States.First(state =>
            Table.Reads(state) is Reading.Commands && Table.From(state, command).Any(edge => edge.Exchange.IsAccepted)
        );

    /// <summary>How deep a test has to go to be in a state.</summary>
    public static Depth DepthOf(State state) => state.Holds.Count == 0 ? Depth.Greeting : Depth.Envelope;

    private static IEnumerable<CommandUse> Idling(TransitionTable table)
    {
        var idle = FirstIdle(table);
        return table.Commands.Where(use =>
            use.Command.Kind is InputKind.Line
            && use.Required
            && !use.Argument.Required
            && use.Replies.Failure.Count == 0
            && table.IsInOrder(idle, use.Command)
            && table.From(idle, use.Command).All(edge => edge.To == idle)
        );
    }

    private static State FirstIdle(TransitionTable table) => table.States.First(state => state.Holds.Count == 0
        && table.From(state).Any(edge => edge.Exchange.IsAccepted && edge.To.Holds.Count > 0));
}
