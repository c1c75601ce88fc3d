using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A client that speaks through TLS and trusts one certificate. Every wait is bounded, so that a failure is no hang.</summary>
internal sealed class SecureClient : IAsyncDisposable
{
    private readonly SslStream _stream;
    private readonly StreamReader _reader;

    private SecureClient(SslStream stream) => (_stream, _reader) = (stream, new StreamReader(stream, Encoding.Latin1));

    /// <summary>Does the handshake over a socket that is connected.</summary>
    public static async Task<SecureClient> OverAsync(Socket socket, ServerCertificate trusted)
    {
        var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, (_, shown, _, _) =>
            trusted.Certificate.Equals(shown)
        );
        await stream.AuthenticateAsClientAsync("mx.example").WaitAsync(Client.Patience);
        return new SecureClient(stream);
    }

    public async Task SendAsync(string text) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Client.Patience);

    /// <summary>A line without its CRLF; null when the server has closed in order.</summary>
    public Task<string?> ReadLineAsync() => _reader.ReadLineAsync().WaitAsync(Client.Patience);

    /// <summary>The last line of a reply.</summary>
    public async Task<string> ReadReplyAsync()
    {
        while (true)
        {
            var line = await ReadLineAsync() ?? throw new EndOfStreamException("the server closed instead of replying");
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }
    }

    /// <summary>Sends a command line and reads the last line of its reply.</summary>
    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line + "\r\n");
        return await ReadReplyAsync();
    }

    public Task<string> ReadToEndAsync() => _reader.ReadToEndAsync().WaitAsync(Client.Patience);

    /// <summary>Says that it will send nothing more.</summary>
    public Task EndAsync() => _stream.ShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
    }
}
