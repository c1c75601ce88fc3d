namespace SmtpModel.Testing.Engine;

/// <summary>A session whose replies can be waited for one by one, for inputs that draw several.</summary>
internal interface IRepliesSession : ITargetSession
{
    /// <summary>Waits for one reply, or for the channel to be closed.</summary>
    /// <param name="patience">How long to wait; as long as for any reply when null.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation);
}
