namespace SmtpModel.Testing.Engine;

/// <summary>How many sessions may be open at a time; it can be lowered while some are. Who comes first gets in first.</summary>
internal sealed class ConnectionLimit(int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _open;

    /// <summary>How many there may be now.</summary>
    public int Most { get; private set; } = most;

    /// <summary>Whether there may be fewer than at first.</summary>
    public bool IsLowered { get; private set; }

    /// <summary>Waits for a place.</summary>
    public async ValueTask TakeAsync(CancellationToken cancellation)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_open < Most)
            {
                _open++;
                return;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        // who gives up while a place is being given to him leaves it to the next
        await using var giveUp = cancellation.Register(() => place.TrySetCanceled(cancellation));
        await place.Task;
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _open--;
            while (_open < Most && _waiting.TryDequeue(out var next))
            {
                _open += next.TrySetResult() ? 1 : 0;
            }
        }
    }

    /// <summary>So many there may be, before any has been taken.</summary>
    public void Begin(int count)
    {
        lock (_lock)
        {
            Most = count;
        }
    }

    /// <summary>There are no more than this from now on, and at least one.</summary>
    public void LowerTo(int count)
    {
        lock (_lock)
        {
            (Most, IsLowered) = count < Most ? (Math.Max(1, count), true) : (Most, IsLowered);
        }
    }
}
