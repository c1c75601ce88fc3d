using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SmtpModel.Testing;

/// <summary>
/// Marks what is sent in a test or a run of the fuzzer, looks for it where it is delivered, and holds the two against each other. It is
/// for one
/// run against one server.
/// </summary>
public sealed class DeliveryWatch
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentQueue<Engine.SentMessage> _sent = new();
    private readonly Deliveries _deliveries;
    private readonly string _run = Random.Shared.NextInt64(1L << 32).ToString("x8", CultureInfo.InvariantCulture);
    private long _number;
    private TimeSpan _slowest;

    /// <summary>A watch.</summary>
    /// <param name="deliveries">Where the server delivers; it stays the caller's.</param>
    /// <param name="limit">How long a message may take until it counts as lost; 1 minute when left out.</param>
    public DeliveryWatch(Deliveries deliveries, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        (_deliveries, Limit) = (deliveries, limit ?? TimeSpan.FromMinutes(1));
    }

    /// <summary>What the deliveries are called.</summary>
    public string Name => _deliveries.Name;

    /// <summary>How long a message may take until it counts as lost.</summary>
    public TimeSpan Limit { get; }

    /// <summary>How long what should not come is given behind the last that should, besides as long as that took.</summary>
    internal TimeSpan Settling { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>All that was sent, in its order.</summary>
    internal IReadOnlyCollection<Engine.SentMessage> Sent => _sent;

    /// <summary>How long to wait where it has been seen how long the server takes, and a miss costs nothing.</summary>
    internal TimeSpan Usual => _slowest == default || (4 * _slowest) + LongestPause > Limit ? Limit : (4 * _slowest) + LongestPause;

    internal Engine.MailSession Begin(IReadOnlyList<Engine.Move> moves, Transcript? transcript) => new(this, moves, transcript);

    internal Engine.SentMessage New(Engine.MailSession session)
    {
        var message = new Engine.SentMessage(Engine.Marking.Of(_run, Interlocked.Increment(ref _number)), session);
        _sent.Enqueue(message);
        return message;
    }

    /// <summary>Waits until all that was taken of some messages is there, and a while for what should not be. As long as they keep
    /// coming they are waited for.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="limit">How long at most behind the last that came.</param>
    /// <param name="told">Told how many of how many are there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was delivered, by mark.</returns>
    /// <exception cref="IOException">It cannot be seen what was delivered.</exception>
    internal async Task<ILookup<string, DeliveredMessage>> WaitAsync(
        IReadOnlyCollection<Engine.SentMessage> messages,
        TimeSpan limit,
        Action<int, int>? told,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        var (most, at) = (0, TimeSpan.Zero);
        var taken = messages.Where(message => message.Fate is Engine.Fate.Taken).ToList();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var found = await ReadAsync(cancellation);
            var there = taken.Count(message => Engine.DeliveryComparison.IsThere(message, found[message.Mark]));
            told?.Invoke(there, taken.Count);
            if (there == taken.Count)
            {
                _slowest = clock.Elapsed > _slowest ? clock.Elapsed : _slowest;
                await Task.Delay(Settling + clock.Elapsed, cancellation);
                return await ReadAsync(cancellation);
            }

            (most, at) = there > most ? (there, clock.Elapsed) : (most, at);
            if (clock.Elapsed - at > limit)
            {
                return found;
            }

            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>Waits until one of some messages is there, and as long as others of the run keep coming.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="told">Told each time it is looked.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether one came in time.</returns>
    /// <exception cref="IOException">It cannot be seen what was delivered.</exception>
    internal async Task<bool> AnyAsync(IReadOnlyCollection<Engine.SentMessage> messages, Action told, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var most = 0;
        for (var pause = TimeSpan.FromMilliseconds(20); clock.Elapsed <= Limit; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            told();
            var found = await ReadAsync(cancellation);
            if (found.Count > most)
            {
                most = found.Count;
                clock.Restart();
            }

            if (messages.Any(message => found[message.Mark].Any()))
            {
                return true;
            }

            await Task.Delay(pause, cancellation);
        }

        return false;
    }

    /// <summary>Why none can be said to be lost of those that were missed; null where nothing says so.</summary>
    /// <param name="missed">What had not come in time.</param>
    /// <param name="now">What is there now.</param>
    internal string? Excuse(IEnumerable<Engine.SentMessage> missed, ILookup<string, DeliveredMessage> now)
    {
        var late = missed.Count(message => Engine.DeliveryComparison.IsThere(message, now[message.Mark]));
        return _deliveries.Removed
            ?? (
                late == 0
                    ? null
                    : $"{late} {(late == 1 ? "message that was" : "messages that were")} missed came later than the "
                        + $"{Limit.TotalSeconds:0.#} s of --delivery-time, so none can be said to be lost; give it more"
            );
    }

    /// <summary>What is there now, by mark.</summary>
    internal Task<ILookup<string, DeliveredMessage>> NowAsync(CancellationToken cancellation) => ReadAsync(cancellation);

    private async Task<ILookup<string, DeliveredMessage>> ReadAsync(CancellationToken cancellation) =>
        (await _deliveries.ReadAsync(cancellation)).Select(message => (Mark: Engine.Marking.Of(message, _run), Message: message))
            .Where(pair => pair.Mark is not null).ToLookup(pair => pair.Mark!, pair => pair.Message);
}
