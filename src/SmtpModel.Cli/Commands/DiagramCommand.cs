using System.CommandLine;
using SmtpModel.Diagrams;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel diagram</c>.</summary>
internal static class DiagramCommand
{
    public static Command Create()
    {
        var profile = Shared.Profile("rfc821");
        var format = Shared.Choice("--format", "What is written: mermaid, dot (for Graphviz) or svg (drawn by Graphviz).", "mermaid", "mermaid", "dot", "svg");
        var output = Shared.Place("--output", "The file to write; the standard output when left out.", "FILE", text => new FileInfo(text));
        var clauses = new Option<bool>("--clauses") { Description = "Show the rule and clause of each edge." };
        var refusals = new Option<bool>("--refusals") { Description = "Draw refusals too, which are otherwise folded into a note." };
        var direction = new Option<string>("--direction") { Description = "Where the picture runs: down or right.", HelpName = "down|right", DefaultValueFactory = _ => "down" };
        direction.AcceptOnlyFromAmong("down", "right");
        var command = new Command("diagram", "Draw the state machine of a profile.") { profile, format, output, clauses, refusals, direction };
        command.SetAction(async (parsed, cancellation) =>
        {
            var table = parsed.Get(profile).Table;
            var options = new DiagramOptions { Clauses = parsed.GetValue(clauses), Refusals = parsed.GetValue(refusals), Direction = parsed.GetValue(direction) == "right" ? DiagramDirection.LeftToRight : DiagramDirection.TopDown };
            var picture = parsed.GetValue(format) switch
            {
                "dot" => DotDiagram.Write(table, options),
                "svg" => await SvgAsync(table, options, cancellation),
                _ => MermaidDiagram.Write(table, options),
            };
            await WriteAsync(picture, parsed.GetValue(output), cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static async Task<string> SvgAsync(Machines.TransitionTable table, DiagramOptions options, CancellationToken cancellation) =>
        await SvgDiagram.WriteAsync(table, options, cancellation: cancellation) switch
        {
            SvgDrawn drawn => drawn.Svg,
            SvgNotDrawn not => throw new UsageException(not.Message),
            var other => throw new InvalidOperationException($"SvgDiagram gave {other}"),
        };

    private static async Task WriteAsync(string picture, FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            await Console.Out.WriteAsync(picture);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(file.FullName, picture, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {file}: {fault.Message}");
        }
    }
}
