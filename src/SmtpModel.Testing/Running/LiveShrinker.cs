using System.Diagnostics;

namespace SmtpModel.Testing;

/// <summary>Makes a session that shows a violation as short as it can be, by playing shorter ones against the server.</summary>
internal sealed class LiveShrinker(ITarget target, Oracle oracle, TimeSpan limit)
{
    // a server may be slow to say what it should not have said: when a session is looked at again it is given time to
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);
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
            if (await PlayAsync(best, violation, cancellation) is not { } again)
            {
                return null;
            }

            shown = again;
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

    // most violations show at once; only what does not is played again slowly
    private async ValueTask<Shown?> PlayAsync(TestSession session, Violation wanted, CancellationToken cancellation) =>
        await PlayAsync(session, wanted, _patience, cancellation);

    private async ValueTask<Shown?> PlayAsync(TestSession session, Violation wanted, TimeSpan patience, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        var runner = new SessionRunner(oracle) { Patience = patience };
        var result = await runner.RunAsync(target, session, transcript, cancellation);
        return result.Violation is { } violation && violation.Key == wanted.Key ? new Shown(violation, transcript, result.FailedAt) : null;
    }

    private sealed record Shown(Violation Violation, Transcript Transcript, int FailedAt);
}
