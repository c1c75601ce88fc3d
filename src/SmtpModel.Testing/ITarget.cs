namespace SmtpModel.Testing;

/// <summary>A server to be tested: each connection is a session of its own, in the state before anything has happened.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Opens a session and waits for the greeting.</summary>
    /// <param name="greeting">The greeting that a scripted server is to give; 0 where the server decides.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation);
}

/// <summary>One session with a server: one input at a time, each with what came back.</summary>
public interface ITargetSession : IAsyncDisposable
{
    /// <summary>What came when the channel was opened.</summary>
    Observation Greeting { get; }

    /// <summary>Sends octets and waits for one reply.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="script">The reply that a scripted server is to give; 0 where the server decides.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation);

    /// <summary>What came without having been asked for since the last reply; null when nothing did.</summary>
    /// <param name="patience">How long to wait for it; none to look only at what is there already.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation);

    /// <summary>What the server handed over at the last end of data, where that can be seen; null otherwise.</summary>
    Protocol.StoredMessage? Delivered { get; }
}

/// <summary>There is no server where one was to be tested, or it does not talk.</summary>
public sealed class TargetUnreachableException : Exception
{
    /// <summary>Without words.</summary>
    public TargetUnreachableException() { }

    /// <summary>With what was tried and what to do.</summary>
    /// <param name="message">The words.</param>
    public TargetUnreachableException(string message) : base(message) { }

    /// <summary>With what was tried, what to do, and the cause.</summary>
    /// <param name="message">The words.</param>
    /// <param name="innerException">The cause.</param>
    public TargetUnreachableException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Whether there is a server, which would not begin a session though it begins others.</summary>
    internal bool IsRefusal { get; init; }
}
