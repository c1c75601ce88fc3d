namespace SmtpModel.Testing.Engine;

/// <summary>A session that octets can be written to without a reply being awaited.</summary>
internal interface IRawSession : ITargetSession
{
    /// <summary>Sends octets and waits for nothing; false when the server takes no more.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation);
}

/// <summary>A session on a wire: octets go out as they are, in pieces, and the connection can be cut off.</summary>
internal interface IWireSession : IRawSession, IRepliesSession
{
    /// <summary>Ends the connection without a word, whatever the session is in the middle of.</summary>
    /// <param name="reset">Whether the server sees a reset rather than an end.</param>
    void Drop(bool reset);

    /// <summary>Says that nothing more will come, and waits until the server has ended the connection too, for so long at most.</summary>
    /// <param name="patience">How long to wait.</param>
    ValueTask LeaveAsync(TimeSpan patience);
}
