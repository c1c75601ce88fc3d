using System.CommandLine;
using SmtpModel.Diagrams;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel generate</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var source = new MachineSource(null);
        var space = new Option<string>("--namespace")
        {
            Description = "The namespace of the code.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "Generated",
        };
        var name = new Option<string?>("--name")
        {
            Description = "What the names of its types begin with; the machine's name when left out.",
            HelpName = "NAME",
        };
        var output = OutputFile.Create();
        var command = new Command(
            "generate",
            "Make a session handler in C# from a machine: which command is in order where, and what it does to state and buffers. It does "
                + "no I/O and needs no other library."
        )
        {
            space, name, output,
        };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var profile = source.LoadOne(parsed);
                if (SoundnessCheck.Run(profile) is { Count: > 0 } faults)
                {
                    throw new UsageException(
                        $"the machine is not sound, so nothing was generated:\n"
                            + $"{string.Join('\n', faults.Select(fault => $"  {fault.Id}: {fault.Message}"))}"
                    );
                }

                string code;
                try
                {
                    code = HandlerExport.Write(profile.Table, parsed.GetValue(space)!, parsed.GetValue(name));
                }
                catch (ArgumentException fault) when (fault.ParamName is "space" or "name")
                {
                    throw new UsageException($"{fault.Message.Split(" (Parameter")[0]} of C#");
                }

                await OutputFile.WriteAsync(code, parsed.GetValue(output), cancellation);
                return ExitCodes.Fine;
            }
        );
        return command;
    }
}
