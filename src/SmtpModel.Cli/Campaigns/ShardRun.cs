using System.CommandLine;
using SmtpModel.Cli.Commands;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Campaigns;

/// <summary>A run that is a share of a campaign: which part it plays, and the file that its results go to.</summary>
internal sealed class ShardRun : IDisposable
{
    // how often a file says how far its share is
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly Campaign _campaign;
    private readonly Shard _shard;
    private readonly string? _path;
    private ResultWriter? _file;
    private UsageException? _fault;
    private double _told;

    internal ShardRun(Campaign campaign, Shard shard, string? path) => (_campaign, _shard, _path) = (campaign, shard, path);

    /// <summary>The share, and what it is of.</summary>
    public Shard Shard => _shard;

    /// <summary>The share that a command line asks for; null where it asks for none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options about it.</param>
    /// <param name="exitCode">What the share has ended with, where its file has all of it; otherwise null.</param>
    /// <exception cref="UsageException">The file is another share's, or cannot be written.</exception>
    public static ShardRun? Of(ParseResult parsed, CampaignOptions options, out int? exitCode)
    {
        exitCode = null;
        var (shard, path) = (parsed.GetValue(options.Shard), parsed.GetValue(options.Results)?.ToString());
        if (path is null && parsed.GetValue(options.Again))
        {
            throw new UsageException("--again is about the file of --results; name it, or leave --again out");
        }

        if (path is null && shard is null)
        {
            return null;
        }

        var run = new ShardRun(Campaign.Of(parsed, CampaignOptions.Names), shard ?? Shard.Whole, path);
        if (path is not null)
        {
            exitCode = run.Before(path, parsed.GetValue(options.Again));
        }

        return run;
    }

    /// <summary>Begins the file.</summary>
    public void Begin(params IEnumerable<ResultLine> lines)
    {
        if (_path is null)
        {
            return;
        }

        _file = ResultWriter.Open(_path,
            new BeginLine(ResultFormat.Name, ResultFormat.Version, Campaign.Tool, _campaign.Id, _campaign.Command, _shard.Number,
            _shard.Of, _campaign.Settings.ToDictionary(), [.. _campaign.Args], DateTimeOffset.UtcNow));
        Write([.. lines]);
    }

    /// <summary>The options of the share, for those of the whole run.</summary>
    /// <param name="whole">The run.</param>
    /// <param name="found">What its findings are kept with.</param>
    /// <param name="profile">The profile that the server is held against.</param>
    /// <param name="isInterleaved">Whether its connections take turns: then it is of whole rounds.</param>
    public FuzzOptions Part(FuzzOptions whole, FoundWith found, string profile, bool isInterleaved = false)
    {
        var together = isInterleaved ? whole.Connections : 1;
        var (from, to) = _shard.Range(((whole.Sessions - 1) / together) + 1);
        return whole with
        {
            First = from,
            Sessions = (to - from) * together,
            // where a run ends must not depend on what its shares find
            MaxViolations = int.MaxValue,
            Found = (seen, finding) =>
            {
                var plays = found.Of(ReplayFile.Of(profile, finding));
                Keep(FindingText.Write(seen, finding, plays, found.Line(plays)));
            },
            FoundRound = finding =>
            {
                var plays = found.Of(ReplayFile.Of(profile, finding.Round) with { NeedsDeliveries = finding.NeedsDeliveries });
                Keep(FindingText.Write(finding, plays, found.Line(plays)));
            },
        };
    }

    /// <summary>What it plays, in words.</summary>
    public string Said(FuzzOptions part, bool isInterleaved = false)
    {
        var what = part.Sessions == 0 ? $"no {(isInterleaved ? "round" : "session")} is left for it"
            : isInterleaved ? $"{Words.Count(part.Sessions / part.Connections, "round")} of {part.Connections} sessions, from number "
                + $"{part.First} on"
            : $"{Words.Count(part.Sessions, "session")}, from number {part.First} on";
        return $"share {_shard}: {what}{(_path is null ? "" : $"; results go to {_path}")}";
    }

    /// <summary>Whoever is told how far it is, and the file now and then.</summary>
    public Action<FuzzProgress> Telling(Action<FuzzProgress> progress) => told =>
    {
        progress(told);
        if (_file is { } file && file.Seconds - _told > Pace.TotalSeconds)
        {
            _told = file.Seconds;
            file.Write(new ProgressLine(told.Sessions, told.Exchanges, file.Seconds));
        }
    };

    /// <summary>Ends the file of a share of <c>fuzz</c>; gives the exit code.</summary>
    /// <param name="report">What came of it.</param>
    /// <param name="part">What it was to play.</param>
    /// <param name="code">The exit code of such a run.</param>
    public int End(FuzzReport report, FuzzOptions part, int code)
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        if (report.Sessions < part.Sessions)
        {
            Terminal.Console.WriteLine($"note: share {_shard} is not complete: {report.Sessions} of "
                + $"{Words.Count(part.Sessions, "session")} were played; run it again");
            return code is ExitCodes.Fine ? ExitCodes.NoVerdict : code;
        }

