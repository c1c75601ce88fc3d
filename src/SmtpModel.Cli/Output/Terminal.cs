using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Where results are printed.</summary>
internal static class Terminal
{
    /// <summary>A console that colours where it can and never cuts a line in two, so that lines can be copied and searched.</summary>
    public static IAnsiConsole Console { get; } = Create(new AnsiConsoleSettings());

    /// <summary>The same on the standard error, for when the standard output is for a report.</summary>
    public static IAnsiConsole Error { get; } = Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });

    private static IAnsiConsole Create(AnsiConsoleSettings settings)
    {
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = int.MaxValue / 2;
        return console;
    }
}
