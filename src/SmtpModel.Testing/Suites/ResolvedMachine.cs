using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A profile with its choices settled: one reply for each state and command. The greeting has been given and is not part
/// of it; neither are states that only another greeting leads to.
/// </summary>
public sealed class ResolvedMachine
{
    /// <summary>Added to a reply's code when the server closes the channel after it.</summary>
    public const int Closes = 1000;

    /// <summary>Whether an output of the machine refuses the input, whether or not the channel is closed after it.</summary>
    internal static bool IsRefusal(int output) => output % Closes >= 400;

    private ResolvedMachine(TransitionTable table, Mealy mealy, IReadOnlyList<State> states, IReadOnlyList<Move> inputs)
    {
        (Table, Mealy, States, Inputs) = (table, mealy, states, inputs);
    }

    /// <summary>The profile's table.</summary>
    public TransitionTable Table { get; }

    /// <summary>The machine; its outputs are codes of replies.</summary>
    public Mealy Mealy { get; }

    /// <summary>Its states, by their places.</summary>
    public IReadOnlyList<State> States { get; }

    /// <summary>
    /// States of the table that are none of its: only another reply of the server leads to them, so that no suite of this
    /// machine gets there. The states before the greeting and after the end are not among them.
    /// </summary>
    public IEnumerable<State> Elsewhere =>
        Table.States.Where(state => state != Table.Start && state != Table.Final && !States.Contains(state));

    /// <summary>Its inputs, by their places.</summary>
    public IReadOnlyList<Move> Inputs { get; }

    /// <summary>
    /// Any machine with its choices settled, of SMTP or not: where it has arguments that no line is known for, a line is
    /// written as its syntax says, placeholders and all, but for what may be left out.
    /// </summary>
    /// <param name="table">The machine's table; it is sound.</param>
    /// <param name="choose">The reply a server chose to a command that is in order or refused as out of order; null for the one the table
    /// prefers.</param>
    public static ResolvedMachine Of(TransitionTable table, Func<State, Move, int?>? choose = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var palette = Palette.Covers(table) ? new Palette(table, new PaletteOptions()) : null;
        return Of(
            table,
            use =>
                palette?.Valid(use.Command)[0]
                ?? new Move(use.Command, MoveKind.Valid, use.Argument.Required ? use.Syntax : use.Command.Name),
            choose
        );
    }

    /// <summary>A profile with its choices settled.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="palette">The moves that are its inputs: the plainest of each command.</param>
    /// <param name="choose">The reply a server chose to a command that is in order or refused as out of order; null for the one the table
    /// prefers.</param>
    public static ResolvedMachine Of(TransitionTable table, Palette palette, Func<State, Move, int?>? choose = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(palette);
        return Of(table, use => palette.Valid(use.Command)[0], choose);
    }

    private static ResolvedMachine Of(TransitionTable table, Func<CommandUse, Move> line, Func<State, Move, int?>? choose)
    {
        var first = table.From(table.Start).First(edge => edge.Exchange.IsAccepted).To;
        List<Move> inputs =
        [
            .. Offers.ListingFirst(table).Where(use => use.Command.Kind is InputKind.Line or InputKind.Response).Select(line),
            .. table.Commands.Where(use => use.Command.Kind is InputKind.Data).Select(use => new Move(use.Command, MoveKind.Data, "")),
        ];
        var states = Reachable(table, first, inputs, choose);
        var next = new int[states.Count, inputs.Count];
        var output = new int[states.Count, inputs.Count];
        for (var state = 0; state < states.Count; state++)
        {
            for (var input = 0; input < inputs.Count; input++)
            {
                var (to, code) = Step(table, states[state], inputs[input], choose);
                next[state, input] = to is null || to == table.Final ? -1 : states.IndexOf(to);
                output[state, input] = to == table.Final ? code + Closes : code;
            }
        }

        return new ResolvedMachine(
            table,
            new Mealy([.. states.Select(state => state.Name)], [.. inputs.Select(input => input.Command.Name)], next, output),
            states,
            inputs
        );
    }

    // what a command does in a state: where it leads, null where it must not be sent, and the code it draws, -1 then
    private static (State? To, int Code) Step(TransitionTable table, State state, Move move, Func<State, Move, int?>? choose)
    {
        if (!table.Takes(state, move.Command))
        {
            // a line of a single dot is no command; a command within mail data is mail data, so it is not sent there, nor is one
            // where a line answers a challenge
            return move.Kind is MoveKind.Data && table.Reads(state) is Reading.Commands ? NoCommand(table, state) : (null, -1);
        }

        var edges = table.From(state, move.Command);
        var chosen = choose?.Invoke(state, move);
        if (edges.Count == 0)
        {
            return (state, chosen ?? table.OutOfOrder(state, move.Command)!.Codes[0]);
        }

        var edge = edges.FirstOrDefault(edge => edge.Exchange.Code == chosen) ?? edges[0];
        var stays = chosen >= 400 && edge.Exchange.Code != chosen;
        return (stays ? state : edge.To, chosen ?? edge.Exchange.Code);
    }

    private static (State? To, int Code) NoCommand(TransitionTable table, State state)
    {
        var edge = table
            .Commands.Where(use => use.Command.Kind is InputKind.UnknownLine)
            .SelectMany(use => table.From(state, use.Command))
            .FirstOrDefault();
        var code = edge?.Exchange.Code ?? table.Faults.Unrecognized;
        return code == 0 ? (null, -1) : (edge?.To ?? state, code);
    }

    private static List<State> Reachable(TransitionTable table, State first, List<Move> inputs, Func<State, Move, int?>? choose)
    {
        List<State> states = [first];
        for (var at = 0; at < states.Count; at++)
        {
            foreach (var input in inputs)
            {
                var (to, _) = Step(table, states[at], input, choose);
                if (to is not null && to != table.Final && !states.Contains(to))
                {
                    states.Add(to);
                }
            }
        }

        return states;
    }
}
