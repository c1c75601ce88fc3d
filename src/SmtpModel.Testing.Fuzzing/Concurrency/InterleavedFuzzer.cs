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
    // rounds in a row that were not begun before the server is taken to begin none any more
    private const int MostMissed = 5;

    private readonly FuzzOptions _options;
    private readonly Oracle _oracle;
    private readonly Dictionary<string, int> _inconclusive = [];
    private readonly Dictionary<string, InterleavedFinding> _findings = [];
    private readonly List<FuzzedMail> _mail = [];
    private readonly RefusalLog _refusals;
    private readonly OrderQuestion _inOrder;
    private string? _unseen;

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
        (_refusals, _inOrder) = (new RefusalLog(profile.Table), new OrderQuestion(_oracle, Palette));
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

        target = DoorTarget.Before(target, _options.Connections, _options.Pace);
        var door = (target as DoorTarget)?.Door;
        var together = await TogetherAsync(target as DoorTarget, cancellation);
        // none of a round can wait for another to end
        target = door is null ? target : new DoorTarget(door, isBeside: true);
        var coverage = new Coverage(_oracle.Table);
        var runner = new RoundRunner(_oracle, coverage) { Delivered = _options.Delivered };
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
        var rounds = new RoundSource(generator, _options.Seed, together, isPathTagged: isOurs)
        {
            Coverage = coverage,
            Tags = _options.Delivered is { } watched ? await TagsAsync(target, watched, cancellation) : null,
        };
        var (sessions, exchanges, groups) = (0L, 0L, default(GroupCount));
        var (notBegun, missed) = (0L, 0);
        try
        {
            for (
                var number = _options.First;
                sessions + notBegun < _options.Sessions
                    && missed < MostMissed
                    && _findings.Count < _options.MaxViolations
                    && !time.IsCancellationRequested;
                number++
            )
            {
                var round = rounds[number];
                RoundResult result;
                try
                {
                    result = await OwnFault.WatchAsync(
                        () => ReplayFile.Of(_oracle.Table.Profile.Name, round),
                        () => $"a round of {round.Sessions.Count} sessions",
                        () => runner.RunAsync(target, round, time.Token)
                    );
                    missed = 0;
                }
                catch (TargetUnreachableException fault) when (fault.IsRefusal)
                {
                    // the server may begin the sessions of the next
                    (notBegun, missed) = (notBegun + round.Sessions.Count, missed + 1);
                    continue;
                }

                (sessions, exchanges, groups) = (
                    sessions + round.Sessions.Count,
                    exchanges + result.Lines.Count,
                    groups.Plus(result.Groups)
                );
                result.Inconclusive.ToList().ForEach(Note);
                _mail.Add(new FuzzedMail(number, round.Sessions[0], [.. result.Sent.SelectMany(sent => sent)]) { Round = round });
                if (result.Violation is { } violation)
                {
                    var shrinker = new LiveRoundShrinker(target, _oracle, _options.MaxShrinkTime);
                    if (await AddAsync(target, shrinker, round, result, violation, number, cancellation) is { } found)
                    {
                        _options.FoundRound?.Invoke(found);
                    }
                }

                progress?.Invoke(new FuzzProgress(sessions, exchanges, _findings.Count, coverage.Edges));
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
            (notBegun, missed) = (notBegun + together, MostMissed);
        }

        if (missed == MostMissed && _options.Sessions < long.MaxValue)
        {
            notBegun = _options.Sessions - sessions;
        }

        (int There, int Of)? delivered = null;
        if (_options.Delivered is { } watch)
        {
            delivered = await DeliveredAsync(
                target,
                watch,
                (there, of) =>
                    progress?.Invoke(new FuzzProgress(sessions, exchanges, _findings.Count, coverage.Edges) { Delivered = (there, of) }),
                cancellation
            );
        }

        // asked behind all rounds: later ones may show what is policy
        _refusals.Merge(runner.Refusals);
        var review = new FindingReview(_refusals, coverage);
        var byPolicy = _findings.Values.ToLookup(review.IsPolicy);
        List<string> policy = [.. byPolicy[true].Select(finding => FindingReview.OfPolicy(finding.Violation))];
        policy.ForEach(Note);
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
            Delivered = delivered,
            NotBegun = notBegun,
            Door = [.. (target as DoorTarget)?.Notes ?? []],
            Refusals = _refusals,
            Unseen = _unseen,
            ByPolicy = policy,
        };
        return new InterleavedReport(run, [.. byPolicy[false].OrderBy(finding => finding.Number).Select(review.Of)]);
    }

    // the finding, where it is a new one
    private async Task<InterleavedFinding?> AddAsync(
        ITarget target,
        LiveRoundShrinker shrinker,
        Round round,
        RoundResult result,
        Violation violation,
        long number,
        CancellationToken cancellation
    )
    {
        if (_findings.ContainsKey(violation.Key))
        {
            return null;
        }

        try
        {
            if (await shrinker.ShrinkAsync(round, result with { Violation = violation }, number, cancellation) is { } found)
            {
                if (found.Session >= 0
                    && await _inOrder.AskAsync(target, found.Round.Sessions[found.Session], found.Violation, cancellation) is { } refused)
                {
                    _refusals.Merge(refused);
                    // what these sessions delivered is no round's
                    (target as IObservedSite)?.TakeDelivered();
                }

                _findings.TryAdd(found.Violation.Key, found);
                return found;
            }

            Note($"seen once and not again: {violation}");
        }
        catch (TargetUnreachableException fault) when (fault.IsRefusal)
        {
            Note($"seen, and not to be shown: {violation}; {fault.Message}");
        }

        return null;
    }

    // how many sessions a round has: as many as the server serves at a time, if that is fewer than were asked for
    private async Task<int> TogetherAsync(DoorTarget? target, CancellationToken cancellation)
    {
        if (target is null)
        {
            return _options.Connections;
        }

        await target.MeasureAsync(cancellation);
        var together = Math.Min(target.Door.Most, _options.Connections);
        return together == _options.Connections || _options.FoundRound is null
            ? together
            : throw new TargetUnreachableException(
                $"{target.Name} begins no more than {together} of the {_options.Connections} sessions at a time that each round of a share "
                    + "has; --interleave says how many that are"
            );
    }

    // whose a path is shows only where each session has its own: as many as the server takes
    private async Task<PathTags> TagsAsync(ITarget target, DeliveryWatch watch, CancellationToken cancellation)
    {
        var (tags, plain) = (new Tagging(0, PathTags.Locals), new FuzzDeliveries(_oracle, Palette, watch));
        var (from, to) = (tags.Local(_options.Palette.From), tags.Local(_options.Palette.Recipient));
        foreach (var (kind, session) in ((PathTags, TestSession)[])
            [(PathTags.Locals, plain.Plain(from, to)), (PathTags.Senders, plain.Plain(from))])
        {
            var played = await new SessionRunner(_oracle) { Delivered = watch }.RunAsync(target, session, null, cancellation);
            if (played.Mail is { Sent: [{ Fate: Fate.Taken }] })
            {
                return kind;
            }
        }

        return PathTags.None;
    }

    // as in a run of one session at a time
    private async Task<(int There, int Of)?> DeliveredAsync(
        ITarget target,
        DeliveryWatch watch,
        Action<int, int> told,
        CancellationToken cancellation
    )
    {
        var deliveries = new FuzzDeliveries(_oracle, Palette, watch, isShare: _options.FoundRound is not null);
        var before = _findings.Keys.ToHashSet();
        await deliveries.AccountAsync(
            target,
            _mail,
            told,
            async (one, _, violation) =>
            {
                var shrinker = new LiveRoundShrinker(target, _oracle, _options.MaxShrinkTime) { Delivered = watch };
                var seen = new RoundResult(violation, 0, [], [.. one.Round!.Sessions.Select(_ => int.MaxValue)], []);
                await AddAsync(target, shrinker, one.Round, seen, violation, one.Number, cancellation);
            },
            key => _findings.Remove(key),
            Note,
            cancellation
        );
        foreach (var found in _findings.Where(one => !before.Contains(one.Key)))
        {
            _options.FoundRound?.Invoke(found.Value);
        }

        _unseen = deliveries.Unseen;
        return deliveries.Seen;
    }

    private void Note(string why) => _inconclusive[why] = _inconclusive.GetValueOrDefault(why) + 1;
}
