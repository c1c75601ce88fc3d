using System.Globalization;
using System.Net;
using SmtpModel.Protocol;
using SmtpModel.Server;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>A server that delivers into a Maildir, a copy for each recipient, with a fault between taking a message and delivering
/// it.</summary>
internal sealed class MailboxServer : IMessageStore, IAsyncDisposable
{
    private readonly string _folder;
    private readonly Func<StoredMessage, IEnumerable<StoredMessage>> _fault;
    private readonly SmtpServer _server;
    private int _delivered;

    private MailboxServer(string folder, Func<StoredMessage, IEnumerable<StoredMessage>> fault)
    {
        (_folder, _fault) = (folder, fault);
        Array.ForEach(["tmp", "new", "cur"], name => Directory.CreateDirectory(Path.Combine(folder, name)));
        _server = new SmtpServer(new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Session = new SessionSettings { HostName = "mx.example.test" },
            Store = this,
        });
    }

    /// <summary>How many copies it has delivered.</summary>
    public int Delivered => _delivered;

    public int Port => _server.EndPoints[0].Port;

    public TcpTarget Target => new("127.0.0.1", Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(20) });

    /// <summary>Starts one.</summary>
    /// <param name="folder">The Maildir, which it makes.</param>
    /// <param name="fault">What is delivered of a message.</param>
    public static async Task<MailboxServer> StartAsync(string folder, Func<StoredMessage, IEnumerable<StoredMessage>> fault)
    {
        var server = new MailboxServer(folder, fault);
        await server._server.StartAsync();
        return server;
    }

    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        foreach (var one in _fault(message.Copy()))
        {
            foreach (var path in one.ForwardPaths)
            {
                var name = Interlocked.Increment(ref _delivered).ToString(CultureInfo.InvariantCulture);
                var file = Path.Combine(_folder, "tmp", name);
                File.WriteAllBytes(file, [.. System.Text.Encoding.Latin1.GetBytes(
                    $"Return-Path: {one.ReversePath}\r\nDelivered-To: {path.Trim('<', '>')}\r\n"), .. one.Data.Span]);
                File.Move(file, Path.Combine(_folder, "new", name));
            }
        }

        return ValueTask.FromResult(new Decision(250, null));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
