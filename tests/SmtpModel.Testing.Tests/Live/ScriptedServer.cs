using System.Net;
using System.Net.Sockets;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Live;

/// <summary>
/// The live server on a loopback port, which gives the replies of a script shared with the test. One connection at a time:
/// the script is the server's, not the connection's.
/// </summary>
internal sealed class ScriptedServer : ITarget
{
    private static readonly TcpTimeouts Timeouts = new();
    private readonly ProvokedPolicy _policy = new();
    private readonly RecordingStore _store;
    private readonly SmtpServer _server;
    private readonly bool _isByteByByte;

    private ScriptedServer(Profile profile, bool isByteByByte)
    {
        _isByteByByte = isByteByByte;
        _store = new RecordingStore(_policy);
        _server = new SmtpServer(new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Profile = profile.Name,
            Policy = _policy,
            Store = _store,
            OnFault = fault => Faults.Enqueue(fault),
        });
    }

    public string Name => $"the {_server.Options.Profile} server over TCP{(_isByteByByte ? ", octet by octet" : "")}";

    /// <summary>What went wrong inside the server.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<ServerFault> Faults { get; } = [];

    public static async Task<ScriptedServer> StartAsync(Profile profile, bool isByteByByte = false)
    {
        var server = new ScriptedServer(profile, isByteByByte);
        await server._server.StartAsync();
        return server;
    }

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        _policy.Script = greeting;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_server.EndPoints[0], cancellation);
        var session = new TcpSession(new TcpChannel(socket), Timeouts, new Handshake(new TlsClientOptions(), "127.0.0.1"));
        await session.GreetAsync(isKnown: true, cancellation);
        return new Session(this, socket, session);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Session(ScriptedServer server, Socket socket, TcpSession session) : IGroupSession
    {
        public Observation Greeting => session.Greeting;

        public StoredMessage? Delivered => server._store.Last;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            server._policy.Script = script;
            server._store.Last = null;
            try
            {
                while (server._isByteByByte && octets.Length > 1)
                {
                    await socket.SendAsync(octets[..1], SocketFlags.None, cancellation);
                    octets = octets[1..];
                }
            }
            catch (SocketException)
            {
                // the server has closed, which the session finds out too
            }

            return await session.SendAsync(octets, script, cancellation);
        }

        public ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation) =>
            session.WriteAsync(packet, cancellation);

        public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
            session.ReadAsync(patience, cancellation);

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            session.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }

    private sealed class RecordingStore(ProvokedPolicy policy) : IMessageStore
    {
        private volatile StoredMessage? _last;

        public StoredMessage? Last
        {
            get => _last;
            set => _last = value;
        }

        public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
        {
            // one recipient after the other where each has a reply
            var copy = message.Copy();
            Last = Last is { } before ? copy with { ForwardPaths = [.. before.ForwardPaths, .. copy.ForwardPaths] } : copy;
            var code = policy.Script != 0 ? policy.Script : Provocation.In(message.Data.Span);
            return ValueTask.FromResult(new Decision(code, null));
        }
    }
}
