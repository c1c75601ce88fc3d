namespace SmtpModel.Server;

/// <summary>
/// Where messages go at the end of data. One store serves many sessions at once. The reply goes out when the store has
/// answered, so acceptance is a promise: the message is kept (RFC 5321 4.2.5, 6.1). Where each recipient has a reply of its own, as in
/// LMTP, the store is asked for one after the other, each time with a message that is for nobody else (RFC 2033 4.2).
/// </summary>
public interface IMessageStore
{
    /// <summary>Takes a message.</summary>
    /// <param name="message">The transaction's buffers; good until the returned task is complete, copy what is kept longer.</param>
    /// <param name="trace">Where it came from, for the lines a receiver adds.</param>
    /// <param name="cancellationToken">Cancelled when the delivery takes too long or the server is cut off; the client is then told
    /// 421.</param>
    /// <returns>Acceptance, or a refusal with a code of the end of data: 451, 452, 552 and 554 are in all profiles.</returns>
    ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken);
}
