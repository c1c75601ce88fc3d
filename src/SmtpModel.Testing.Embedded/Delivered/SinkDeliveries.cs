using System.Net;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>A server of the tester's own that the server sends on to, or delivers to: it takes all mail, and keeps what is
/// marked.</summary>
internal sealed class SinkDeliveries : Deliveries
{
    // what a server that sends on must not have to change a message for
    private static readonly Profile Smtp = Profiles.Composed("8BITMIME", "SIZE", "PIPELINING", "CHUNKING", "SMTPUTF8");

    private readonly IPEndPoint _listen;
    private readonly bool _isLmtp;
    private readonly Store _store;
    private readonly SmtpServer _server;

    private SinkDeliveries(IPEndPoint listen, bool isLmtp)
    {
        _store = new Store(isRelayed: !isLmtp);
        _server = new SmtpServer(new SmtpServerOptions
        {
            EndPoints = [listen],
            Session = new SessionSettings { HostName = "sink.example.test" },
            Store = _store,
        }.Serving(isLmtp ? Profiles.Lmtp : Smtp));
        (_listen, _isLmtp) = (listen, isLmtp);
    }

    /// <inheritdoc/>
    public override string Name => $"{(_isLmtp ? "lmtp" : "smtp")}:{(_server.EndPoints is [var bound, ..] ? bound : _listen)}";

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _server.EndPoints[0];

    /// <summary>Starts it.</summary>
    /// <param name="listen">Where it listens; port 0 lets the system choose.</param>
    /// <param name="isLmtp">Whether it speaks LMTP.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<SinkDeliveries> StartAsync(IPEndPoint listen, bool isLmtp)
    {
        var sink = new SinkDeliveries(listen, isLmtp);
        try
        {
            await sink._server.StartAsync();
            return sink;
        }
        catch (ListenException fault)
        {
            await sink._server.DisposeAsync();
            throw new IOException($"{sink.Name}: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_store.Messages);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Store(bool isRelayed) : IMessageStore
    {
        private readonly Lock _lock = new();
        private readonly List<DeliveredMessage> _messages = [];

        public IReadOnlyList<DeliveredMessage> Messages
        {
            get
            {
                lock (_lock)
                {
                    return [.. _messages];
                }
            }
        }

        public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
        {
            var copy = message.Copy();
            var delivered = new DeliveredMessage(copy.Data)
            {
                ReversePath = Marking.Bare(copy.ReversePath),
                ForwardPaths = [.. copy.ForwardPaths.Select(Marking.Bare)],
                IsRelayed = isRelayed,
            };

            // others' mail is taken and forgotten
            if (Marking.IsMarked(delivered))
            {
                lock (_lock)
                {
                    _messages.Add(delivered);
                }
            }

            return new(Decision.Accept);
        }
    }
}
