using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Certifies what was played: for the machine that the server was found to be, and the plainest move of each command, the
/// sessions are a complete suite. The certificate does not know how they were chosen. Where mail data is asked for, the
/// reply itself says so, and no command can be sent to tell that state from others: for the certificate a session is over there.
/// </summary>
internal static class Completeness
{
    // the machine's outputs are answers; what broke a rule ends the session, so nothing is asked of what comes behind it, nor of
    // what comes behind an exchange that only others take part in
    private const int Broken = 99;

    /// <summary>The machine as it was found, and why what was played is not a complete suite for it; no reasons when it is.</summary>
    public static (Mealy Machine, IReadOnlyList<string> Gaps) Check(
        TransitionTable table,
        IReadOnlyDictionary<State, Row> rows,
        AnswerTree tree
    )
    {
        List<Row> states = [.. rows.Values.Where(row => table.Reads(row.State) is Reading.Commands)];
        List<Move> inputs =
        [
            .. states
                .SelectMany(row => row.Cells)
                .Where(cell => cell.Trial.Case.Kind is CaseKind.InOrder or CaseKind.OutOfOrder)
                .Select(cell => cell.Trial.Move)
                .DistinctBy(move => move.Command),
        ];
        var next = new int[states.Count, inputs.Count];
        var output = new int[states.Count, inputs.Count];
        for (var state = 0; state < states.Count; state++)
        {
            for (var input = 0; input < inputs.Count; input++)
            {
                (next[state, input], output[state, input]) = Cell(table, states, states[state][inputs[input]]);
            }
        }

        var machine = new Mealy([.. states.Select(row => row.State.Name)], [.. inputs.Select(move => move.Command.Name)], next, output);

        // the ways to the states come first, so that the certificate takes these for its basis
        var sessions = states
            .Select(row => row.Access)
            .Concat(tree.Played)
            .Select(session => session.Select(move => inputs.IndexOf(move)).ToList())
            .Where(session => session.Count > 0 && !session.Contains(-1))
            .ToList();
        return (
            machine,
            states.Count == 0 || inputs.Count == 0
                ? ["no state was reached"]
                : [.. Unanswered(states, inputs), .. SuiteCertificate.Check(machine, sessions)]
        );
    }

    // where no reply came nothing was found out, and nothing can be certified
    private static IEnumerable<string> Unanswered(List<Row> states, List<Move> inputs) =>
        from row in states
        from input in inputs
        where row[input] is { } probe && (probe.Steps.Count < probe.Moves.Count || probe.Steps[^1].Came.Kind is not ObservationKind.Reply)
        select $"{input.Command} is not answered in {row.State}";

    private static (int Next, int Output) Cell(TransitionTable table, List<Row> states, ProbeResult? probe)
    {
        if (probe is null)
        {
            return (-1, -1);
        }

        if (
            probe.Violation is not null
            || probe.Last?.Judgement is not { After.IsSingle: true } judgement
            || table.FindTolerated(table.AllStates[probe.Last.Before.First], probe.Last.Move.Command / probe.Last.Came.Code)
                is { IsDiscouraged: true }
        )
        {
            return (-1, Broken);
        }

        var to = table.AllStates[judgement.After.First];
        return (states.FindIndex(row => row.State == to), (int)Answers.Of(probe.Last.Came));
    }
}
