using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Oracles;

// The oracle asked about one state and a well-written command.
internal static class OracleCalls
{
    public static StateSet Of(this Oracle oracle, State state) => StateSet.Of(oracle.Table.IndexOf(state));

    /// <summary>Where an exchange leads; where the command that asks for mail data is refused as the mail data may be, the transaction may
    /// be over as well.</summary>
    public static StateSet Of(this Oracle oracle, State to, Command command, int code)
    {
        var table = oracle.Table;
        var asks =
            code >= 400
            && !table.IsPlacedByTheOrder(code)
            && to.Holds.Count > 0
            && table
                .From(to, command)
                .Concat(table.Edges.Where(edge => edge.Exchange.Command == command))
                .Any(edge => table.Reads(edge.To) is Reading.Data);
        return asks
            ? table
                .Edges.Where(edge =>
                    table.States.Contains(edge.From) && edge.Exchange.Command.Kind is InputKind.Data && edge.Exchange.Code == code
                )
                .Aggregate(oracle.Of(to), (set, edge) => set.Union(oracle.Of(edge.To)))
            : oracle.Of(to);
    }

    public static Judgement In(this Oracle oracle, State state, Command command, int code) =>
        oracle.Judge(oracle.Of(state), command, KindOf(command), code);

    public static MoveKind KindOf(Command command) => command.Kind switch
    {
        InputKind.Data => MoveKind.Data,
        InputKind.UnknownLine => MoveKind.Unknown,
        _ => MoveKind.Valid,
    };
}
