using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// Plays random sessions against a server and reports what the rules do not allow. The sessions depend on the seed and
/// their number only, so that a run can be repeated, and cut into parts, whatever the number of connections; but for the
/// strategy that is guided by what was covered before.
/// </summary>
public sealed class Fuzzer
{
    private readonly Profile _profile;
    private readonly FuzzOptions _options;
    private readonly Oracle _oracle;
    private readonly SessionGenerator _generator;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Finding> _findings = [];
    private readonly Dictionary<string, long> _shown = [];
    private readonly Dictionary<string, int> _inconclusive = [];
    private readonly Dictionary<NonStrict, Remark> _nonStrict = [];
    private readonly RefusalLog _refusals;
    private readonly FindingWork _work;
    private long _next;
    private long _sessions;
    private long _exchanges;
    private long _notBegun;

    // the server begins no session any more
    private volatile bool _isGone;
    private GroupCount _groups;
    private readonly List<FuzzedMail> _mail = [];
    private string? _unseen;

    /// <summary>A fuzzer for a profile.</summary>
    /// <param name="profile">The profile that the server is held against.</param>
    /// <param name="options">How it is fuzzed.</param>
    public Fuzzer(Profile profile, FuzzOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        (_profile, _options) = (profile, options);
        _oracle = new Oracle(profile.Table);
        _refusals = new RefusalLog(profile.Table);
        Palette = DrawnArguments.Palette(profile.Table, options.Palette with { Seed = options.Seed });
        _work = new FindingWork(_oracle, Palette, options.MaxShrinkTime, Note, Learn);
        _next = options.First;
        _generator = new SessionGenerator(
            profile.Table,
            Palette,
            options.MaxLength,
            options.Weights,
            options.IsScripted,
            options.Strategy,
            isLive: !options.IsScripted
        );
    }

    /// <summary>The moves the sessions are made of.</summary>
    public Palette Palette { get; }

    /// <summary>Runs until the sessions are played, the time is over, enough violations are found, or it is cancelled.</summary>
    /// <param name="target">The server.</param>
    /// <param name="progress">Told how far the run is, after each session; called by several threads when there are several
    /// connections.</param>
    /// <param name="cancellation">Ends the run early; the report says what came until then.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it went away.</exception>
    public async Task<FuzzReport> RunAsync(ITarget target, Action<FuzzProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var clock = Stopwatch.StartNew();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_options.MaxTime is { } limit)
        {
            time.CancelAfter(limit);
        }

        target = _options.IsScripted ? target : DoorTarget.Before(target, _options.Connections, _options.Pace);
        var door = target as DoorTarget;
        await (door?.MeasureAsync(cancellation) ?? Task.CompletedTask);
        var coverages = Enumerable.Range(0, _options.Connections).Select(_ => new Coverage(_profile.Table)).ToList();
        await Task.WhenAll(
            coverages.Select(coverage =>
                Task.Run(() => WorkAsync(target, coverage, progress, time.Token, cancellation), CancellationToken.None)
            )
        );
        // those that were left when it was gone were not begun either
        var notBegun = _isGone && _options.Sessions < long.MaxValue && !time.IsCancellationRequested
            ? _options.Sessions - _sessions
            : _notBegun;
        var all = new Coverage(_profile.Table);
        coverages.ForEach(all.Merge);
        (int There, int Of)? delivered = null;
        if (_options.Delivered is { } watch)
        {
            delivered = await DeliveredAsync(
                target,
                watch,
                (there, of) =>
                    progress?.Invoke(new FuzzProgress(_sessions, _exchanges, _findings.Count, all.Edges) { Delivered = (there, of) }),
                cancellation
            );
        }

        // asked once, and behind all sessions: later ones may show what is policy
        var review = new FindingReview(_refusals, all);
        var byPolicy = _findings.Values.ToLookup(review.IsPolicy);
        foreach (var finding in byPolicy[true])
        {
            Note(FindingReview.OfPolicy(finding.Violation));
        }

