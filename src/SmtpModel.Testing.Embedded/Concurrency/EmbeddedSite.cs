using System.Collections.Concurrent;
using System.Net;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>The project's own server on a loopback port, which gives the replies that moves ask for and keeps what it is given until
/// asked.</summary>
public sealed class EmbeddedSite : IObservedSite
{
    private readonly KeepingStore _store = new();
    private readonly SmtpServer _server;
    private TcpTarget? _target;

    private EmbeddedSite(Profile profile, Func<SmtpSession, ITransport, ValueTask<ITransport?>>? betweenExchanges) =>
        _server = new SmtpServer(
            new SmtpServerOptions
            {
                EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
                Profile = profile.Name,
                Session = new SessionSettings { HostName = "mx.example.test" },
                Policy = new ProvokedPolicy(),
                Store = _store,
                ExchangeTransport = betweenExchanges,
            }
        );

    /// <inheritdoc/>
    public string Name => $"the embedded server ({_target!.Name})";

    /// <summary>Whether it has forgotten all connections that were closed, and none is open.</summary>
    internal bool IsIdle => _server.OpenConnections == 0;

    /// <summary>Starts a server.</summary>
    /// <param name="profile">The profile it keeps.</param>
    public static Task<EmbeddedSite> StartAsync(Profile profile) => StartAsync(profile, betweenExchanges: null);

    internal static async Task<EmbeddedSite> StartAsync(
        Profile profile,
        Func<SmtpSession, ITransport, ValueTask<ITransport?>>? betweenExchanges,
        TcpTimeouts? timeouts = null
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        var site = new EmbeddedSite(profile, betweenExchanges);
        await site._server.StartAsync();
        site._target = new TcpTarget("127.0.0.1", site._server.EndPoints[0].Port, timeouts);
        return site;
    }

    /// <inheritdoc/>
    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        _target!.ConnectAsync(greeting, cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> TakeDelivered()
    {
        List<StoredMessage> delivered = [];
        while (_store.Messages.TryDequeue(out var message))
        {
            delivered.Add(message);
        }

        return delivered;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class KeepingStore : IMessageStore
    {
        public ConcurrentQueue<StoredMessage> Messages { get; } = new();

        public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
        {
            var code = Provocation.In(message.Data.Span);
            if (code < 400)
            {
                Messages.Enqueue(message.Copy());
            }

            return ValueTask.FromResult(new Decision(code, null));
        }
    }
}