        // with fewer sessions than shares some have nothing to do
        code = part.Sessions == 0 ? ExitCodes.Fine : code;
        Write([
            .. report.NonStrict.Select(note =>
                new RemarkLine(note.Key.State, note.Key.What, note.Value.Came, RuleOf.From(note.Value.Rule), note.Value.Sent)),
            // what is policy is asked again when all shares are there
            .. report.Inconclusive.Where(note => !report.ByPolicy.Contains(note.Key)).Select(note => new OpenLine(note.Key, note.Value)),
            new CoverageLine(report.Coverage.ToCounts()),
            new RefusalsLine(report.Refusals!.ToNotes()),
        ]);
        _file?.Complete(new EndLine(report.Sessions, report.Exchanges, report.Groups.Groups, report.Groups.Longest, _file.Seconds, code,
            part.Sessions == 0 ? null : report.Unseen));
        return code;
    }

    /// <summary>The options of the share, for those of the whole score.</summary>
    public ScoreOptions Part(ScoreOptions whole) => whole with
    {
        Shard = _shard,
        Told = (mutant, hunted) => Write(new MutantLine(mutant.Id, mutant.Class, hunted?.Sessions ?? 0, hunted?.Commands ?? 0,
            hunted?.IsTimeout ?? false,
            hunted?.IsKilled)),
    };

    /// <summary>Ends the file of a share of <c>mutants score</c>; gives the exit code.</summary>
    public int End(ScoreReport report, int code)
    {
        // with fewer mutants than shares some have nothing to do
        if (report.Faulty.Count == 0 && report.Harmless.Count == 0)
        {
            Terminal.Console.WriteLine($"share {_shard}: no mutant is left for it");
            code = ExitCodes.Fine;
        }

        _file?.Complete(new EndLine(report.Faulty.Sum(one => one.Sessions), report.Faulty.Sum(one => one.Commands), 0, 0, _file.Seconds,
            code));
        return code;
    }

    /// <summary>Asks a share of the sessions of <c>learn</c>, and ends its file where all were asked; gives the exit code.</summary>
    /// <param name="profile">What the server is held against.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="cancellation">Ends it with what was asked.</param>
    public async Task<int> LearnAsync(Profile profile, LearningTask task, CancellationToken cancellation)
    {
        var all = await LearningSuite.OfAsync(task, profile.Table, cancellation);
        List<IReadOnlyList<int>> part = [.. all.Where((_, place) => _shard.Has(place))];
        var what = part.Count == 0 ? "no session is left for it" : $"{part.Count} of {Words.Count(all.Count, "session")}";
        Terminal.Console.WriteLine($"share {_shard}: {what}; results go to {_path}");
        Begin(new MachineLine(profile.Name), LearnedLines.Write(task.Name, task.Inputs));
        var isGreeted = false;
        var share = await LearningShare.RunAsync(task.System, part, session =>
        {
            if (!isGreeted)
            {
                isGreeted = true;
                Write(new GreetingLine(task.System.Greeting));
            }

            Write(new SessionLine(session.Number, session.Inputs, session.Outputs));
        }, one => Write(new UnsteadyLine(one.Inputs, one.First, one.FirstSession, one.Then, one.ThenSession, one.Kept)), cancellation);
        Terminal.Console.WriteLine($"{Words.Count(share.Sessions, "session")} with {Words.Count(share.Inputs, "input")} were played");
        if (share.Stopped is { } stopped)
        {
            Terminal.Console.WriteLine($"note: share {_shard} is not complete: {stopped}; run it again");
            return cancellation.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.NoVerdict;
        }

        _file?.Complete(new EndLine(share.Sessions, share.Inputs, 0, 0, _file.Seconds, ExitCodes.Fine));
        return ExitCodes.Fine;
    }

    public void Dispose() => _file?.Dispose();

    // a finding that cannot be written is no fault of the session that showed it: it is said behind the run
    private void Keep(ResultLine line)
    {
        try
        {
            Write(line);
        }
        catch (UsageException fault)
        {
            _fault ??= fault;
        }
    }

    private void Write(params IReadOnlyList<ResultLine> lines)
    {
        foreach (var line in lines)
        {
            _file?.Write(line);
        }
    }

    // what is in the file already; it is never another share's that is replaced
    private int? Before(string path, bool isAgain)
    {
        FileKind.CheckFile(ResultWriter.Said(path), path);
        if (!File.Exists(path))
        {
            // it is not made: on a node that does not see the folder of the others the results would be where nobody looks
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new UsageException($"{ResultWriter.Said(path)}: its folder is not there; make it first, where every share sees it");
            }

            Files.CheckWritable(ResultWriter.Said(path), path);
            return null;
        }

        var there = ResultReader.Read(path);
        if (there.FirstOrDefault(one => one.Begin.Campaign != _campaign.Id) is { } other)
        {
            throw new UsageException($"--results {path}: it holds results of another campaign, "
                + $"{Merging.Difference(other.Begin, _campaign)}; give another file");
        }

        if (there.Count > 1 || there.Any(one => one.Begin.Share != _shard))
        {
            throw new UsageException($"--results {path}: it holds "
                + $"{(there.Count > 1 ? "several shares" : $"share {there[0].Begin.Share}")}, and this is share "
                + $"{_shard}; give another file");
        }

        if (there is [{ End: { } end }] && !isAgain)
        {
            Terminal.Console.WriteLine($"{path} has share {_shard} complete, so nothing is run (--again runs it again)");
            return end.ExitCode;
        }

        Files.OrUsage(ResultWriter.Said(path),
            path, () => File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose());
        return null;
    }
}
