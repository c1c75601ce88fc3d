using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Interop.Tests.Faults;

/// <summary>A connection, read line by line without anything being changed on the way.</summary>
internal sealed class Line(TcpClient client) : IDisposable
{
    private readonly byte[] _received = new byte[8192];
    private int _start;
    private int _end;

    private Socket Socket => client.Client;

    public async ValueTask SendAsync(string text, CancellationToken cancellation)
    {
        if (text.Length > 0)
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), cancellation);
        }
    }

    /// <summary>A line with its end; what there is of it when the channel was closed, so empty when nothing came.</summary>
    public async ValueTask<string> ReadAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            var found = _received.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var end = found < 0 ? _end : _start + found + 1;
            line.Append(Encoding.Latin1.GetString(_received, _start, end - _start));
            _start = end;
            if (found >= 0)
            {
                return line.ToString();
            }

            _start = 0;
            _end = await Socket.ReceiveAsync(_received, cancellation);
            if (_end == 0)
            {
                return line.ToString();
            }
        }
    }

    /// <summary>All lines of a reply.</summary>
    public async ValueTask<string> ReadReplyAsync(CancellationToken cancellation)
    {
        var reply = new StringBuilder();
        string line;
        do
        {
            line = await ReadAsync(cancellation);
            if (line.Length == 0)
            {
                throw new IOException("the server has closed the channel");
            }

            reply.Append(line);
        }
        while (line.Length > 3 && line[3] == '-');
        return reply.ToString();
    }

    public void Dispose() => client.Dispose();
}
