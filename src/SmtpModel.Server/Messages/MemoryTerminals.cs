using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>Terminals in memory: users log on and off, and what was sent to them can be read. Mailboxes are told apart without regard to
/// case.</summary>
/// <param name="capacity">The most messages a terminal shows; one more is not accepted until it is cleared.</param>
public sealed class MemoryTerminals(int capacity = 100) : ITerminals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<StoredMessage>> _screens = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user becomes active, with an empty screen when it was not.</summary>
    /// <param name="mailbox">The user's mailbox, without brackets.</param>
    public void LogOn(string mailbox)
    {
        lock (_lock)
        {
            _screens.TryAdd(mailbox, []);
        }
    }

    /// <summary>The user is not active any more; what was on the screen is gone.</summary>
    /// <param name="mailbox">The user's mailbox, without brackets.</param>
    public void LogOff(string mailbox)
    {
        lock (_lock)
        {
            _screens.Remove(mailbox);
        }
    }

    /// <summary>A copy of what is on the user's screen, the oldest first; empty when the user is not active.</summary>
    /// <param name="mailbox">The user's mailbox, without brackets.</param>
    public IReadOnlyList<StoredMessage> Screen(string mailbox)
    {
        lock (_lock)
        {
            return _screens.TryGetValue(mailbox, out var screen) ? [.. screen] : [];
        }
    }

    /// <inheritdoc/>
    public bool IsActive(string mailbox)
    {
        lock (_lock)
        {
            return _screens.TryGetValue(mailbox, out var screen) && screen.Count < capacity;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SendAsync(string mailbox, StoredMessage message, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_screens.TryGetValue(mailbox, out var screen) || screen.Count >= capacity)
            {
                return new(false);
            }

            screen.Add(message);
            return new(true);
        }
    }
}
