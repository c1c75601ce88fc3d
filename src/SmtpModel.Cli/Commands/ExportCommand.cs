using System.CommandLine;
using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel export</c>.</summary>
internal static class ExportCommand
{
    private static readonly string[] Formats = ["promela", "tla", "scxml", "plantuml", "dot", "mermaid", "json"];

    public static Command Create()
    {
        var source = new MachineSource("rfc5321");
        var format = Shared.Among(
            new Option<string?>("--format")
            {
                Description = $"What is written: {string.Join(", ", Formats)}.",
                HelpName = string.Join('|', Formats),
                Required = true,
            },
            Formats
        );
        var output = OutputFile.Create();
        var command = new Command(
            "export",
            "Write a machine for other tools: model checkers, state chart interpreters, drawing programs, or this one."
        )
        {
            format,
            output,
        };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var profile = source.LoadOne(parsed);
            var properties = source.Load(parsed)[0].Properties;
            var text = parsed.GetValue(format) switch
            {
                "promela" => PromelaExport.Write(profile.Table, properties),
                "tla" => TlaExport.Write(profile.Table, properties),
                "scxml" => ScxmlExport.Write(profile.Table),
                "plantuml" => PlantUmlDiagram.Write(profile.Table),
                "dot" => DotDiagram.Write(profile.Table),
                "mermaid" => MermaidDiagram.Write(profile.Table),
                _ => MachineJson.Write(profile),
            };
            await OutputFile.WriteAsync(text, parsed.GetValue(output), cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }
}
