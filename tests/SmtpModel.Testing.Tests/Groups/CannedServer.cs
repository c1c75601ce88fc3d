using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Testing.Tests.Groups;

/// <summary>Waits for some words, says some words, and so on; then it closes, or cuts the connection off.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly AcceptLoop _loop;
    private readonly StringBuilder _heard = new();

    /// <param name="script">What is waited for, and what is said then.</param>
    /// <param name="isCutOff">Whether the end is a reset.</param>
    /// <param name="isPiecemeal">Whether every octet is a packet of its own.</param>
    public CannedServer(IReadOnlyList<(string Heard, string Said)> script, bool isCutOff = false, bool isPiecemeal = false)
    {
        _loop = new AcceptLoop(socket => ServeAsync(socket, script, isCutOff, isPiecemeal));
        Target = new TcpTarget("127.0.0.1", _loop.EndPoint.Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(2) });
    }

    public ITarget Target { get; }

    /// <summary>All that was sent to it.</summary>
    public string Heard => _heard.ToString();

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(Socket socket, IReadOnlyList<(string Heard, string Said)> script, bool isCutOff, bool isPiecemeal)
    {
        using (socket)
        {
            socket.NoDelay = true;
            await SayAsync(socket, "220 mx.example.test\r\n", isPiecemeal);
            var (buffer, from) = (new byte[4096], 0);
            foreach (var (heard, said) in script)
            {
                while (!_heard.ToString(from, _heard.Length - from).Contains(heard, StringComparison.Ordinal))
                {
                    var count = await socket.ReceiveAsync(buffer, _loop.Stopping);
                    if (count == 0)
                    {
                        return;
                    }

                    _heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
                }

                from = _heard.Length;
                await SayAsync(socket, said, isPiecemeal);
            }

            if (isCutOff)
            {
                socket.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private async Task SayAsync(Socket socket, string said, bool isPiecemeal)
    {
        foreach (var piece in isPiecemeal ? said.Select(letter => $"{letter}") : [said])
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(piece), _loop.Stopping);
        }
    }
}
