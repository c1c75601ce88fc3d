using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel fuzz</c>.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var options = new FuzzOptionsOfCommand();
        var command = new Command("fuzz", "Play random sessions against an SMTP server and report what the protocol does not allow, each violation with the shortest session that shows it.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, FuzzOptionsOfCommand options, CancellationToken cancellation)
    {
        var text = parsed.GetValue(options.Target);
        var inMemory = parsed.GetValue(options.InMemory);
        if (text is not null && inMemory)
        {
            throw new UsageException($"--in-memory fuzzes the embedded session, so it cannot be given together with {text}; leave one of them out");
        }

        if (inMemory && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException("--in-memory has no connections: leave --connections out");
        }

        if (parsed.GetValue(options.Strategy) == "guided" && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException("--strategy guided goes by what was covered before, which several connections would make a matter of luck: leave --connections out");
        }

        if (parsed.GetValue(options.Interleave) is not null && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException("--interleave says how many sessions are open at a time, and so does --connections; leave one of them out");
        }

        var replay = parsed.GetValue(options.Replay) is { } id ? Replays.Read(id, "--replay") : null;
        if (replay is not null && parsed.GetResult(options.Profile) is { Implicit: false } && parsed.GetValue(options.Profile) != replay.Profile)
        {
            throw new UsageException($"--replay: the session is for the profile {replay.Profile}, not {parsed.GetValue(options.Profile)}; leave --profile out");
        }

        if (parsed.GetValue(options.Save) is { } folder)
        {
            // before the run: what it found must not be lost for want of a place
            Files.OrUsage($"--save {folder}", folder.Create);
        }

        parsed.GetValue(options.Coverage)?.Check();
        var profile = replay is null ? parsed.Get(options.Profile) : Profiles.Find(replay.Profile)!;
        var isRound = replay is null ? parsed.GetValue(options.Interleave) is not null : replay.Round is not null;
        await using ITarget target = inMemory ? (isRound ? InMemorySite.Of(profile) : InMemoryTarget.Of(profile))
            : text is null ? (isRound ? await EmbeddedSite.StartAsync(profile) : await EmbeddedServer.StartAsync(profile))
            : options.Server.Target(parsed, text);
        var how = text ?? (inMemory ? "--in-memory" : "");
        return replay is null ? await FuzzAsync(parsed, options, profile, target, how, cancellation)
            : replay.Round is { } round ? await Interleaving.ReplayAsync(profile, target, round, cancellation)
            : await ReplayAsync(profile, target, replay.Session, cancellation);
    }

    private static async Task<int> FuzzAsync(ParseResult parsed, FuzzOptionsOfCommand options, Profile profile, ITarget target, string how, CancellationToken cancellation)
    {
        var settings = new FuzzOptions
        {
            Seed = parsed.GetValue(options.Seed),
            Sessions = parsed.GetValue(options.Sessions),
            Strategy = Enum.Parse<Strategy>(parsed.GetValue(options.Strategy)!, ignoreCase: true),
            MaxLength = parsed.GetValue(options.MaxLength),
            MaxTime = parsed.GetValue(options.MaxTime),
            Connections = parsed.GetValue(options.Interleave) ?? parsed.GetValue(options.Connections),
            MaxViolations = parsed.GetValue(options.MaxFindings),
            IsScripted = target is InMemoryTarget or InMemorySite,
            Palette = options.Server.Palette(parsed),
        };
        var fuzzer = new Fuzzer(profile, settings);
        var console = Terminal.Console;
        var isInterleaved = parsed.GetValue(options.Interleave) is not null;
        console.WriteLine($"fuzzing {target.Name} as {profile.Name} ({profile.Title}), seed {settings.Seed}{(isInterleaved ? $", {settings.Connections} sessions at a time, interleaved" : "")}");
        if (await TargetProbe.RunAsync(target, profile, fuzzer.Palette, cancellation) is { } note)
        {
            console.WriteLine($"note: {note}");
        }

        InterleavedReport? interleaved = null;
        var report = await FuzzProgressView.ShowAsync(settings.Sessions, async progress => isInterleaved
            ? (interleaved = await new InterleavedFuzzer(profile, settings).RunAsync(target, progress, cancellation)).Run
            : await fuzzer.RunAsync(target, progress, cancellation));
        var coverage = CoverageReport.Of(report.Coverage, fuzzer.Palette);
        FuzzPrinter.Print(console, report, coverage, profile, how, interleaved?.Findings ?? []);
        parsed.GetValue(options.Coverage)?.Write(console, coverage, $"fuzz of {target.Name}, seed {settings.Seed}, {Words.Count(report.Sessions, "session")}, {Words.Count(report.Exchanges, "exchange")}");
        if (parsed.GetValue(options.Save) is { } folder)
        {
            Save(console, [.. report.Findings.Select(finding => new ReplayFile(profile.Name, finding.Session)), .. (interleaved?.Findings ?? []).Select(finding => ReplayFile.Of(profile.Name, finding.Round))], folder);
        }

        return cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : report.Findings.Count > 0 || interleaved?.Findings.Count > 0 ? ExitCodes.Failure
            : report.IsConclusive ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
    }

    private static async Task<int> ReplayAsync(Profile profile, ITarget target, TestSession session, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        var runner = new SessionRunner(new Oracle(profile.Table)) { Patience = TimeSpan.FromMilliseconds(100) };
        var result = await runner.RunAsync(target, session, transcript, cancellation);
        var console = Terminal.Console;
        console.WriteLine($"replaying {Words.Count(session.Steps.Count, "move")} against {target.Name} as {profile.Name}");
        FuzzPrinter.Print(console, transcript);
        if (result.Violation is { } violation)
        {
            FuzzPrinter.Print(console, violation);
            return ExitCodes.Failure;
        }

        console.WriteLine(result.Inconclusive is { } why ? $"INCONCLUSIVE: {why}" : "no violation: what this session once showed is not there");
        return result.Inconclusive is null ? ExitCodes.Fine : ExitCodes.NoVerdict;
    }

    private static void Save(IAnsiConsole console, List<ReplayFile> replays, DirectoryInfo folder) => Files.OrUsage($"--save {folder}", () =>
    {
        foreach (var (replay, index) in replays.Select((replay, index) => (replay, index)))
        {
            var file = Path.Combine(folder.FullName, $"violation-{index + 1}.json");
            File.WriteAllText(file, replay.ToJson());
            console.WriteLine($"wrote {file}");
        }
    });
}
