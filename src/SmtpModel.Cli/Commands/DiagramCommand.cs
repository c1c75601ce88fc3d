using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Diagrams;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel diagram</c>.</summary>
internal static class DiagramCommand
{
    public static Command Create()
    {
        var source = new MachineSource("rfc821");
        var format = Shared.Choice(
            "--format",
            "What is written: mermaid, dot (for Graphviz), svg, or html: a page to click through, that runs transcripts too.",
            "mermaid",
            "mermaid",
            "dot",
            "svg",
            "html"
        );
        var aspect = Shared.Choice(
            "--aspect",
            "What of the machine is drawn: all of it; the states of a transaction; what is done to the buffers; "
                + "what is refused, out of order and closing; or how a sender goes on from the first digit of a reply (RFC 821 4.4).",
            "whole",
            [.. Enum.GetNames<DiagramAspect>().Select(name => name.ToLowerInvariant())]
        );
        var output = OutputFile.Create();
        var clauses = new Option<bool>("--clauses") { Description = "Show the rule and clause of each edge." };
        var refusals = new Option<bool>("--refusals") { Description = "Draw refusals too, which are otherwise folded into a note." };
        var direction = Shared.Among(
            new Option<string?>("--direction")
            {
                Description = "Where the picture runs: down or right. [default: right for replies, else down]",
                HelpName = "down|right",
            },
            "down",
            "right"
        );
        var command = new Command("diagram", "Draw a state machine.") { aspect, format, output, clauses, refusals, direction };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var table = source.LoadOne(parsed).Table;
            var learned = source.Learned;
            var options = new DiagramOptions
            {
                Paint = learned is null ? null : LearnedPicture.PaintOf(table, learned),
                Aspect = Enum.Parse<DiagramAspect>(parsed.GetValue(aspect)!, ignoreCase: true),
                Clauses = parsed.GetValue(clauses),
                // what a server that was learned refuses is what tells it from others
                Refusals = parsed.GetValue(refusals) || learned is not null,
                Direction = parsed.GetValue(direction) switch
                {
                    "right" => DiagramDirection.LeftToRight,
                    "down" => DiagramDirection.TopDown,
                    _ => null,
                },
            };
            if (parsed.GetValue(format) == "html" && options.Aspect is not DiagramAspect.Whole)
            {
                throw new UsageException("--format html shows the whole machine; leave --aspect out, or write svg");
            }

            var picture = parsed.GetValue(format) switch
            {
                "html" => HtmlDiagram.Write(table, options),
                "dot" => DotDiagram.Write(table, options),
                "svg" => SvgDiagram.Write(table, options),
                _ => MermaidDiagram.Write(table, options),
            };
            await OutputFile.WriteAsync(picture, parsed.GetValue(output), cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }
}