        return new FuzzReport(
            [.. byPolicy[false].OrderBy(finding => finding.Number).Select(review.Of)],
            all,
            _sessions,
            _exchanges,
            _nonStrict,
            _inconclusive,
            clock.Elapsed
        )
        {
            Groups = _groups,
            Delivered = delivered,
            NotBegun = notBegun,
            Door = [.. door?.Notes ?? []],
            Unseen = _unseen,
            Refusals = _refusals,
            ByPolicy = [.. byPolicy[true].Select(finding => FindingReview.OfPolicy(finding.Violation))],
        };
    }

    private async Task WorkAsync(
        ITarget target,
        Coverage coverage,
        Action<FuzzProgress>? progress,
        CancellationToken cancellation,
        CancellationToken interrupt
    )
    {
        var runner = new SessionRunner(_oracle, coverage) { Delivered = _options.Delivered };
        var sessions = new SessionSource(_generator, _options.Seed) { Coverage = coverage };
        try
        {
            for (
                var number = Interlocked.Increment(ref _next) - 1;
                number - _options.First < _options.Sessions;
                number = Interlocked.Increment(ref _next) - 1
            )
            {
                if (cancellation.IsCancellationRequested || _isGone || _findings.Count >= _options.MaxViolations)
                {
                    break;
                }

                var session = sessions[number];
                await OwnFault.WatchAsync(_profile.Name, session, async () =>
                    await PlayAsync(target, runner, session, number, cancellation, interrupt)
                );
                progress?.Invoke(
                    new FuzzProgress(Interlocked.Read(ref _sessions), Interlocked.Read(ref _exchanges), _findings.Count, coverage.Edges)
                );
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // the time is over: what came until now is the result
        }
        catch (TargetUnreachableException fault) when (Interlocked.Read(ref _sessions) > 0)
        {
            // it was there and is gone: what it did until then is not lost
            Note($"the server went away: {fault.Message}");
            Interlocked.Increment(ref _notBegun);
            _isGone = true;
        }

        lock (_lock)
        {
            _refusals.Merge(runner.Refusals);
            foreach (var (what, rule) in runner.NonStrict)
            {
                _nonStrict.TryAdd(what, rule);
            }
        }
    }

    private async Task PlayAsync(
        ITarget target,
        SessionRunner runner,
        TestSession session,
        long number,
        CancellationToken cancellation,
        CancellationToken interrupt
    )
    {
        RunResult result;
        try
        {
            result = await runner.RunAsync(target, session, null, cancellation);
        }
        catch (TargetUnreachableException fault) when (fault.IsRefusal)
        {
            // another session than those that are judged: it is told, and the server may begin the next
            Interlocked.Increment(ref _notBegun);
            _isGone |= target is DoorTarget { Door.IsAway: true };
            return;
        }

        Interlocked.Increment(ref _sessions);
        Interlocked.Add(ref _exchanges, result.Exchanges);
        lock (_lock)
        {
            _groups = _groups.Plus(result.Groups);
            if (result.Mail is { Sent.Count: > 0 } mail)
            {
                _mail.Add(new FuzzedMail(number, session, mail.Sent));
            }
        }

        if (result.Inconclusive is { } why)
        {
            Note(why);
        }

        foreach (var (violation, at) in result.Violation is { } first ? [(first, result.FailedAt), .. result.Others] : result.Others)
        {
            if (!IsKnown(violation, number))
            {
                Add(await _work.ShrinkAsync(target, session, violation, at, number, interrupt), violation, _options.Found);
            }
        }
    }

    // all that was sent in the run, and behind it a plain message: when that has come, what should not come would have
    private async Task<(int There, int Of)?> DeliveredAsync(
        ITarget target,
        DeliveryWatch watch,
        Action<int, int> told,
        CancellationToken cancellation
    )
    {
        var deliveries = new FuzzDeliveries(_oracle, Palette, watch, isShare: _options.Found is not null);
        // what may be taken back is told when it is sure
        List<(string Seen, Finding Finding)> found = [];
        await deliveries.AccountAsync(
            target,
            _mail,
            told,
            async (one, message, violation) =>
            {
                if (!IsKnown(violation, one.Number))
                {
                    var shown = await _work.ShrinkAsync(target, one.Session, violation, message.At, one.Number, cancellation, watch);
                    Add(
                        shown is null ? null : shown with { NeedsDeliveries = true },
                        violation,
                        (seen, finding) => found.Add((seen, finding))
                    );
                }
            },
            key => _findings.Remove(key),
            Note,
            cancellation
        );
        foreach (var (seen, finding) in found.Where(one => _findings.ContainsKey(one.Finding.Violation.Key)))
        {
            _options.Found?.Invoke(seen, finding);
        }

        _unseen = deliveries.Unseen;
        return deliveries.Seen;
    }

    private void Add(Finding? finding, Violation seen, Action<string, Finding>? told)
    {
        if (finding is null)
        {
            return;
        }

        lock (_lock)
        {
            _findings.TryAdd(finding.Violation.Key, finding);
            _shown[seen.Key] = Math.Min(finding.Number, _shown.GetValueOrDefault(seen.Key, long.MaxValue));
        }

        told?.Invoke(seen.Key, finding);
    }

    // what a share of a campaign has of a key must not depend on which of two connections was first
    private bool IsKnown(Violation violation, long number)
    {
        lock (_lock)
        {
            return _shown.TryGetValue(violation.Key, out var first) && (_options.Found is null || first <= number);
        }
    }

    private void Learn(RefusalLog refusals)
    {
        lock (_lock)
        {
            _refusals.Merge(refusals);
        }
    }

    private void Note(string why)
    {
        lock (_lock)
        {
            _inconclusive[why] = _inconclusive.GetValueOrDefault(why) + 1;
        }
    }
}
