using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace SmtpModel.Server;

/// <summary>One kind of operation on a socket, awaited without allocating; made once and used for many connections, one after the
/// other.</summary>
internal sealed class SocketOperation() : SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true), IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _completion;

    public ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        SetBuffer(buffer);
        _completion.Reset();
        return socket.ReceiveAsync(this) ? new(this, _completion.Version) : new(Outcome);
    }

    public ValueTask<int> SendAsync(Socket socket, Memory<byte> octets)
    {
        SetBuffer(octets);
        _completion.Reset();
        return socket.SendAsync(this) ? new(this, _completion.Version) : new(Outcome);
    }

    public int GetResult(short token) => _completion.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _completion.SetResult(Outcome);

    private int Outcome => SocketError is SocketError.Success ? BytesTransferred : Transport.Lost;
}
