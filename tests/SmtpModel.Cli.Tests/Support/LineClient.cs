using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>A client that sends lines and reads replies, and knows no more of SMTP.</summary>
internal sealed class LineClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly StreamReader _lines;

    private LineClient(TcpClient client)
    {
        _client = client;
        _lines = new StreamReader(client.GetStream(), Encoding.Latin1);
    }

    public static async Task<LineClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        return new LineClient(client);
    }

    public async Task<string> SendAsync(string line)
    {
        await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), TestContext.Current.CancellationToken);
        return await ReplyAsync();
    }

    /// <summary>The lines of the next reply, each ended by LF; "" when the server has closed the connection.</summary>
    public async Task<string> ReplyAsync()
    {
        var reply = new StringBuilder();
        string? line;
        do
        {
            line = await _lines
                .ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Limit, TestContext.Current.CancellationToken);
            reply.Append(line is null ? "" : line + "\n");
        }
        while (line is { Length: > 3 } && line[3] == '-');
        return reply.ToString();
    }

    public void Dispose()
    {
        _lines.Dispose();
        _client.Dispose();
    }
}
