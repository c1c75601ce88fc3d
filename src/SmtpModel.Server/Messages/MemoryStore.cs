using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>Keeps messages in memory, up to a number of them.</summary>
/// <param name="capacity">The most messages it holds.</param>
/// <param name="whenFull">What happens to one more.</param>
public sealed class MemoryStore(int capacity = 1000, WhenFull whenFull = WhenFull.Refuse) : IMessageStore
{
    private readonly Lock _lock = new();
    private readonly Queue<StoredMessage> _messages = new();
    private readonly int _capacity =
        capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "a store holds at least one message");

    /// <summary>A copy of the list of messages, the oldest first.</summary>
    public IReadOnlyList<StoredMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Forgets all messages.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _messages.Clear();
        }
    }

    /// <inheritdoc/>
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_lock)
        {
            if (_messages.Count >= _capacity)
            {
                if (whenFull is WhenFull.Refuse)
                {
                    return new(Decision.Refuse(452, "Insufficient system storage"));
                }

                _messages.Dequeue();
            }

            _messages.Enqueue(message.Copy());
            return new(Decision.Accept);
        }
    }
}

/// <summary>What a full store does with one more message.</summary>
public enum WhenFull
{
    /// <summary>Refuses it with 452, so that no message that was accepted is lost.</summary>
    Refuse,

    /// <summary>Drops the oldest, so that a server for trying things out never fills up.</summary>
    DropOldest,
}
