using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel replay</c>.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("ID|FILE")
        {
            Description =
                $"What a finding of test or fuzz was printed with: a short ID, kept in {ReplayStore.StandardFolder} of the current "
                    + $"folder, a file of --save, or a long ID, which holds all there is to it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var target = Shared.Server("HOST:PORT", "The server; the one it was found with when left out.", isOptional: true);
        var last = new Option<bool>("--last")
        {
            Description = "Play all that failed in the last run of this folder; HOST:PORT alone may stand with it.",
        };
        var print = new Option<bool>("--print-id") { Description = "Print the long ID, for a bug report, and play nothing." };
        var server = new ServerOptions();
        var delivered = new DeliveredOption();
        var command = new Command(
            "replay",
            "Play again what showed something: FIXED, FAILED or ERROR, or, where nothing failed, SAME or CHANGED."
        )
        {
            id,
            target,
            last,
            print,
            delivered.Place,
            delivered.Time,
        };
        server.OfConnection.ToList().ForEach(command.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (files, where) = What(parsed.GetValue(id), parsed.GetValue(target), parsed.GetValue(last));
                if (parsed.GetValue(print))
                {
                    files.ToList().ForEach(file => Console.WriteLine(file.ToId()));
                    return ExitCodes.Fine;
                }

                await using var deliveries = await delivered.OpenAsync(parsed);
                List<ReplayVerdict> verdicts = [];
                foreach (var file in files)
                {
                    await using var found = await TargetAsync(parsed, server, file, where);
                    verdicts.Add(await PlayAsync(file, found, delivered.Watch(parsed, deliveries), cancellation));
                }

                return verdicts.Contains(ReplayVerdict.Failed) ? ExitCodes.Failure
                    : verdicts.Contains(ReplayVerdict.Error) ? ExitCodes.NoVerdict
                    : ExitCodes.Fine;
            }
        );
        return command;
    }

    private static (IReadOnlyList<ReplayFile> Files, string? Where) What(string? id, string? where, bool isLast)
    {
        if (!isLast)
        {
            return id is null
                ? throw new UsageException("there is nothing to play; give the ID that a finding was printed with, or --last")
                : ([Replays.Read(id)], where);
        }

        return where is not null || (id is not null && (ServerName.Parse(id) is null || ReplayStore.IsShortId(id)))
            ? throw new UsageException(
                $"--last plays all that failed in the last run, so '{id}' is one word too many; leave it or --last out"
            )
            : (ReplayStore.OfLastRun(), id);
    }

    private static async Task<ITarget> TargetAsync(ParseResult parsed, ServerOptions server, ReplayFile file, string? where)
    {
        var named = where
            ?? file.Target
            ?? throw new UsageException("it does not say which server it was found with; give HOST:PORT behind it");
        var profile = Profiles.Find(file.Profile)!;
        return named == FoundWith.InMemory ? (file.Round is null ? InMemoryTarget.Of(profile) : InMemorySite.Of(profile))
            : named == FoundWith.Embedded
                ? (file.Round is null ? await EmbeddedServer.StartAsync(profile) : await EmbeddedSite.StartAsync(profile))
            : ServerName.Parse(named) is not null ? server.Target(parsed, named, profile, file).For(profile)
            : throw new UsageException($"it was found with {named}, which is there no more; give HOST:PORT behind it");
    }

    private static async Task<ReplayVerdict> PlayAsync(
        ReplayFile file,
        ITarget target,
        DeliveryWatch? delivered,
        CancellationToken cancellation
    )
    {
        var console = Terminal.Console;
        console.WriteLine(
            $"replaying {What(file)} against {target.Name} as {file.Profile}{(file.Case is null ? "" : $", for {file.Case}")}"
        );
        var outcome = await Replay.RunAsync(Profiles.Find(file.Profile)!, file, target, delivered, cancellation);
        if (outcome.Transcript.Length > 0)
        {
            FuzzPrinter.Print(console, outcome.Transcript);
        }
        else
        {
            Print(console, outcome.Steps);
        }

        console.WriteLine($"{outcome.Verdict.ToString().ToUpperInvariant()}: {outcome.Reason}");
        return outcome.Verdict;
    }

    private static string What(ReplayFile file) => file.Wire is not null ? "what is sent"
        : file.Round is { } round ? $"{Words.Count(round.Sessions.Count, "session")} at the same time"
        : Words.Count(file.Session.Steps.Count, "step");

    private static void Print(IAnsiConsole console, IReadOnlyList<ReplayStep> steps)
    {
        console.WriteLine("");
        foreach (var step in steps)
        {
            console.WriteLine($"    C: {step.Sent}");
            console.WriteLine(
                $"  {(step.IsChanged ? "*" : " ")} S: {step.Now ?? "(not reached)"}{(step.IsChanged ? $"    it was {step.Before}" : "")}"
            );
        }

        console.WriteLine("");
    }
}
