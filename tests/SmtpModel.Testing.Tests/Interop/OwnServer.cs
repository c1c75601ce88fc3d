using System.Net;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Interop;

// The project's server on a loopback port, with what it took.
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly SmtpServer _server;

    private OwnServer(string profile) => _server = new SmtpServer(new SmtpServerOptions
    {
        EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
        Profile = profile,
        Session = new SessionSettings { HostName = "mx.example.test" },
        Store = _store,
        OnFault = Faults.Enqueue,
    });

    public System.Collections.Concurrent.ConcurrentQueue<ServerFault> Faults { get; } = [];

    public int Port => _server.EndPoints[0].Port;

    public IReadOnlyList<StoredMessage> Messages => _store.Messages;

    public static async Task<OwnServer> StartAsync(string profile)
    {
        var server = new OwnServer(profile);
        await server._server.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
