using System.CommandLine;
using SmtpModel.Cli.Output;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel man</c>.</summary>
internal static class ManCommand
{
    /// <summary>The command.</summary>
    /// <param name="root">The whole command line, which the page is about; asked when it is printed.</param>
    public static Command Create(Func<RootCommand> root)
    {
        var command = new Command("man", "Print the manual page of this program: all that --help says, for man(1).");
        command.SetAction(_ =>
        {
            Console.Out.Write(ManPage.Write(root()));
            return ExitCodes.Fine;
        });
        return command;
    }
}
