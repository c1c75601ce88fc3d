using SmtpModel.Machines;

namespace SmtpModel.Testing;

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
        return accepting.Count == 0 ? $"{string.Join(" or ", codes.Order())}"
            : $"{string.Join(" or ", accepting)}, or a 4yz or 5yz that refuses it{(wrong >= 400 ? $", but not {wrong}" : "")}";
    }
}
