namespace SmtpModel.Server;

/// <summary>Accepts every message and keeps none, for measuring and for testing clients.</summary>
public sealed class DiscardStore : IMessageStore
{
    private DiscardStore() { }

    /// <summary>The store; it has no state.</summary>
    public static DiscardStore Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken) =>
        new(Decision.Accept);
}
