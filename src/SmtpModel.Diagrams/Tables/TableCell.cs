using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Replies that do the same in one cell of the table of states and commands.</summary>
/// <param name="Codes">The replies.</param>
/// <param name="To">Where they lead; null where the session stays.</param>
/// <param name="Rule">The rule they come from.</param>
internal sealed record CellPart(IReadOnlyList<int> Codes, State? To, Rule? Rule);

/// <summary>What a command does in a state.</summary>
/// <param name="Accepted">Replies that accept it; none where it is out of order.</param>
/// <param name="Refused">Replies that refuse it where it is in order.</param>
/// <param name="OutOfOrder">The replies where it is out of order; null where it is in order, or is not read at all.</param>
internal sealed record TableCell(IReadOnlyList<CellPart> Accepted, IReadOnlyList<CellPart> Refused, CellPart? OutOfOrder)
{
    /// <summary>Whether the command is not read in this state: nothing is answered to it.</summary>
    public bool IsEmpty => Accepted.Count == 0 && Refused.Count == 0 && OutOfOrder is null;

    /// <summary>All parts.</summary>
    public IEnumerable<CellPart> Parts => [.. Accepted, .. Refused, .. OutOfOrder is null ? Array.Empty<CellPart>() : [OutOfOrder]];

    /// <summary>What a cell says, for comparing it with another.</summary>
    public string Words =>
        string.Join(
            '|',
            Accepted.Select(Word).Append("/").Concat(Refused.Select(Word)).Append("/").Append(OutOfOrder is null ? "" : Word(OutOfOrder))
        );

    /// <summary>The cell of a state and a command.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public static TableCell Of(TransitionTable table, State state, Command command)
    {
        var edges = table.From(state, command);
        return new TableCell(Group(edges.Where(edge => edge.Exchange.IsAccepted)), Group(edges.Where(edge => !edge.Exchange.IsAccepted)),
            table.OutOfOrder(state, command) is { } refusal ? new CellPart(refusal.Codes, null, refusal.Rule) : null);
    }

    private static List<CellPart> Group(IEnumerable<Edge> edges) => [.. edges
        .GroupBy(edge => (To: edge.To == edge.From ? null : edge.To, edge.Rule))
        .Select(group => new CellPart([.. group.Select(edge => edge.Exchange.Code).Order()], group.Key.To, group.Key.Rule))];

    private static string Word(CellPart part) => $"{part.To}:{string.Join(',', part.Codes)}:{part.Rule?.Id}";
}
