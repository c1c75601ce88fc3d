using SmtpModel.Cli.Output;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary>Sessions at the same time.</summary>
internal static class Interleaving
{
    /// <summary>Plays a round again.</summary>
    public static async Task<int> ReplayAsync(Profile profile, ITarget target, Round round, CancellationToken cancellation)
    {
        var console = Terminal.Console;
        console.WriteLine($"replaying {Words.Count(round.Sessions.Count, "session")} at the same time against {target.Name} as {profile.Name}");
        var result = await new RoundRunner(new Oracle(profile.Table)).RunAsync(target, round, cancellation);
        FuzzPrinter.Print(console, result.Transcript);
        if (result.Violation is { } violation)
        {
            FuzzPrinter.Print(console, violation);
            return ExitCodes.Failure;
        }

        console.WriteLine(result.Inconclusive.Count > 0 ? $"INCONCLUSIVE: {result.Inconclusive[0]}" : "no violation: what these sessions once showed is not there");
        return result.Inconclusive.Count > 0 ? ExitCodes.NoVerdict : ExitCodes.Fine;
    }
}
