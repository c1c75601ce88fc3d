using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>The commands of a table, those with the same cells in all states together.</summary>
/// <param name="Commands">The commands.</param>
/// <param name="Cells">The cell of each state.</param>
internal sealed record CommandColumn(IReadOnlyList<Command> Commands, IReadOnlyDictionary<State, TableCell> Cells)
{
    /// <summary>The names of the commands.</summary>
    public string Name => string.Join(", ", Commands);

    /// <summary>The columns of a machine, in the order of its commands.</summary>
    /// <param name="table">The machine.</param>
    public static IReadOnlyList<CommandColumn> Of(TransitionTable table) => [.. table.ListedCommands
        .Select(use => (use.Command, Cells: table.States.ToDictionary(state => state, state => TableCell.Of(table, state, use.Command))))
        .GroupBy(column => (column.Command.Kind, string.Join('\n', table.States.Select(state => column.Cells[state].Words))))
        .Select(group => new CommandColumn([.. group.Select(column => column.Command)], group.First().Cells))];

    /// <summary>The rules that the cells name, in the order in which the machine states them.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="columns">Its columns.</param>
    public static IReadOnlyList<Rule> Rules(TransitionTable table, IReadOnlyList<CommandColumn> columns)
    {
        var named = columns
            .SelectMany(column => column.Cells.Values)
            .SelectMany(cell => cell.Parts)
            .Select(part => part.Rule?.Id)
            .ToHashSet();
        return [.. table.Rules.Where(rule => named.Contains(rule.Id))];
    }
}
