using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Interop.Tests.Support;

/// <summary>Our server on a loopback port, with all that it takes kept in memory. A fault inside it fails the test when it is
/// stopped.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly SmtpServer _server;
    private readonly MemoryStore _store = new(10_000);
    private readonly ConcurrentQueue<ServerFault> _faults = new();

    private LiveServer(string profile, Func<SmtpServerOptions, SmtpServerOptions> change) =>
        _server = new SmtpServer(
            change(
                new SmtpServerOptions
                {
                    EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
                    Profile = profile,
                    Session = new SessionSettings { HostName = "mx.example.test" },
                    Policy = new RefusingPolicy(),
                    Store = _store,
                    OnFault = _faults.Enqueue,
                }
            )
        );

    public int Port => _server.EndPoints[0].Port;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public IReadOnlyList<StoredMessage> Messages => _store.Messages;

    /// <summary>Connections it has served since it was started.</summary>
    public long Connections => _server.Counters.Connections;

    public ServerCounters Counters => _server.Counters;

    public static async Task<LiveServer> StartAsync(string profile, Func<SmtpServerOptions, SmtpServerOptions>? change = null)
    {
        var live = new LiveServer(profile, change ?? (options => options));
        await live._server.StartAsync();
        return live;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Assert.Empty(_faults);
    }

    private sealed class RefusingPolicy : SitePolicy
    {
        public override Decision OnForwardPath(in SessionRequest request) =>
            request.LocalPart.SequenceEqual("refused"u8) ? Decision.Refuse(550, "No such user") : Decision.Accept;
    }
}
