using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>How fast sessions are begun, and how much of the time went by waiting for the server.</summary>
internal sealed class Pace(double? rate)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next;
    private long _waiting;

    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>All waiting of all connections together.</summary>
    public TimeSpan Waiting => TimeSpan.FromTicks(Interlocked.Read(ref _waiting));

    /// <summary>Waits until the next session may begin.</summary>
    public async ValueTask TurnAsync(CancellationToken cancellation)
    {
        if (rate is not { } perSecond)
        {
            return;
        }

        TimeSpan turn;
        lock (_lock)
        {
            turn = _next > _clock.Elapsed ? _next : _clock.Elapsed;
            _next = turn + TimeSpan.FromSeconds(1 / perSecond);
        }

        if (turn - _clock.Elapsed is { Ticks: > 0 } left)
        {
            await Task.Delay(left, cancellation);
        }
    }

    /// <summary>Waits for the server, and counts it.</summary>
    public async ValueTask<T> CountAsync<T>(ValueTask<T> answer)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await answer;
        }
        finally
        {
            Interlocked.Add(ref _waiting, Stopwatch.GetElapsedTime(start).Ticks);
        }
    }
}
