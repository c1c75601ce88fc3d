using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Short sequences that tell a state from every other: of the specification, or of a server as it was found. With SMTP one
/// command always does; the sets are chosen greedily, as for the Wp method (Fujiwara and others 1991).
/// </summary>
internal static class StateMarks
{
    /// <summary>For a state of the specification: commands, and whether they are accepted there.</summary>
    public static List<(Move Move, bool IsAccepted)> OfSpecification(TransitionTable table, Inputs inputs, State state)
    {
        if (table.Reads(state) is not Reading.Commands)
        {
            return [];
        }

        bool? Accepts(State one, Command command) =>
            table.From(one, command) is { Count: > 0 } edges ? edges.Any(edge => edge.Exchange.IsAccepted)
            : table.OutOfOrder(one, command) is null ? null
            : false;
        var others = table.States.Where(other => other != state && table.Reads(other) is Reading.Commands).ToList();
        var commands = table
            .Commands.Where(use => use.Required && use.Command.Kind is InputKind.Line && Accepts(state, use.Command) is not null)
            .Select(use => use.Command);
        return
        [
            .. Greedy(commands, others, (command, other) => Accepts(other, command) is { } accepted && accepted != Accepts(state, command))
                .Select(command => (inputs.Plain(command)!, Accepts(state, command)!.Value)),
        ];
    }

    /// <summary>
    /// For a state as the server behaves in it: moves whose answers tell it from the other rows. States no move tells it from
    /// are left out. A wrong answer tells nothing: it is a finding of its own, and may depend on what no state holds; but a refusal where
    /// one is due is a refusal, whatever its code.
    /// </summary>
    public static List<Move> OfServer(TransitionTable table, Row row, IEnumerable<Row> rows)
    {
        return Greedy(Moves(row), rows.Where(other => other != row), (move, other) =>
            Right(table, row, move) is { } answer && Right(table, other, move) is { } otherAnswer && answer != otherAnswer
        );
    }

    /// <summary>The same with whatever the server answers, right or wrong: for what is only to be known of it.</summary>
    public static List<Move> OfServer(Row row, IEnumerable<Row> rows) =>
        Greedy(Moves(row), rows.Where(other => other != row), (move, other) =>
            row.Answer(move) is { } answer && other.Answer(move) is { } otherAnswer && answer != otherAnswer
        );

    private static IEnumerable<Move> Moves(Row row) =>
        row
            .Cells.Where(cell => cell.Trial.Move.Kind is MoveKind.Valid && cell.Trial.Case.Kind is CaseKind.InOrder or CaseKind.OutOfOrder)
            .Select(cell => cell.Trial.Move);

    // what came for a move, where it is what the order of commands asks for
    private static Answer? Right(TransitionTable table, Row row, Move move)
    {
        var isInOrder = table.OutOfOrder(row.State, move.Command) is null;
        return
            row[move] is { Violation: null, Last: { Came: var came, Judgement.Verdict: var verdict } }
            && (verdict is not Verdict.Fail || (came.IsRefusal() && !isInOrder))
            && (came.IsAcceptance() ? isInOrder : !(isInOrder && table.IsPlacedByTheOrder(came.Code)))
            ? Answers.Of(came)
            : null;
    }

    private static List<TMove> Greedy<TMove, TOther>(
        IEnumerable<TMove> moves,
        IEnumerable<TOther> others,
        Func<TMove, TOther, bool> separates
    )
    {
        var all = moves.ToList();
        var left = others.ToList();
        List<TMove> chosen = [];
        while (
            left.Count > 0
            && all.Count > 0
            && all.MaxBy(move => left.Count(other => separates(move, other))) is { } best
            && left.RemoveAll(other => separates(best, other)) > 0
        )
        {
            chosen.Add(best);
        }

        return chosen;
    }
}
