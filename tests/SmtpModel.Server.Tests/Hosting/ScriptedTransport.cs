using System.Text;
using System.Threading.Channels;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A transport that gives blocks as a test puts them in, and keeps each piece that is sent.</summary>
internal sealed class ScriptedTransport : ITransport
{
    private readonly Channel<byte[]> _input = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private int _isCut;

    public bool IsCut => Volatile.Read(ref _isCut) != 0;

    public void Give(string text) => _input.Writer.TryWrite(Encoding.Latin1.GetBytes(text));

    public void End() => _input.Writer.TryComplete();

    public async Task<string> NextSentAsync() => await _sent.Reader.ReadAsync().AsTask().WaitAsync(Client.Patience);

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (!await _input.Reader.WaitToReadAsync() || !_input.Reader.TryRead(out var block))
        {
            return IsCut ? Transport.Lost : Transport.Ended;
        }

        block.CopyTo(buffer);
        return block.Length;
    }

    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets)
    {
        _sent.Writer.TryWrite(Encoding.Latin1.GetString(octets.Span));
        return new(!IsCut);
    }

    public ValueTask EndSendAsync()
    {
        _sent.Writer.TryWrite("(end)");
        return default;
    }

    public void Cut()
    {
        Volatile.Write(ref _isCut, 1);
        End();
    }

    public void Dispose() => Cut();
}
