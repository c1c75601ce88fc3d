using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var source = new MachineSource(MachineSource.All);
        var format = Shared.Choice("--format", "What is written: text or json.", "text", "text", "json");
        var tolerated = new Option<bool>("--tolerated")
        {
            Description = "Also follow exchanges that only other servers take part in, since the standard leaves them free.",
        };
        var command = new Command(
            "verify",
            "Prove the invariants and the temporal properties of a machine by going through all of it; a property that does not hold is "
                + "shown by a shortest session."
        )
        {
            format,
            tolerated,
        };
        source.Options.ToList().ForEach(command.Options.Add);
        command.SetAction(parsed =>
        {
            List<VerificationReport> reports =
            [
                .. source.Load(parsed).Select(machine => Verifier.Verify(machine.Profile, machine.Properties, parsed.GetValue(tolerated))),
            ];
            Console.Out.Write(parsed.GetValue(format) == "json" ? VerificationPrinter.Json(reports) : VerificationPrinter.Text(reports));
            return reports.TrueForAll(report => report.IsProved) ? ExitCodes.Fine : ExitCodes.Failure;
        });
        return command;
    }
}
