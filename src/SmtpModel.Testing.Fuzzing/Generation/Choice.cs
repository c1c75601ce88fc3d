using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Something that can be sent in a state, and where it leads if the server does as the table prefers or as it is told.</summary>
/// <param name="From">The place of the state.</param>
/// <param name="Command">The place of the command.</param>
/// <param name="Moves">The moves that do, the plainest first.</param>
/// <param name="Script">The reply that a scripted server is to give; 0 where the server decides.</param>
/// <param name="Edge">The edge taken; null for a refusal that is no edge.</param>
/// <param name="To">The place of the state it leads to.</param>
internal sealed record Choice(int From, int Command, IReadOnlyList<Move> Moves, int Script, Edge? Edge, int To)
{
    /// <summary>Whether it is the command as the grammar has it, with the reply that the table prefers.</summary>
    public bool IsPreferred { get; init; }

    /// <summary>Whether a server may do without the command: one that decides by itself then refuses it wherever it comes.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether the server is to accept it.</summary>
    public bool IsAccepted => Edge is { Exchange.IsAccepted: true };
}

/// <summary>All that can be sent in one state, each with each reply where replies are drawn.</summary>
internal static class Choices
{
    public static List<Choice> In(TransitionTable table, Palette palette, Menu menu, State state, bool isScripted)
    {
        var here = table.IndexOf(state);
        List<Choice> all = [];
        if (menu.Reads is not (Reading.Commands or Reading.Data or Reading.Responses))
        {
            return all;
        }

        foreach (var use in table.Commands)
        {
            var moves = use.Command.Kind switch
            {
                InputKind.Line when menu.Reads is Reading.Commands => palette.Valid(use.Command),
                InputKind.Response when menu.Reads is Reading.Responses => palette.Valid(use.Command),
                InputKind.UnknownLine when menu.Reads is Reading.Commands => palette.Unknown,
                InputKind.Data when menu.Reads is Reading.Data => palette.Data,
                _ => [],
            };
            if (moves.Count > 0)
            {
                all.AddRange(Of(table, menu, here, use, moves, isScripted));
            }

            if (
                table.Takes(state, use.Command)
                && palette.Malformed(use.Command) is { Count: > 0 } malformed
                && table.IsInOrder(state, use.Command)
            )
            {
                var edge = table.Find(state, use.Command / table.Faults.NotAcceptable);
                all.Add(new Choice(here, table.IndexOf(use.Command), malformed, 0, edge, edge is null ? here : table.IndexOf(edge.To)));
            }
        }

        return all;
    }

    private static IEnumerable<Choice> Of(
        TransitionTable table,
        Menu menu,
        int here,
        CommandUse use,
        IReadOnlyList<Move> moves,
        bool isScripted
    )
    {
        var command = table.IndexOf(use.Command);
        // one that does as it is told has them all
        var isOptional = !isScripted && !use.Required;
        if (!menu.Edges.TryGetValue(use.Command, out var edges))
        {
            // out of order, or no command at all: it is refused, and that may be an edge too
            var edge = table.Find(table.States[here], use.Command / table.Faults.Unrecognized);
            yield return use.Command.Kind is InputKind.UnknownLine
                ? new Choice(here, command, moves, 0, edge, edge is null ? here : table.IndexOf(edge.To))
                : new Choice(here, command, moves, 0, null, here) { IsPreferred = true, IsOptional = isOptional };
            yield break;
        }

        foreach (var edge in isScripted ? edges.AsEnumerable() : edges.Take(1))
        {
            yield return new Choice(here, command, moves, isScripted ? edge.Exchange.Code : 0, edge, table.IndexOf(edge.To))
            {
                IsPreferred = edge == edges[0],
                IsOptional = isOptional,
            };
        }
    }
}
