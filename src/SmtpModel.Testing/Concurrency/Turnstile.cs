namespace SmtpModel.Testing.Engine;

/// <summary>
/// Lets one of several sessions go on at a time. Each comes to it before a turn and waits there; a turn is over when the session
/// comes again, or is done. So what happens depends on the schedule only.
/// </summary>
internal sealed class Turnstile(int sessions)
{
    // what waits at the gate goes on right where it is let through; who lets it through is told on its own thread
    private readonly TaskCompletionSource[] _gates = [.. Enumerable.Range(0, sessions).Select(_ => new TaskCompletionSource())];
    private readonly TaskCompletionSource[] _arrivals = [.. Enumerable.Range(0, sessions).Select(_ => Arrival())];

    /// <summary>Waits for the session's next turn.</summary>
    /// <exception cref="OperationCanceledException">There is none any more.</exception>
    public Task WaitAsync(int session)
    {
        var gate = _gates[session];
        _arrivals[session].TrySetResult();
        return gate.Task;
    }

    /// <summary>Gives a session a turn, and comes back when that is over.</summary>
    /// <param name="session">The session's place; it waits here.</param>
    /// <param name="running">The session itself.</param>
    public async ValueTask LetThroughAsync(int session, Task running)
    {
        var arrival = _arrivals[session] = Arrival();
        var gate = _gates[session];
        _gates[session] = new TaskCompletionSource();
        gate.TrySetResult();
        if (!arrival.Task.IsCompleted && !running.IsCompleted)
        {
            await Task.WhenAny(arrival.Task, running);
        }
    }

    /// <summary>Sends everybody home who still waits.</summary>
    public void Close() => Array.ForEach(_gates, gate => gate.TrySetCanceled());

    private static TaskCompletionSource Arrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A server as one session of a round meets it: nothing is sent out of turn.</summary>
internal sealed class TurnTarget(ITarget inner, Turnstile turnstile, int session) : ITarget
{
    /// <summary>How many turns the session had.</summary>
    public int Taken { get; private set; }

    public string Name => inner.Name;

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        await turnstile.WaitAsync(session);
        Taken++;
        var visit = inner is DoorTarget door ? await door.EnterAsync(cancellation) : null;
        var connection = visit?.Session ?? await inner.ConnectAsync(greeting, cancellation);
        return connection is IGroupSession groups ? new GroupSession(this, groups, visit) : new Session(this, connection, visit);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private class Session(TurnTarget target, ITargetSession inner, Visit? visit) : ITargetSession
    {
        private readonly TurnTarget _target = target;

        public Observation Greeting => inner.Greeting;

        public Protocol.StoredMessage? Delivered => inner.Delivered;

        // mail data takes two turns, so that others come while half of it is there
        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            if (inner is IRawSession raw && octets.Span.EndsWith("\r\n.\r\n"u8))
            {
                await raw.WriteAsync(octets[..(octets.Length / 2)], cancellation);
                octets = octets[(octets.Length / 2)..];
                await _target.NextAsync();
            }

            return await inner.SendAsync(octets, script, cancellation);
        }

        // each exchange begins with this question: what others drew upon this session meanwhile is there by now
        public async ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation)
        {
            await _target.NextAsync();
            return await inner.UnaskedAsync(patience, cancellation);
        }

        public ValueTask DisposeAsync() => visit?.DisposeAsync() ?? inner.DisposeAsync();
    }

    // a packet is one turn, and what begins with mail data waits for no other
    private sealed class GroupSession(TurnTarget target, IGroupSession inner, Visit? visit) : Session(target, inner, visit), IGroupSession
    {
        private readonly IGroupSession _inner = inner;

        public ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation) => _inner.WriteAsync(packet, cancellation);

        public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
            _inner.ReadAsync(patience, cancellation);
    }

    private async ValueTask NextAsync()
    {
        await turnstile.WaitAsync(session);
        Taken++;
    }
}
