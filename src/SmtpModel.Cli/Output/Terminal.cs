using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Where results are printed.</summary>
internal static class Terminal
{
    /// <summary>A console that colours where it can and never cuts a line in two, so that lines can be copied and searched.</summary>
    public static IAnsiConsole Console { get; } = Create();

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = int.MaxValue / 2;
        return console;
    }
}
