using System.Diagnostics;

namespace SmtpModel.Testing;

/// <summary>Makes a session that shows a violation as short as it can be, by playing shorter ones against the server.</summary>
internal sealed class LiveShrinker(ITarget target, Oracle oracle, TimeSpan limit)
{
    // a server may be slow to say what it should not have said: when a session is looked at again it is given time to
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);
    /// <summary>How often a session is played for what it has shown once: a fault that comes once in ten times shows again in nine of ten.</summary>
    public const int MostPlayed = 22;

    private TimeSpan _patience = TimeSpan.Zero;

    /// <summary>The shortest session found, or null when the violation does not show again.</summary>
    public async ValueTask<(TestSession Session, Violation Violation, Transcript Transcript)?> ShrinkAsync(
        TestSession session, Violation violation, int failedAt, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        // what was not executed goes first
        var best = session with { Steps = [.. session.Steps.Take(failedAt + 1)] };
        if (await PlayAsync(best, violation, cancellation) is not { } shown)
        {
            best = session;
            _patience = Patience;
            if (await AgainAsync(best, violation, cancellation) is not { } again)
            {
                return null;
            }

            shown = again.Shown;
            if (again.Times > 1)
            {
                // one that comes now and then shows in no session for sure: what is left out would be left to chance
                return (best with { Steps = [.. best.Steps.Take(shown.FailedAt + 1)] }, shown.Violation, shown.Transcript);
            }
        }

        for (var smaller = true; smaller && clock.Elapsed < limit;)
        {
            smaller = false;
            foreach (var candidate in SessionShrinker.Shrink(best))
            {
                if (clock.Elapsed > limit)
                {
                    break;
                }

                if (await PlayAsync(candidate, violation, cancellation) is { } found)
                {
                    (best, shown, smaller) = (candidate with { Steps = [.. candidate.Steps.Take(found.FailedAt + 1)] }, found, true);
                    break;
                }
            }
        }

        return (best, shown.Violation, shown.Transcript);
    }

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
        var runner = new SessionRunner(oracle) { Patience = patience, Sought = wanted.Key };
        var result = await runner.RunAsync(target, session, transcript, cancellation);
        return result.Find(wanted.Key) is var (violation, at) ? new Shown(violation, transcript, at) : null;
    }

    private sealed record Shown(Violation Violation, Transcript Transcript, int FailedAt);
}
