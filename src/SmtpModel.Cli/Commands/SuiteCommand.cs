using SmtpModel.Cli.Output;
using SmtpModel.Cli.Suites;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel suite</c>.</summary>
internal static class SuiteCommand
{
    public static Command Create()
    {
        var source = new MachineSource("rfc5321");
        var method = Shared.Choice(
            "--method",
            "How the suite is made: wp, hsi and h find every fault of a machine with as many states as the specification; tour is for "
                + "comparison.",
            "wp",
            "wp",
            "hsi",
            "h",
            "tour"
        );
        var extra = Shared.Number("--extra-states", "How many states more an implementation may have.", 0, 0, 2);
        var check = Shared.Place(
            "--check",
            "Make no suite but certify one, whoever made it: a file as --format json writes it. What it leaves unverified is named, and "
                + "the exit code is 1 then.",
            "FILE",
            text => new FileInfo(text)
        );
        var format = Shared.Choice("--format", "text or json.", "text", "text", "json");
        var output = OutputFile.Create();
        var command = new Command(
            "suite",
            "Print a complete test suite of a machine: sessions that tell every machine that differs in one place from the specification, "
                + "with the replies of a server that takes everything it may. Or certify one that is there."
        )
        {
            method, extra, check, format, output,
        };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var profile = source.LoadOne(parsed);
                if (SoundnessCheck.Run(profile) is [var fault, ..])
                {
                    throw new UsageException($"the machine is not sound, so there is no suite for it: {fault.Id}: {fault.Message}");
                }

                var isJson = parsed.GetValue(format) == "json";
                if (parsed.GetValue(check) is { } file)
                {
                    var asked = parsed.GetResult(extra) is { Implicit: false } ? parsed.GetValue(extra) : (int?)null;
                    var checkedSuite = SuiteCheck.Run(profile.Table, SuiteFile.Read(file), asked);
                    await OutputFile.WriteAsync(
                        isJson ? CertificatePrinter.Json(checkedSuite) : CertificatePrinter.Text(checkedSuite),
                        parsed.GetValue(output),
                        cancellation
                    );
                    return checkedSuite.IsComplete ? ExitCodes.Fine : ExitCodes.Failure;
                }

                var machine = ResolvedMachine.Of(profile.Table);
                var (how, more) = (parsed.GetValue(method)!, parsed.GetValue(extra));
                var suite = Make(machine, how, more);
                await OutputFile.WriteAsync(
                    isJson ? SuitePrinter.Json(machine, suite, how, more) : SuitePrinter.Text(machine, suite),
                    parsed.GetValue(output),
                    cancellation
                );
                return ExitCodes.Fine;
            }
        );
        return command;
    }

    private static SuiteTree Make(ResolvedMachine machine, string method, int extraStates)
    {
        try
        {
            return SuiteMaker.Make(machine.Mealy, Enum.Parse<SuiteMethod>(method, ignoreCase: true), extraStates);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(fault.Message.Split(" (Parameter")[0]);
        }
    }
}
