using SmtpModel.Cli.Commands;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>A share of a merged campaign.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Result">What there is of it; null where nothing is.</param>
/// <param name="Again">The command line that does it alone, where it is missing or was cut off; null where it is complete.</param>
internal sealed record MergedShard(int Number, ShardResult? Result, string? Again)
{
    public bool IsComplete => Result?.End is not null;

    /// <summary>What has become of it, as one word.</summary>
    public string State => IsComplete ? "complete" : Result is null ? "missing" : "incomplete";

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds => Result?.End?.Seconds ?? Result?.Progress.Seconds ?? 0;
}

/// <summary>A finding of a merged campaign, with what plays it again.</summary>
internal sealed record MergedFinding(Finding Finding, ReplayFile Plays);

/// <summary>A campaign, put together from the results of its shares.</summary>
/// <param name="Begin">The first line of one of them, for what all have in common.</param>
/// <param name="Shards">All shares, those that are missing too, in order.</param>
internal sealed record Merged(BeginLine Begin, IReadOnlyList<MergedShard> Shards)
{
    /// <summary>What random sessions came to; null where none were played, or no share came so far that its machine is known.</summary>
    public FuzzReport? Fuzz { get; init; }

    /// <summary>The findings of <see cref="Fuzz"/>, in the same order.</summary>
    public IReadOnlyList<MergedFinding> Findings { get; init; } = [];

    /// <summary>What sessions showed that were played at the same time.</summary>
    public IReadOnlyList<MergedRound> Rounds { get; init; } = [];

    /// <summary>How many different violations random sessions showed.</summary>
    public int Violations => Findings.Count + Rounds.Count;

    /// <summary>What came of mutants; null where none were scored.</summary>
    public ScoreReport? Score { get; init; }

    /// <summary>What came of a server that was learned; null where none was, or no share came so far that its inputs are known.</summary>
    public MergedLearning? Learning { get; init; }

    /// <summary>The profile; null where no share came so far that it is known.</summary>
    public Profile? Profile { get; init; }

    /// <summary>What was covered, and the shortest session to each gap; null where no share knows.</summary>
    public CoverageReport? Coverage => Fuzz is null ? null : CoverageReport.Of(Fuzz.Coverage, new Palette(Fuzz.Coverage.Table, Known));

    // what the server is known to take, as the options of the campaign have it
    private PaletteOptions Known => new()
    {
        From = Setting("from") ?? new PaletteOptions().From,
        Recipient = Setting("rcpt") ?? new PaletteOptions().Recipient,
        BadRecipient = Setting("bad-rcpt") ?? new PaletteOptions().BadRecipient,
        Helo = Setting("helo") ?? new PaletteOptions().Helo,
    };

    /// <summary>The shares that are not complete.</summary>
    public IEnumerable<MergedShard> Open => Shards.Where(shard => !shard.IsComplete);

    public bool IsComplete => !Open.Any();

    /// <summary>What it was run against and with, in words.</summary>
    public string Title => $"{Begin.Command} {string.Join(' ', Begin.Args.Select(Replaying.Shell.Quote))}".TrimEnd();

    /// <summary>The options that say where what was delivered was looked for, as a shell reads them; null where it was not.</summary>
    public string? Delivered
    {
        get
        {
            var words = Begin.Args.Zip(Begin.Args.Skip(1)).Where(pair => pair.First is DeliveredOption.Name or DeliveredOption.TimeName)
                .SelectMany(pair => (string[])[pair.First, Replaying.Shell.Quote(pair.Second)]).ToList();
            return words.Count == 0 ? null : Printable.Text(string.Join(' ', words), 4000);
        }
    }

    /// <summary>The command line that plays a finding again.</summary>
    public string Replay(ReplayFile plays) => Replaying.FoundWith.Line(plays, Delivered);

    /// <summary>The exit code: what is wrong comes first, then what is missing.</summary>
    public int ExitCode =>
        Violations > 0 || (Score is { } score && (score.Survivors.Any() || score.Accused.Any()))
            || Learning is { Server.Violations.Count: > 0 } ? ExitCodes.Failure
        : !IsComplete || Learning is { Server.Cost.IsWhole: false } ? ExitCodes.Incomplete
        : Score is { Faulty.Count: 0 } ? ExitCodes.Usage
        : Fuzz is { IsConclusive: false } ? ExitCodes.NoVerdict
        : ExitCodes.Fine;

    private string? Setting(string name) => Begin.Settings.GetValueOrDefault(name) is { } text ? Printable.Text(text) : null;
}
