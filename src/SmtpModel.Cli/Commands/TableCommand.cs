using SmtpModel.Diagrams;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel table</c>.</summary>
internal static class TableCommand
{
    public static Command Create()
    {
        var source = new MachineSource("rfc5321");
        var format = Shared.Choice(
            "--format",
            "What is written: markdown, or html (a page that needs no other file).",
            "markdown",
            "markdown",
            "html"
        );
        var rows = Shared.Choice("--rows", "What the rows are; commands is the narrower one.", "states", "states", "commands");
        var output = OutputFile.Create();
        var command = new Command("table", "Show which command is in order in which state of a machine, with its replies.")
        {
            format,
            rows,
            output,
        };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var table = source.LoadOne(parsed).Table;
                var kind = parsed.GetValue(rows) == "states" ? TableRows.States : TableRows.Commands;
                await OutputFile.WriteAsync(
                    parsed.GetValue(format) == "html" ? HtmlTable.Write(table, kind) : MarkdownTable.Write(table, kind),
                    parsed.GetValue(output),
                    cancellation
                );
                return ExitCodes.Fine;
            }
        );
        return command;
    }
}
