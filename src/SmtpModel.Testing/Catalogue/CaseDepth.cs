using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>How far one has to go with a server for something to be sent.</summary>
internal static class CaseDepth
{
    /// <summary>The depth of one command: what fills a buffer belongs to a transaction, and the end of data delivers.</summary>
    public static Depth Of(TransitionTable table, Command command) => table.Delivers(command) ? Depth.Data
        : command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear) ? Depth.Envelope
        : Depth.Greeting;

    /// <summary>The depth of a case: to fail where a site counts that is the last that is tried.</summary>
    public static Depth Of(TransitionTable table, State state, Command command, CaseKind kind) =>
        kind is CaseKind.Refused or CaseKind.Malformed && command.Kind is InputKind.Response && table.CountsFailures(command)
            ? Depth.Credentials
            : Of(table, state, command);

    /// <summary>The depth of a command in a state: the way there counts too.</summary>
    public static Depth Of(TransitionTable table, State state, Command? command)
    {
        var way = Paths.Shortest(table).TryGetValue(state, out var edges) ? edges.Select(edge => Of(table, edge.Exchange.Command)) : [];
        return way.Append(command is null ? Depth.Greeting : Of(table, command)).Max();
    }
}
