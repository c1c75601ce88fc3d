using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel learn</c>.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var options = new LearnOptionsOfCommand();
        var command = new Command("learn", "Learn the machine of an SMTP server from its replies, and show where it differs from the "
            + "specification, each difference with the shortest session.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, LearnOptionsOfCommand options, CancellationToken cancellation)
    {
        var (text, inMemory) = (parsed.GetValue(options.Target), parsed.GetValue(options.InMemory));
        if (text is null == !inMemory)
        {
            throw new UsageException(inMemory
                ? $"--in-memory learns the embedded session, so it cannot be given together with {text}; leave one of them out"
                : "which server? Give HOST:PORT, or --in-memory for the embedded session");
        }

        if (inMemory)
        {
            options.Server.Access.RefuseAll(parsed);
        }

        using var shard = ShardRun.Of(parsed, options.Campaign, out var ended);
        if (shard is not null)
        {
            LearnShare.Check(parsed, options.Campaign);
        }

        if (ended is { } before)
        {
            return before;
        }

        Check(parsed, options);
        var known = options.Known.Read(parsed);
        var profile = parsed.Get(options.Profile);
        await using ITarget target = inMemory ? InMemoryTarget.Of(profile) : options.Server.Target(parsed, text!, profile);
        await using var inside = profile.Table.LastingRegions.Count > 0 && target is TcpTarget server ? server.For(profile) : null;
        var (played, palette) = await OfferedAsync(parsed, options, profile, target, inside is not null, cancellation);
        if (shard is not null)
        {
            Begin(target, played);
            return await shard.LearnAsync(played, Asked(parsed, options, played, inside ?? target, palette), cancellation);
        }

        using var log = Log(parsed, options, known);
        var learned = await LearnAsync(parsed, options, played, inside ?? target, palette, log, cancellation);
        if (known is not null)
        {
            learned = learned with { Notes = [.. known.Notes, known.Said, .. learned.Notes] };
        }

        LearnPrinter.Print(Terminal.Console, learned);
        if (parsed.GetValue(options.Json) is { } json)
        {
            Files.Write($"--json {json}: cannot write it", json.FullName, LearnedJson.Write(learned));
        }

        if (parsed.GetValue(options.Picture) is { } picture)
        {
            Files.Write($"--diagram {picture}: cannot write it", picture.FullName, LearnedPicture.Write(learned, picture.Extension));
        }

        return cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : learned.Violations.Count > 0 ? ExitCodes.Failure
            : learned.Cost.IsWhole ? ExitCodes.Fine : ExitCodes.NoVerdict;
    }

    private static void Begin(ITarget target, Profile profile)
    {
        Terminal.Console.WriteLine($"learning {target.Name} with the commands of {profile.Name} ({profile.Title})");
        foreach (var note in (target as TcpTarget)?.Notes ?? [])
        {
            Terminal.Console.WriteLine($"note: {note}");
        }
    }

    private static LearningTask Asked(ParseResult parsed, LearnOptionsOfCommand options, Profile profile, ITarget target,
        PaletteOptions palette)
    {
        try
        {
            return LearningTask.Of(profile, target, options.Of(parsed, palette));
        }
        catch (ArgumentException fault) when (parsed.GetValue(options.Inputs) is not null)
        {
            throw new UsageException($"--inputs: {fault.Message}");
        }
    }

    // before a run that may be long
    private static void Check(ParseResult parsed, LearnOptionsOfCommand options)
    {
        foreach (var option in new[] { options.Json, options.Picture, options.Save })
        {
            if (parsed.GetValue(option) is { } file)
            {
                Files.CheckWritable($"{option.Name} {file}: cannot write it", file.FullName);
            }
        }

        if (parsed.GetValue(options.Resume) is not null && parsed.GetValue(options.Known.Option) is { Length: > 0 })
        {
            throw new UsageException($"--resume goes on from one run, and {KnownOption.Name} from shares; leave one of them out");
        }

        if (parsed.GetValue(options.Picture) is { } picture && !LearnedPicture.Kinds.Contains(picture.Extension))
        {
            var others = string.Join(", ", LearnedPicture.Kinds.SkipLast(1));
            throw new UsageException($"--diagram {picture}: its name has to end with {others} or {LearnedPicture.Kinds[^1]}");
        }
    }

    private static async Task<(Profile Profile, PaletteOptions Palette)> OfferedAsync(ParseResult parsed, LearnOptionsOfCommand options,
        Profile profile, ITarget target, bool isInside, CancellationToken cancellation)
    {
        var palette = options.Server.Palette(parsed);
        if (target is not TcpTarget server)
        {
            return (profile, palette);
        }

        // a profile that has STARTTLS or AUTH is composed already: what is offered is read for its base
        var known = isInside ? Spec.Profiles.BaseOf(profile) : profile;
        var offer = await parsed.ReadAsync(options.Extensions, target, known, palette, cancellation);
        return isInside ? (profile, offer.Within(profile, server, palette)) : (offer.Profile, palette with { Offer = offer.Offer });
    }

    private static LearningLog? Log(ParseResult parsed, LearnOptionsOfCommand options, Known? known)
    {
        var (save, resume) = (parsed.GetValue(options.Save), parsed.GetValue(options.Resume));
        var lines = resume is null ? known?.Lines
            : Files.Read($"--resume {resume}", resume.FullName).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Func<TextWriter>? open = save is null ? null : () => new StreamWriter(save.FullName) { NewLine = "\n" };
        return save is null && lines is null ? null : new LearningLog(lines, open);
    }

    private static async Task<LearnedServer> LearnAsync(ParseResult parsed, LearnOptionsOfCommand options, Profile profile, ITarget target,
        PaletteOptions palette, LearningLog? log, CancellationToken cancellation)
    {
        var settings = options.Of(parsed, palette);
        Begin(target, profile);
        try
        {
            return await ServerLearning.RunAsync(profile, target, settings, log, null, cancellation);
        }
        catch (ArgumentException fault) when (parsed.GetValue(options.Inputs) is not null)
        {
            throw new UsageException($"--inputs: {fault.Message}");
        }
        catch (FormatException fault)
        {
            throw new UsageException(parsed.GetValue(options.Resume) is { } resume ? $"--resume {resume}: {fault.Message}"
                : $"{KnownOption.Name}: {fault.Message}");
        }
        catch (IOException) when (parsed.GetValue(options.Save) is { } save)
        {
            throw new UsageException($"--save {save}: cannot write it");
        }
    }
}
