using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes which command is in order in which state, with its replies, as a table of Markdown.</summary>
public static class MarkdownTable
{
    /// <summary>What is said above a table.</summary>
    private const string Legend =
        "**→ State** where an accepted command leads, *stays* where it leads nowhere else; small: replies that refuse it, after which "
        + "the session stays unless an arrow says otherwise; ✗ out of order, the session stays; – not read there. "
        + "Raised: the rule, which is explained below.";

    /// <summary>
    /// The table, a sentence on how to read it and the rules it names, with <c>\n</c> line ends. The same machine always gives the same
    /// text. A command line that is out of order draws the replies behind the ✗, the preferred one first.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="rows">What the rows are.</param>
    public static string Write(TransitionTable table, TableRows rows = TableRows.States)
    {
        ArgumentNullException.ThrowIfNull(table);
        // for people: what a session knows beside where it is has rows of its own, and does not multiply the others
        table = table.Profile.Written;
        var columns = CommandColumn.Of(table);
        var text = new StringBuilder();
        Line("**", Plain(table.Profile.Title), "**: ", Legend);
        Line();
        if (rows is TableRows.States)
        {
            Row(["", .. columns.Select(column => Plain(column.Name))]);
            Row(["---", .. columns.Select(_ => "---")]);
            table
                .States.ToList()
                .ForEach(state => Row([$"**{Plain(state.Name)}**", .. columns.Select(column => Cell(column.Cells[state]))]));
        }
        else
        {
            Row(["", .. table.States.Select(state => Plain(state.Name))]);
            Row(["---", .. table.States.Select(_ => "---")]);
            columns
                .ToList()
                .ForEach(column => Row([$"**{Plain(column.Name)}**", .. table.States.Select(state => Cell(column.Cells[state]))]));
        }

        Line();
        foreach (var rule in CommandColumn.Rules(table, columns))
        {
            Line("- ", rule.Id, ": ", rule.Clause.ToString(), $", {rule.Level.ToString().ToUpperInvariant()}. ", Plain(rule.Asks));
        }

        return text.ToString();

        void Line(params IEnumerable<string> parts) => text.Append(string.Concat(parts)).Append('\n');

        void Row(IEnumerable<string> cells) => Line($"| {string.Join(" | ", cells)} |");
    }

    private static string Cell(TableCell cell) => cell.IsEmpty ? "–" : string.Join("<br>",
    [
        .. cell.Accepted.Select(part => $"{(part.To is null ? "*stays*" : $"**→ {Plain(part.To.Name)}**")} {Codes(part)}{Mark(part)}"),
        .. cell.Refused.Select(part => $"<sub>{(part.To is null ? "" : $"→ {Plain(part.To.Name)} ")}{Codes(part)}</sub>{Mark(part)}"),
        .. cell.OutOfOrder is { } part ? [$"✗ {Codes(part)}{Mark(part)}"] : Array.Empty<string>(),
    ]);

    private static string Codes(CellPart part) => string.Join(", ", part.Codes);

    private static string Mark(CellPart part) => part.Rule is { } rule ? $"<sup>{Plain(rule.Id)}</sup>" : "";

    // what would end a cell or start a tag or an emphasis
    private static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("|", "&#124;", StringComparison.Ordinal)
            .Replace("*", "&#42;", StringComparison.Ordinal)
            .Replace("_", "&#95;", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");
}
