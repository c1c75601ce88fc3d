namespace SmtpModel.Testing.Engine;

/// <summary>A server whose sessions are begun at a <see cref="Engine.Door"/>, for whoever plays whole sessions.</summary>
/// <param name="door">The door.</param>
/// <param name="isBeside">Whether a session waits for no other to end, as those of a round must not.</param>
internal sealed class DoorTarget(Door door, bool isBeside = false) : ITarget
{
    // how often a session is tried again
    private const int Retries = 2;

    public Door Door => door;

    public string Name => door.Target.Name;

    /// <summary>The server with a door before it; as it is where it is none on a network, which begins every session.</summary>
    public static ITarget Before(ITarget target, int connections, Pace? pace = null) =>
        target is not TcpTarget ? target
        : new DoorTarget(new Door(target, pace ?? new Pace(null), connections, Retries) { LetsInOddGreetings = true });

    /// <summary>Finds out how many sessions the server serves at a time, and keeps to it.</summary>
    /// <param name="cancellation">Gives up, and finds nothing out.</param>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        if (door.Asked == 1)
        {
            return;
        }

        try
        {
            await (await door.EnterAsync(cancellation)).DisposeAsync();
            if (door.IsOpen)
            {
                // a greeting takes no longer than all that was done until now
                await door.FindLimitAsync(TimeSpan.FromSeconds(1) + (2 * door.Pace.Elapsed), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // whoever plays sessions sees it too
        }
    }

    /// <summary>What a user should know; nothing of a server that greets nobody, whose sessions are played as they are.</summary>
    public IEnumerable<string> Notes => door.IsOpen ? door.Notes : [];

    /// <summary>Begins a session.</summary>
    /// <exception cref="TargetUnreachableException">There is no server any more, or it would not begin the session.</exception>
    public async ValueTask<Visit> EnterAsync(CancellationToken cancellation)
    {
        var visit = await (isBeside ? door.EnterBesideAsync(cancellation) : door.EnterAsync(cancellation));
        return visit.Session is not null ? visit
            : throw (
                visit.Fault is { } fault
                    ? new TargetUnreachableException(fault.Message, fault.InnerException ?? fault)
                    : new TargetUnreachableException(visit.Refused!) { IsRefusal = true }
            );
    }

    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        door.Target.ConnectAsync(greeting, cancellation);

    public ValueTask DisposeAsync() => door.Target.DisposeAsync();
}
