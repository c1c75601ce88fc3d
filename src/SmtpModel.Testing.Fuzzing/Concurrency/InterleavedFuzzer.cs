using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays random sessions against a server, several at the same time, their exchanges interleaved by a schedule that is drawn too.
/// Each session has to agree with its own model as if it were alone, and where it can be seen, what was handed over is what all
/// of them were told was accepted. What is played depends on the seed only, so a run can be repeated.
/// </summary>
public sealed class InterleavedFuzzer
{
    private readonly FuzzOptions _options;
    private readonly Oracle _oracle;
    private readonly Dictionary<string, int> _inconclusive = [];

    /// <summary>A fuzzer for a profile.</summary>
    /// <param name="profile">The profile that the server is held against.</param>
    /// <param name="options">How it is fuzzed; <see cref="FuzzOptions.Connections"/> sessions are open at a time.</param>
    public InterleavedFuzzer(Profile profile, FuzzOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        _options = options;
        _oracle = new Oracle(profile.Table);
        Palette = DrawnArguments.Palette(profile.Table, options.Palette with { Seed = options.Seed });
    }

    /// <summary>The moves the sessions are made of.</summary>
    public Palette Palette { get; }

    /// <summary>Runs until the sessions are played, the time is over, enough violations are found, or it is cancelled.</summary>
    /// <param name="target">The server.</param>
    /// <param name="progress">Told how far the run is, after each round.</param>
    /// <param name="cancellation">Ends the run early; the report says what came until then.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public async Task<InterleavedReport> RunAsync(
        ITarget target,
        Action<FuzzProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var clock = Stopwatch.StartNew();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_options.MaxTime is { } limit)
        {
            time.CancelAfter(limit);
        }

        var coverage = new Coverage(_oracle.Table);
        var runner = new RoundRunner(_oracle, coverage);
        // a server that is watched is ours: it takes whatever mailbox it is given, and makes no choice that nobody foresees
        var isOurs = target is IObservedSite;
        var generator = new SessionGenerator(
            _oracle.Table,
            Palette,
            _options.MaxLength,
            _options.Weights,
            _options.IsScripted,
            _options.Strategy,
            isLive: !isOurs
        );
        var rounds = new RoundSource(generator, _options.Seed, _options.Connections, isPathTagged: isOurs) { Coverage = coverage };
        Dictionary<string, InterleavedFinding> findings = [];
        var (sessions, exchanges, groups) = (0L, 0L, default(GroupCount));
        try
        {
            for (
                var number = 0L;
                sessions < _options.Sessions && findings.Count < _options.MaxViolations && !time.IsCancellationRequested;
                number++
            )
            {
                var round = rounds[number];
                var result = await OwnFault.WatchAsync(
                    () => ReplayFile.Of(_oracle.Table.Profile.Name, round),
                    () => $"a round of {round.Sessions.Count} sessions",
                    () => runner.RunAsync(target, round, time.Token)
                );
                (sessions, exchanges, groups) = (
                    sessions + round.Sessions.Count,
                    exchanges + result.Lines.Count,
                    groups.Plus(result.Groups)
                );
                result.Inconclusive.ToList().ForEach(Note);
                if (result.Violation is { } violation && !findings.ContainsKey(violation.Key))
                {
                    if (await ShrinkAsync(target, round, result, number, cancellation) is { } found)
                    {
                        findings.TryAdd(found.Violation.Key, found);
                    }
                    else
                    {
                        Note($"seen once and not again: {violation}");
                    }
                }

                progress?.Invoke(new FuzzProgress(sessions, exchanges, findings.Count, coverage.Edges));
            }
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            // the time is over: what came until now is the result
        }
        catch (TargetUnreachableException fault) when (sessions > 0)
        {
            // it was there and is gone: what it did until then is not lost
            Note($"the server went away: {fault.Message}");
        }

        var run = new FuzzReport(
            [],
            coverage,
            sessions,
            exchanges,
            new Dictionary<NonStrict, Remark>(runner.NonStrict),
            _inconclusive,
            clock.Elapsed
        )
        {
            Groups = groups,
        };
        return new InterleavedReport(run, [.. findings.Values.OrderBy(finding => finding.Number)]);
    }

    private async Task<InterleavedFinding?> ShrinkAsync(
        ITarget target,
        Round round,
        RoundResult result,
        long number,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        var moves = round.Sessions.Sum(session => session.Steps.Count);
        var wanted = result.Violation!.Key;
        var best = RoundShrinker.Played(round, result.Taken);
        var shown = await PlayAsync(target, best, wanted, cancellation);
        if (shown is null)
        {
            best = round;
            shown = await PlayAsync(target, best, wanted, cancellation);
        }

        if (shown is null)
        {
            return null;
        }

        // sessions in lockstep are simpler than any with groups
        if (await InLockstepAsync(target, best, wanted, cancellation) is { } simple)
        {
            (best, shown) = simple;
        }

        for (var isSmaller = true; isSmaller && clock.Elapsed < _options.MaxShrinkTime;)
        {
            isSmaller = false;
            foreach (var candidate in RoundShrinker.Shrink(best).TakeWhile(_ => clock.Elapsed < _options.MaxShrinkTime))
            {
                if (await PlayAsync(target, candidate, wanted, cancellation) is { } found)
                {
                    (best, shown, isSmaller) = (candidate, found, true);
                    break;
                }
            }
        }

        if (await InLockstepAsync(target, best, wanted, cancellation) is { } plain)
        {
            (best, shown) = plain;
        }

        var isConcurrent = true;
        foreach (var session in best.Sessions)
        {
            isConcurrent &= await PlayAsync(target, new Round([session], []), wanted, cancellation) is null;
        }

        return new InterleavedFinding(
            shown.Violation!,
            shown.Session,
            best,
            shown.Transcript,
            number,
            round.Sessions.Count,
            moves,
            isConcurrent
        )
        {
            NeedsGroup = best.Sessions.Any(session => session.HasGroups),
        };
    }

    // null where nothing is sent in a group, or where that is what it takes
    private async ValueTask<(Round Round, RoundResult Shown)?> InLockstepAsync(
        ITarget target,
        Round round,
        string wanted,
        CancellationToken cancellation
    )
    {
        var plain = round with { Sessions = [.. round.Sessions.Select(session => session.InLockstep())] };
        return round.Sessions.Any(session => session.HasGroups) && await PlayAsync(target, plain, wanted, cancellation) is { } shown
            ? (plain, shown)
            : null;
    }

    private async ValueTask<RoundResult?> PlayAsync(ITarget target, Round round, string wanted, CancellationToken cancellation)
    {
        if (round.Sessions.Count == 0)
        {
            return null;
        }

        var result = await new RoundRunner(_oracle).RunAsync(target, round, cancellation);
        return result.Violation?.Key == wanted ? result : null;
    }

    private void Note(string why) => _inconclusive[why] = _inconclusive.GetValueOrDefault(why) + 1;
}
