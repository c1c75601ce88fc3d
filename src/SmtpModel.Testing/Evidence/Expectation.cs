using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Says in words what the machine expects; nothing here knows more than the machine.</summary>
internal static class Expectation
{
    /// <summary>What a command should draw in a state.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="kind">What its line is like.</param>
    /// <param name="wrong">The code that came and is not right; 0 when there is none to speak of.</param>
    public static string Of(TransitionTable table, State state, Command command, MoveKind kind, int wrong = 0)
    {
        if (table.Reads(state) is Reading.Nothing)
        {
            return "nothing: the session is over";
        }

        if (table.OutOfOrder(state, command) is { } refusal)
        {
            return $"{string.Join(" or ", refusal.Codes)}, for {command} is out of order here";
        }

        if (kind is MoveKind.Malformed)
        {
            return $"{table.Faults.NotAcceptable}, for the argument is not acceptable";
        }

        var codes = table.From(state, command).Select(edge => edge.Exchange.Code).ToList();
        var accepting = codes.Where(code => code < 400).Order().ToList();
        if (accepting.Count == 0)
        {
            return string.Join(" or ", codes.Order());
        }

        return string.Join(" or ", accepting)
            + (
                table[command].IsAlwaysAccepted
                    ? ""
                    : $", or a 4yz or 5yz other than {string.Join(" or ", wrong >= 400 ? [wrong] : Sequence(table))}"
            );
    }

    /// <summary>The codes with which a command should be answered in a state, where a rule names them.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="move">What was sent.</param>
    public static string OfCode(TransitionTable table, State state, Move move) =>
        move.Kind is MoveKind.Valid && table.OutOfOrder(state, move.Command) is null && !table[move.Command].IsNeverAccepted
            ? string.Join(" or ", table[move.Command].Replies.Accepting.Order())
            : Of(table, state, move.Command, move.Kind);

    // what says that a command is out of order is no answer to one that is in order
    private static IEnumerable<int> Sequence(TransitionTable table) =>
        Enumerable.Range(400, 200).Where(code => table.IsPlacedByTheOrder(code) && code != table.Faults.Closing);
}
