namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A store that answers when the test says so.</summary>
internal sealed class HeldStore(bool heedsCancellation = true) : IMessageStore
{
    private readonly TaskCompletionSource<Decision> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CancellationToken> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Complete when a message has come; gives the token that came with it.</summary>
    public Task<CancellationToken> Asked => _asked.Task.WaitAsync(Client.Patience);

    public IncomingMessage? Message { get; private set; }

    public void Answer(Decision decision) => _answer.SetResult(decision);

    public void Fail(Exception exception) => _answer.SetException(exception);

    public async ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        Message = message;
        _asked.TrySetResult(cancellationToken);
        return await _answer.Task.WaitAsync(heedsCancellation ? cancellationToken : CancellationToken.None);
    }
}

internal sealed class StoreOf(Func<IncomingMessage, MessageTrace, ValueTask<Decision>> store) : IMessageStore
{
    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken) =>
        store(message, trace);
}
