using System.Net.Sockets;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes findings of violations: plays smaller sessions against the server until none shows it, and finds out whether it is
/// counted.</summary>
/// <param name="oracle">The oracle.</param>
/// <param name="palette">The moves.</param>
/// <param name="limit">For how long smaller sessions are tried.</param>
/// <param name="note">Is told what could not be found out.</param>
internal sealed class FindingWork(Oracle oracle, Palette palette, TimeSpan limit, Action<string> note)
{
    /// <summary>The finding of a violation that was seen; null where it does not show again. When somebody interrupts that, or the
    /// server is gone, it is kept as it was seen.</summary>
    /// <param name="target">The server.</param>
    /// <param name="session">The session that showed it.</param>
    /// <param name="violation">The violation.</param>
    /// <param name="at">The place of the step that showed it.</param>
    /// <param name="number">The session's number.</param>
    /// <param name="interrupt">Interrupts it.</param>
    /// <param name="watch">Where what is delivered is looked for, where that shows it.</param>
    public async Task<Finding?> ShrinkAsync(
        ITarget target,
        TestSession session,
        Violation violation,
        int at,
        long number,
        CancellationToken interrupt,
        DeliveryWatch? watch = null
    )
    {
        try
        {
            var shrinker = new LiveShrinker(target, oracle, limit) { Delivered = watch };
            if (await shrinker.ShrinkAsync(session, violation, at, interrupt) is not { } found)
            {
                note($"seen once and not again: {violation}");
                return null;
            }

            return new Finding(
                found.NeedsGroup ? InGroup(found.Violation) : found.Violation,
                found.Session,
                found.Transcript,
                number,
                session.Steps.Count
            )
            {
                NeedsGroup = found.NeedsGroup,
                // what is lost or changed elsewhere may be counted over all sessions, and to see that takes too long
                Repeats = found.NeedsGroup || watch is not null ? null : await RepeatsAsync(target, found, interrupt),
            };
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return AsSeen(violation, session, number);
        }
        catch (TargetUnreachableException fault) when (fault.IsRefusal)
        {
            note($"seen, and not to be shown: {violation}; {fault.Message}");
            return null;
        }
        catch (TargetUnreachableException fault)
            when (fault.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            // nobody listens there any more: what was seen last is what there is to see
            note($"the server went away: {fault.Message}");
            return AsSeen(violation, session, number);
        }
    }

    // whether a server counts in a transaction or in the whole session shows where what it counts stands in two transactions
    private async Task<string?> RepeatsAsync(ITarget target, LiveShrinker.Shown found, CancellationToken interrupt)
    {
        if (Repetition.Of(oracle.Table, found.Session, found.Transcript) is not { } repetition)
        {
            return null;
        }

        if (repetition.Spread(palette) is not { } spread)
        {
            return repetition.Told(null);
        }

        try
        {
            var run = await new SessionRunner(oracle).RunAsync(target, spread, null, interrupt);
            var rest = found.Session.Steps.Count - found.FailedAt;
            return repetition.Told(run.Find(found.Violation.Key) is var (_, at) ? spread.Steps.Count - at == rest ? true : null
                : run is { Violation: null, Inconclusive: null } ? false : null);
        }
        catch (Exception fault) when (fault is TargetUnreachableException or OperationCanceledException)
        {
            // the finding stands without it
            return repetition.Told(null);
        }
    }

    private static Finding AsSeen(Violation violation, TestSession session, long number) =>
        new(violation, session, new Transcript(), number, session.Steps.Count);

    // what is right alone and wrong in a group is one fault of the groups, whichever command shows it
    private Violation InGroup(Violation violation) =>
        violation with
        {
            Key = $"group|{violation.Kind}",
            Rule = oracle.Table.GroupAnswers,
        };
}
