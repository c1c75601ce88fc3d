using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>A server on a port of the system's choice, with a clock that stands, and what it reported.</summary>
internal sealed class Running : IAsyncDisposable
{
    private Running(SmtpServer server, ManualTime time, ConcurrentQueue<ServerFault> faults) =>
        (Server, Time, Faults) = (server, time, faults);

    public SmtpServer Server { get; }

    public ManualTime Time { get; }

    public ConcurrentQueue<ServerFault> Faults { get; }

    public static async Task<Running> StartAsync(
        IMessageStore? store = null,
        SitePolicy? policy = null,
        Func<SmtpServerOptions, SmtpServerOptions>? change = null
    )
    {
        var time = new ManualTime();
        var faults = new ConcurrentQueue<ServerFault>();
        var options = new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Store = store ?? new MemoryStore(),
            Policy = policy ?? new SitePolicy(),
            TimeProvider = time,
            OnFault = faults.Enqueue,
            Session = new SessionSettings { HostName = "mx.example" },
        };
        var server = new SmtpServer(change?.Invoke(options) ?? options);
        await server.StartAsync();
        return new Running(server, time, faults);
    }

    /// <summary>Waits in real time for what happens on other threads, never for a time limit.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(waited.Elapsed < Client.Patience, "what was waited for has not happened");
            await Task.Delay(1);
        }
    }

    /// <summary>Whether a new client is served, which shows that the server has come through what was done to it.</summary>
    public async Task AssertServesAsync()
    {
        using var client = await Client.AfterAsync(Server, "HELO client.example", "NOOP");
        Assert.StartsWith("221 ", await client.AskAsync("QUIT"));
    }

    public Task UntilEmptyAsync() => UntilAsync(() => Server.OpenConnections == 0);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Server.StopAsync(now.Token).WaitAsync(Client.Patience);
        await Server.DisposeAsync();
    }
}
