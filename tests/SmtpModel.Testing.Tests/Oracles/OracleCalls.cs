using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Oracles;

// The oracle asked about one state and a well-written command.
internal static class OracleCalls
{
    public static StateSet Of(this Oracle oracle, State state) => StateSet.Of(oracle.Table.IndexOf(state));

    public static Judgement In(this Oracle oracle, State state, Command command, int code) => oracle.Judge(oracle.Of(state), command, KindOf(command), code);

    public static MoveKind KindOf(Command command) => command.Kind switch
    {
        InputKind.Data => MoveKind.Data,
        InputKind.UnknownLine => MoveKind.Unknown,
        _ => MoveKind.Valid,
    };
}
