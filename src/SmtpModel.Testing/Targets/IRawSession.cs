namespace SmtpModel.Testing;

/// <summary>A session that takes octets without waiting for a reply.</summary>
internal interface IRawSession : ITargetSession
{
    /// <summary>Sends octets.</summary>
    /// <returns>Whether they could be sent; not when the server has closed the channel.</returns>
    ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation);
}
