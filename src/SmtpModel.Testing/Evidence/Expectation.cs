using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>Says in words what the machine expects; nothing here knows more than the machine.</summary>
internal static class Expectation
{
    public static string Of(TransitionTable table, State state, Command command, MoveKind kind)
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

        var use = table[command];
        return string.Join(" or ", accepting) + (use.IsAlwaysAccepted ? "" : $", or a 4yz or 5yz other than {string.Join(" or ", Sequence(table))}");
    }

    // what says that a command is out of order is no answer to one that is in order
    private static IEnumerable<int> Sequence(TransitionTable table) => Enumerable.Range(400, 200).Where(code => table.IsPlacedByTheOrder(code) && code != table.Faults.Closing);
}
