using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes a session that shows a violation as short as it can be, by playing shorter ones against the server.</summary>
internal sealed class LiveShrinker(ITarget target, Oracle oracle, TimeSpan limit)
{
    // a server may be slow to say what it should not have said: when a session is looked at again it is given time to
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);
    /// <summary>How often a session is played for what it has shown once: a fault that comes once in ten times shows again in nine of
    /// ten.</summary>
    public const int MostPlayed = 22;

    private TimeSpan _patience = TimeSpan.Zero;
    private bool _needsGroup;

    // whether what comes behind the message that is delivered wrongly is why
    private bool _needsRest;
    private TimeSpan? _deliveryLimit;

    /// <summary>Where what is delivered is looked for behind each session; nowhere when null.</summary>
    public DeliveryWatch? Delivered { get; init; }

    /// <summary>The shortest session found, or null when the violation does not show again.</summary>
    public async ValueTask<Shown?> ShrinkAsync(TestSession session, Violation violation, int failedAt, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        (_patience, _needsGroup, _needsRest) = (TimeSpan.Zero, false, false);
        // that something does not come is believed only when it was waited for as long as was asked for
        var isLoss = Delivered is not null && violation.Key == DeliveryComparison.Key(DeliveryFaultKind.Lost);
        _deliveryLimit = isLoss ? Delivered!.Limit : null;
        // what was not executed goes first
        var best = Written(Played(session, failedAt), failedAt);
        if (await PlayAsync(best, violation, cancellation) is not { } shown)
        {
            (best, _needsRest) = (session, Delivered is not null);
            _patience = Patience;
            if (await AgainAsync(best, violation, cancellation) is not { } again)
            {
                return null;
            }

            shown = again.Shown;
            if (again.Times > 1)
            {
                // one that comes now and then shows in no session for sure: what is left out would be left to chance
                return shown with { Session = Played(best, shown.FailedAt) };
            }
        }

        // a session in lockstep is simpler than any with groups
        if (best.HasGroups)
        {
            if (await PlayAsync(best.InLockstep(), violation, cancellation) is { } plain)
            {
                (best, shown) = (Played(best.InLockstep(), plain.FailedAt), plain);
            }
            else
            {
                _needsGroup = true;
            }
        }

        _deliveryLimit = null;
        try
        {
            for (var smaller = true; smaller && clock.Elapsed < limit;)
            {
                smaller = false;
                foreach (var candidate in SessionShrinker.Shrink(best))
                {
                    if (clock.Elapsed > limit)
                    {
                        break;
                    }

                    if (await ShowsAsync(candidate, violation, cancellation) is { } found)
                    {
                        (best, shown, smaller) = (Played(candidate, found.FailedAt), found, true);
                        break;
                    }
                }
            }
        }
        catch (TargetUnreachableException fault) when (fault.IsRefusal)
        {
            // what was not played shows nothing: it stays as short as it is
        }

        if (isLoss)
        {
            _deliveryLimit = Delivered!.Limit;
            if (await PlayAsync(best, violation, cancellation) is not { } sure)
            {
                return null;
            }

            shown = sure;
        }

        return shown with { Session = Grouping.Lawful(oracle.Table, best), NeedsGroup = _needsGroup };
    }

    // mail data that was put in where the session had none is written into it, so that the next input is not what draws them
    private TestSession Written(TestSession session, int at) =>
        Delivered is not null && at >= 0 && session.Steps[at].Move is { Kind: not MoveKind.Data, Command.Block: null }
            ? session with
            {
                Steps = [.. session.Steps.Take(at), new Step(new SessionRunner(oracle).PlainData)],
            }
            : session;

    // what takes a group is shown by none that is played in lockstep
    private async ValueTask<Shown?> ShowsAsync(TestSession session, Violation violation, CancellationToken cancellation) =>
        _needsGroup && !session.HasGroups ? null
        : await PlayAsync(session, violation, cancellation) is { } shown
        && (!_needsGroup || await PlayAsync(session.InLockstep(), violation, cancellation) is null)
            ? shown
        : null;

    // what shares a packet with it was sent too
    private TestSession Played(TestSession session, int failedAt) =>
        _needsRest
            ? session
            : session with
            {
                Steps = [.. session.Steps.Take(failedAt + 1), .. session.Steps.Skip(failedAt + 1).TakeWhile(step => step.IsJoined)],
            };

    // what a server does now and then is a violation too, when it is seen again
    private async ValueTask<(Shown Shown, int Times)?> AgainAsync(TestSession session, Violation violation, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        for (var times = 1; times == 1 || (times <= MostPlayed && clock.Elapsed < limit); times++)
        {
            if (await PlayAsync(session, violation, cancellation) is { } shown)
            {
                return (shown, times);
            }
        }

        return null;
    }

    // most violations show at once; only what does not is played again slowly
    private async ValueTask<Shown?> PlayAsync(TestSession session, Violation wanted, CancellationToken cancellation) =>
        await PlayAsync(session, wanted, _patience, cancellation);

    private async ValueTask<Shown?> PlayAsync(TestSession session, Violation wanted, TimeSpan patience, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        var runner = new SessionRunner(oracle)
        {
            Patience = patience,
            Sought = _needsGroup ? null : wanted.Key,
            Delivered = Delivered,
            AwaitsDeliveries = Delivered is not null,
            DeliveryLimit = _deliveryLimit,
        };
        var result = await runner.RunAsync(target, session, transcript, cancellation);

        // one fault of the groups shows with any command, in any state
        var key = _needsGroup && result.Violation is { } other && other.Kind == wanted.Kind ? other.Key : wanted.Key;
        return result.Find(key) is var (violation, at) ? new Shown(session, violation, transcript, at) : null;
    }

    /// <summary>A session that showed the violation; where it needs a group, it does not when its inputs are sent one by one.</summary>
    public sealed record Shown(TestSession Session, Violation Violation, Transcript Transcript, int FailedAt)
    {
        public bool NeedsGroup { get; init; }
    }
}
