namespace SmtpModel.Testing.Engine;

/// <summary>A session that takes several inputs in one packet, and gives their replies one by one.</summary>
internal interface IGroupSession : IRepliesSession
{
    /// <summary>Sends inputs in one packet and waits for nothing; whether they went out shows in the replies.</summary>
    /// <param name="packet">The inputs.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation);
}
