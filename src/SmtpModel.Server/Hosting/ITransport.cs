namespace SmtpModel.Server;

/// <summary>
/// What carries a session's octets. One receive and one send may be under way at once. A lost connection is a value, not
/// an exception.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>Receives what is there, or waits for it: the number of octets, <see cref="Transport.Ended"/> or
    /// <see cref="Transport.Lost"/>.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all octets; false when the connection is lost.</summary>
    ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets);

    /// <summary>Says that nothing more will be sent; receiving goes on.</summary>
    ValueTask EndSendAsync();

    /// <summary>Cuts the connection, from any thread: what is under way ends as lost.</summary>
    void Cut();
}

internal static class Transport
{
    /// <summary>The client has closed its sending side.</summary>
    public const int Ended = 0;

    /// <summary>The connection has been reset or cut.</summary>
    public const int Lost = -1;
}
