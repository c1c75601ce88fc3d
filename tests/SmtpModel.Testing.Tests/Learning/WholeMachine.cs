using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>
/// All states of a table as a machine to be learned: also the channel before it is open, each way to greet, mail data that is given in
/// vain, and 421. Of several replies a command draws the first that accepts it, else the first. The end of a session is no state.
/// </summary>
internal static class WholeMachine
{
    public static Mealy Of(TransitionTable table)
    {
        List<State> states = [.. table.AllStates.Where(state => state != table.Final)];
        var greetings = Edges(table, table.Start).Where(edge => edge.To != table.Final).Select(edge => edge.Exchange).Distinct()
            .Where(one => one.Command.Kind is InputKind.Opening).ToList();
        var commands = table.Commands.Select(use => use.Command).Where(command => command.Kind is not InputKind.Opening).ToList();
        List<string> inputs = [.. greetings.Select(one => one.ToString()), .. commands.Select(command => command.Name)];
        var (next, output) = (new int[states.Count, inputs.Count], new int[states.Count, inputs.Count]);
        for (var state = 0; state < states.Count; state++)
        {
            var edges = Edges(table, states[state]).ToList();
            for (var input = 0; input < inputs.Count; input++)
            {
                var command = input < greetings.Count ? null : commands[input - greetings.Count];
                var edge = command is null ? edges.Find(edge => edge.Exchange == greetings[input])
                    : edges.Find(edge => edge.Exchange.Command == command && edge.Exchange.IsAccepted)
                        ?? edges.Find(edge => edge.Exchange.Command == command);
                var refused = command is null || edge is not null ? null : table.OutOfOrder(states[state], command);
                (next[state, input], output[state, input]) = edge is not null ? (states.IndexOf(edge.To), edge.Exchange.Code)
                    : refused is not null ? (state, refused.Codes[0]) : (-1, -1);
            }
        }

        return new Mealy([.. states.Select(state => state.Name)], inputs, next, output);
    }

    private static IEnumerable<Edge> Edges(TransitionTable table, State state) =>
        table.From(state).Concat(table.Tolerated.Where(edge => edge.From == state && table.ToleratedStates.Contains(edge.To)));
}
