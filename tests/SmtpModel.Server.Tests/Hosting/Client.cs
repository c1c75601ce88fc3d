using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A client that sends what it is told and reads lines. Every wait is bounded by real time, so that a failure is no
/// hang.</summary>
internal sealed class Client : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private Client(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<Client> ConnectAsync(SmtpServer server, int? buffers = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (buffers is { } size)
        {
            (socket.ReceiveBufferSize, socket.SendBufferSize) = (size, size);
        }

        await socket.ConnectAsync(server.EndPoints[0]).WaitAsync(Patience);
        return new Client(socket);
    }

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<Client> GreetedAsync(SmtpServer server)
    {
        var client = await ConnectAsync(server);
        Assert.StartsWith("220 ", await client.ReadLineAsync());
        return client;
    }

    /// <summary>Connects, and goes through a transaction as far as the commands given, each of which is to be accepted.</summary>
    public static async Task<Client> AfterAsync(SmtpServer server, params string[] commands)
    {
        var client = await GreetedAsync(server);
        foreach (var command in commands)
        {
            var reply = await client.AskAsync(command);
            Assert.True(reply[0] is '2' or '3', $"{command} drew {reply}");
        }

        return client;
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (octets.Length > 0)
        {
            octets = octets[await Socket.SendAsync(octets).AsTask().WaitAsync(Patience)..];
        }
    }

    /// <summary>Sends a command line and reads the last line of its reply.</summary>
    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReadReplyAsync();
    }

    /// <summary>The last line of a reply.</summary>
    public async Task<string> ReadReplyAsync()
    {
        string line;
        do
        {
            line = await ReadLineAsync() ?? throw new EndOfStreamException("the server closed instead of replying");
        }
        while (line.Length > 3 && line[3] == '-');

        return line;
    }

    /// <summary>A line without its CRLF; null when the server has closed in order.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_start < _end)
            {
                var octet = (char)_buffer[_start++];
                if (octet == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append(octet);
            }

            (_start, _end) = (0, await Socket.ReceiveAsync(_buffer.AsMemory()).AsTask().WaitAsync(Patience));
            if (_end == 0)
            {
                Assert.Equal("", line.ToString());
                return null;
            }
        }
    }

    /// <summary>All lines up to the server's close in order.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Sends on after the server has said its last; fails when the connection has been reset, with which a reply not yet read
    /// could be lost.</summary>
    public async Task AssertMaySendAsync()
    {
        var block = new byte[64 * 1024];
        for (var count = 0; count < 50; count++)
        {
            await SendAsync(block);
        }
    }

    /// <summary>Reads until the connection is cut, in whatever way the system says so.</summary>
    public async Task ReadToCutAsync()
    {
        try
        {
            while (await Socket.ReceiveAsync(_buffer.AsMemory()).AsTask().WaitAsync(Patience) > 0)
            {
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
        }
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public void Dispose() => Socket.Dispose();
}
