using System.CommandLine;
using SmtpModel.Cli.Output;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel man</c>.</summary>
internal static class ManCommand
{
    public static Command Create()
    {
        var command = new Command("man", "Print the manual page of this program: all that --help says, for man(1).");
        command.SetAction(parsed =>
        {
            Console.Out.Write(ManPage.Write((RootCommand)parsed.RootCommandResult.Command));
            return ExitCodes.Fine;
        });
        return command;
    }
}
