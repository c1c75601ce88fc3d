namespace SmtpModel.Testing;

/// <summary>A session that takes several inputs in one packet, and gives their replies one by one.</summary>
internal interface IGroupSession : ITargetSession
{
    /// <summary>Sends inputs in one packet and waits for nothing; whether they went out shows in the replies.</summary>
    /// <param name="packet">The inputs.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation);

    /// <summary>Waits for the reply to the first input that has none yet.</summary>
    /// <param name="patience">How long to wait; as long as for any reply when null.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation);
}
