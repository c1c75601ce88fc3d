namespace SmtpModel.Machines.Tests.Json;

/// <summary>Holds two tables against each other in all that is in them, but for the lines of the specification.</summary>
internal static class Tables
{
    public static void Same(TransitionTable one, TransitionTable other) => Assert.Equal(All(one), All(other));

    private static IEnumerable<string> All(TransitionTable table) =>
        [
            $"{table.Profile.Name} | {table.Profile.Title} | {table.Grammar} | {table.Faults} | {table.Ending}",
            .. table.AllStates.Select(state =>
                $"state {state} | {state.Meaning} | {string.Join(',', state.Holds)} | in "
                    + $"{string.Join(',', table.Around(state).Select(around => $"{around}: {around.Meaning}"))}"
            ),
            $"{table.Start} to {table.Final}, tolerated {string.Join(',', table.ToleratedStates)}",
            .. table.Rules.Select(rule => $"{rule.Id} | {rule.Clause} | {rule.Level} | {rule.Asks}"),
            .. table.Commands.Select(use =>
                $"{use.Command} | {use.Command.Kind} | {string.Join(',', use.Command.OnAccept)} | "
                    + $"{string.Join(',', use.Command.OnRefuse)} | {use.Argument} | {Row(use.Replies)} | {use.Required} | {use.Clause} | "
                    + $"{string.Join(',', use.General)}"
            ),
            $"listed {string.Join(',', table.ListedCommands.Select(use => use.Command))}",
            .. table
                .Edges.Concat(table.Tolerated)
                .Select(edge => $"{edge.Index} {edge} | {edge.Rule} | {edge.IsTolerated} | {string.Join(',', edge.Exchange.Effects)}"),
            .. table.DeclaredEdges.Select(edge => $"{edge.From} {edge.Exchange} {edge.To} {edge.Rule}"),
            .. table
                .States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command)))
                .OfType<Refusal>()
                .Select(refusal => $"{refusal.State} {refusal.Command} {string.Join(',', refusal.Codes)} {refusal.Rule}"),
            .. table
                .Machine.Vocabulary.MovesWhenRefused.Where(moves => table.Commands.Any(use => use.Command == moves.Key))
                .Select(moves => $"{moves.Key} moves, {moves.Value}"),
            .. Enumerable.Range(200, 400).Where(table.IsPlacedByTheOrder).Select(code => $"{code} is placed"),
            .. table.Doubts.Select(doubt => doubt.ToString()),
            table.Machine.Vocabulary.NamedConduct?.ToString() ?? "no conduct",
        ];

    private static string Row(ReplyRow row) =>
        $"{string.Join(',', row.Success)};{string.Join(',', row.Intermediate)};{string.Join(',', row.Failure)};"
            + $"{string.Join(',', row.Error)}";
}
