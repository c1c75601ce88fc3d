using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
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
        var command = new Command(
            "fuzz",
            "Play random sessions against an SMTP server and report what the protocol does not allow, each violation with the shortest "
                + "session that shows it."
        );
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
            throw new UsageException(
                $"--in-memory fuzzes the embedded session, so it cannot be given together with {text}; leave one of them out"
            );
        }

        if (inMemory && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException("--in-memory has no connections: leave --connections out");
        }

        if (parsed.GetValue(options.Strategy) == "guided" && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException(
                "--strategy guided goes by what was covered before, which several connections would make a matter of luck: leave "
                    + "--connections out"
            );
        }

        if (parsed.GetValue(options.Interleave) is not null && parsed.GetValue(options.Connections) > 1)
        {
            throw new UsageException(
                "--interleave says how many sessions are open at a time, and so does --connections; leave one of them out"
            );
        }

        if (parsed.GetValue(options.Delivered.Place) is not null && text is null)
        {
            throw new UsageException("--delivered is about a server that delivers; name it with HOST:PORT");
        }

        if (text is null)
        {
            options.Server.Access.RefuseAll(parsed);
        }

        using var shard = ShardRun.Of(parsed, options.Campaign, out var ended);
        if (shard is not null)
        {
            FuzzShare.Check(parsed);
        }

        if (ended is { } before)
        {
            return before;
        }

        var store = ReplayStore.In(parsed.GetValue(options.Save));
        parsed.GetValue(options.Coverage)?.Check();
        var profile = inMemory || text is not null ? parsed.Get(options.Profile) : parsed.GetPlayed(options.Profile);
        var isInterleaved = parsed.GetValue(options.Interleave) is not null;
        await using ITarget target = inMemory ? (isInterleaved ? InMemorySite.Of(profile) : InMemoryTarget.Of(profile))
            : text is null ? (isInterleaved ? await EmbeddedSite.StartAsync(profile) : await EmbeddedServer.StartAsync(profile))
            : options.Server.Target(parsed, text, profile);
        await using var inside = profile.Table.LastingRegions.Count > 0 && target is TcpTarget server ? server.For(profile) : null;
        var found = new FoundWith(
            store,
            text ?? (inMemory ? FoundWith.InMemory : FoundWith.Embedded),
            options.Server.Timeouts(parsed),
            ReplayAccess.Of(target),
            options.Delivered.Again(parsed)
        );
        var code = await FuzzAsync(parsed, options, profile, target, inside, found, shard, cancellation);
        store.End();
        if (store.Note is { } note)
        {
            Terminal.Console.WriteLine($"note: {note}");
        }

        return code;
    }

    private static async Task<int> FuzzAsync(
        ParseResult parsed,
        FuzzOptionsOfCommand options,
        Profile profile,
        ITarget target,
        TcpTarget? inside,
        FoundWith found,
        ShardRun? shard,
        CancellationToken cancellation
    )
    {
        var sessions = options.MostSessions(parsed);
        var palette = options.Server.Palette(parsed);
        var connections = parsed.GetValue(options.Interleave) ?? parsed.GetValue(options.Connections);
        var entered = DoorTarget.Before(target, connections);
        ServerOffer? offer = null;
        if (inside is not null)
        {
            // STARTTLS and AUTH are said by the sessions themselves, as the server offers them where it is entered
            offer = await ServerOffer.ReadAsync(entered, Profiles.Rfc5321, palette, cancellation: cancellation);
            (palette, target) = (offer.Within(profile, (TcpTarget)target, palette), inside);
            entered = DoorTarget.Before(inside, connections);
        }
        else if (profile.Table.Extensions.Count > 0)
        {
            // what is offered does not change what the server is held against, and says which numbers are worth drawing
            offer = await ServerOffer.ReadAsync(entered, Profiles.BaseOf(profile), palette, cancellation: cancellation);
            palette = palette with { Offer = offer.Offer };
        }
        else if (target is TcpTarget)
        {
            offer = await parsed.ReadAsync(options.Extensions, entered, profile, palette, cancellation);
            (profile, palette) = (offer.Profile, palette with { Offer = offer.Offer });
        }

        // shares are merged only where all are of the same machine
        var unread = offer?.Refused is { } refused ? $"what {target.Name} offers is not known: instead of that came {refused}" : null;
        if (unread is not null && shard is not null)
        {
            throw new TargetUnreachableException($"{unread}; a share plays what is offered, so run it again");
        }

        await using var deliveries = await options.Delivered.OpenAsync(parsed);
        var settings = new FuzzOptions
        {
            Delivered = options.Delivered.Watch(parsed, deliveries),
            Seed = parsed.GetValue(options.Seed),
            Sessions = sessions ?? long.MaxValue,
            Strategy = Enum.Parse<Strategy>(parsed.GetValue(options.Strategy)!, ignoreCase: true),
            MaxLength = parsed.GetValue(options.MaxLength),
            MaxTime = parsed.GetValue(options.MaxTime),
            Connections = connections,
            MaxViolations = parsed.GetValue(options.MaxFindings),
            IsScripted = target is InMemoryTarget or InMemorySite,
            Palette = palette,
        };
        var isInterleaved = parsed.GetValue(options.Interleave) is not null;
        settings = shard?.Part(settings, found, profile.Name, isInterleaved) ?? settings;
        var fuzzer = new Fuzzer(profile, settings);
        var console = Terminal.Console;
        console.WriteLine(
            $"fuzzing {target.Name} as {profile.Name} ({profile.Title}), seed "
                + $"{settings.Seed}{(isInterleaved ? $", {settings.Connections} sessions at a time, interleaved" : "")}: "
                + $"{options.Extent(parsed)}"
        );
        if (shard is not null)
        {
            console.WriteLine(shard.Said(settings, isInterleaved));
        }

        if (deliveries is not null)
        {
            console.WriteLine($"what is delivered is looked for in {deliveries.Name}");
        }

        var problem = await TargetProbe.RunAsync(entered, profile, fuzzer.Palette, cancellation);
        // what is said to each session is said once
        unread = problem?.Contains(offer?.Refused ?? problem, StringComparison.Ordinal) is true ? null : unread;
        foreach (var note in ((target as TcpTarget)?.Notes ?? []).Concat(new[] { unread, problem }.OfType<string>()))
        {
            console.WriteLine($"note: {note}");
        }

        shard?.Begin(new MachineLine(profile.Name));
        InterleavedReport? interleaved = null;
        var report = await FuzzProgressView.ShowAsync(shard is null ? sessions : settings.Sessions, settings.MaxTime, async progress =>
            isInterleaved
                ? (interleaved = await new InterleavedFuzzer(profile, settings).RunAsync(entered, shard?.Telling(progress) ?? progress,
                    cancellation)).Run
                : await fuzzer.RunAsync(entered, shard?.Telling(progress) ?? progress, cancellation)
        );
        var coverage = CoverageReport.Of(report.Coverage, fuzzer.Palette);
        FuzzPrinter.Print(console, report, coverage, interleaved?.Findings ?? [], found,
            shard is null ? "no session was played" : "no session is left for this share");
        parsed
            .GetValue(options.Coverage)
            ?.Write(
                console,
                coverage,
                $"fuzz of {target.Name}, seed {settings.Seed}, {Words.Count(report.Sessions, "session")}, "
                    + $"{Words.Count(report.Exchanges, "exchange")}"
            );
        var code =
            cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : report.Findings.Count > 0 || interleaved?.Findings.Count > 0 ? ExitCodes.Failure
            : report.IsConclusive ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
        return shard?.End(report, settings, code) ?? code;
    }
}
