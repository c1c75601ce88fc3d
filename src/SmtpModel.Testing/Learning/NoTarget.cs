namespace SmtpModel.Testing.Engine;

/// <summary>No server: what is known of one is all there is.</summary>
internal sealed class NoTarget : ITarget
{
    private NoTarget() { }

    /// <summary>It.</summary>
    public static NoTarget Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "no server";

    /// <inheritdoc/>
    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        throw new TargetUnreachableException("there is no server, only what was observed of one");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
