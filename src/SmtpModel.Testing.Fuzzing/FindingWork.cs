using System.Net.Sockets;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes findings of violations: plays smaller sessions against the server until none shows it, and finds out whether it is
/// counted.</summary>
/// <param name="oracle">The oracle.</param>
/// <param name="palette">The moves.</param>
/// <param name="limit">For how long smaller sessions are tried.</param>
/// <param name="note">Is told what could not be found out.</param>
/// <param name="learned">Is told what was refused where it was asked in order.</param>
internal sealed class FindingWork(Oracle oracle, Palette palette, TimeSpan limit, Action<string> note, Action<RefusalLog> learned)
{
    // what comes behind a reply and was not asked for comes within this
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly OrderQuestion _inOrder = new(oracle, palette);

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

            if (!found.NeedsGroup && watch is null)
            {
                found = await LookAgainAsync(target, found, interrupt);
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

    private async Task<LiveShrinker.Shown> LookAgainAsync(ITarget target, LiveShrinker.Shown found, CancellationToken interrupt)
    {
        try
        {
            found = await UnaskedAsync(target, found, interrupt) ?? found;
            if (await _inOrder.AskAsync(target, found.Session, found.Violation, interrupt) is { } refusals)
            {
                learned(refusals);
            }
        }
        catch (TargetUnreachableException fault)
        {
            // it was shown, and stands
            note($"not looked at again: {found.Violation}; {fault.Message}");
        }

        return found;
    }

    // a reply that nothing asked for is taken for that to the next command, and which one it spoils is a matter of chance: it is
    // waited for before each, and told as what it is
    private async Task<LiveShrinker.Shown?> UnaskedAsync(ITarget target, LiveShrinker.Shown found, CancellationToken interrupt)
    {
        if (!found.Violation.IsUnasked && found.Violation.Kind is ViolationKind.Delivery or ViolationKind.Form)
        {
            return null;
        }

        var transcript = new Transcript();
        var run = await new SessionRunner(oracle) { Patience = Patience }.RunAsync(target, found.Session, transcript, interrupt);
        return run.Violation is { IsUnasked: true } unasked
            ? new LiveShrinker.Shown(found.Session, unasked, transcript, run.FailedAt)
            : null;
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
