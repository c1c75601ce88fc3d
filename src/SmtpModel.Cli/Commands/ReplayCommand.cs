using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID|FILE") { Description = "What a finding was printed with, or a file with it." };
        var target = Shared.Server("HOST:PORT", "The server; the one it was found with when left out.", isOptional: true);
        var server = new ServerOptions();
        var command = new Command("replay", "Play a session again that showed something: FIXED, FAILED or ERROR, with the steps that changed.") { id, target, server.ConnectTimeout, server.ReplyTimeout };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, server, Replays.Read(parsed.GetValue(id)!, ""), parsed.GetValue(target), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ServerOptions server, ReplayFile file, string? where, CancellationToken cancellation)
    {
        if (file.Round is not null)
        {
            throw new UsageException("it is of several sessions at the same time; play it with fuzz HOST:PORT --replay");
        }

        var named = where ?? file.Target;
        if (named is null || Shared.ParseTarget(named) is null)
        {
            throw new UsageException(named is null ? "the session does not say which server it was found with; give HOST:PORT behind it" : $"it was found with {named}, which cannot be reached any more; give HOST:PORT behind it");
        }

        var console = Terminal.Console;
        await using var target = server.Target(parsed, named);
        console.WriteLine($"replaying {Words.Count(file.Session.Steps.Count, "step")} against {target.Name} as {file.Profile}{(file.Case is null ? "" : $", for {file.Case}")}");
        var outcome = await Replay.RunAsync(Profiles.Find(file.Profile)!, file, target, cancellation);
        console.WriteLine("");
        foreach (var step in outcome.Steps)
        {
            console.WriteLine($"    C: {step.Sent}");
            console.WriteLine($"  {(step.IsChanged ? "*" : " ")} S: {step.Now ?? "(not reached)"}{(step.IsChanged ? $"    it was {step.Before}" : "")}");
        }

        console.WriteLine("");
        console.WriteLine($"{outcome.Verdict.ToString().ToUpperInvariant()}: {outcome.Reason}");
        return outcome.Verdict switch { ReplayVerdict.Fixed => ExitCodes.Fine, ReplayVerdict.Failed => ExitCodes.Failure, _ => ExitCodes.NoVerdict };
    }
}
