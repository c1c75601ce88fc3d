using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>A server that delivers a message to each recipient by itself, with a fault between taking it and delivering it.</summary>
internal sealed class DeliveringServer : Deliveries, IMessageStore
{
    private readonly ConcurrentQueue<(int Number, DeliveredMessage Message)> _delivered = new();
    private readonly DeliveryFault _fault;
    private readonly SmtpServer _server;
    private readonly Seen _seen = new();
    private int _taken;

    // what sessions share, in a server that keeps it once for all of them; null where each has its own
    private readonly Concurrency.Shared? _shared;
    private readonly List<SmtpSession> _sessions = [];

    private DeliveringServer(DeliveryFault fault, Machines.Profile? profile, Concurrency.Shared? shared)
    {
        (_fault, _shared) = (fault, shared);
        _server = new SmtpServer(new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Session = new SessionSettings { HostName = "mx.example.test" },
            Policy = new Site(),
            Store = this,
            ExchangeTransport = Watch,
        }.Serving(profile ?? Profiles.Composed("8BITMIME")));
    }

    public override string Name => "memory";

    public TcpTarget Target => new("127.0.0.1", _server.EndPoints[0].Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(5) });

    public static async Task<DeliveringServer> StartAsync(
        DeliveryFault fault,
        Machines.Profile? profile = null,
        Concurrency.Shared? shared = null
    )
    {
        var server = new DeliveringServer(fault, profile, shared);
        await server._server.StartAsync();
        return server;
    }

    public override ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation) =>
        new([.. _delivered.Where(one => _fault.Holds?.Invoke(one.Number) is not true).Select(one => one.Message)]);

    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var code = Provocation.In(message.Data.Span);
        var copy = message.Copy();
        if (code < 400 || _fault.TakesRefused)
        {
            Deliver(copy);
        }

        return ValueTask.FromResult(new Decision(code, null));
    }

    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Deliver(StoredMessage message)
    {
        var number = Interlocked.Increment(ref _taken);
        foreach (var one in _fault.Deliver(message, _seen))
        {
            _delivered.Enqueue((
                number,
                new DeliveredMessage(
                    (byte[])[.. "Received: from client by mx.example.test;\r\n\tMon, 01 Jan 2024 00:00:03 +0000\r\n"u8, .. one.Data.Span]
                )
                {
                    ReversePath = one.ReversePath.Trim('<', '>'),
                    ForwardPaths = [.. one.ForwardPaths.Select(path => path.Trim('<', '>'))],
                    IsRelayed = true,
                }
            ));
        }
    }

    private ValueTask<ITransport?> Watch(SmtpSession session, ITransport transport)
    {
        if (transport is not Spy)
        {
            _seen.Lines.Clear();
        }

        lock (_sessions)
        {
            if (_shared is { } what && !_sessions.Contains(session))
            {
                Concurrency.Sharing.Join(_sessions, session, what);
            }
        }

        return new(transport is Spy ? null : new Spy(transport, this, session));
    }

    // what was not finished is taken when the channel goes, by a server that is wrong so
    private void Lost(SmtpSession session)
    {
        if (_fault.TakesUnfinished && session.IsReceivingData)
        {
            Deliver(session.Message.Copy());
        }
    }

    private sealed class Site : SitePolicy
    {
        public override Decision OnForwardPath(in SessionRequest request) =>
            request.Domain.SequenceEqual("elsewhere.invalid"u8) ? Decision.Refuse(550, "Not here") : Decision.Accept;
    }

    private sealed class Spy(ITransport inner, DeliveringServer server, SmtpSession session) : ITransport
    {
        public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            var count = await inner.ReceiveAsync(buffer);
            if (count <= 0)
            {
                server.Lost(session);
            }
            else
            {
                server._seen.Lines.Add(Encoding.Latin1.GetString(buffer.Span[..count]));
            }

            return count;
        }

        public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets) => inner.SendAsync(octets);

        public ValueTask EndSendAsync() => inner.EndSendAsync();

        public void Cut() => inner.Cut();

        public void Dispose() => inner.Dispose();
    }
}

/// <summary>What came on the connection that is served, as it was received.</summary>
internal sealed class Seen
{
    public List<string> Lines { get; } = [];

    /// <summary>The paths of the lines that begin with a verb, accepted or not.</summary>
    public IEnumerable<string> Paths(string verb) =>
        Lines
            .Where(line => line.StartsWith(verb, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('<', StringComparison.Ordinal)..(line.IndexOf('>', StringComparison.Ordinal) + 1)]);
}
