using System.Text;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests.Support;

/// <summary>The project's own session, some of whose replies are changed on their way: a server with faults, and with anything in its
/// texts.</summary>
internal sealed class ChangedTarget(string name, Profile profile, Func<string, Reply, Reply> change) : ITarget
{
    private readonly InMemoryTarget _inner = InMemoryTarget.Of(profile);

    public string Name => name;

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        new Session(await _inner.ConnectAsync(greeting, cancellation), change);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private sealed class Session(ITargetSession inner, Func<string, Reply, Reply> change) : ITargetSession
    {
        public Observation Greeting => Changed("", inner.Greeting);

        public Protocol.StoredMessage? Delivered => inner.Delivered;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation) =>
            Changed(Encoding.Latin1.GetString(octets.Span).TrimEnd(), await inner.SendAsync(octets, script, cancellation));

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private Observation Changed(string sent, Observation came)
        {
            if (came.Kind is not ObservationKind.Reply)
            {
                return came;
            }

            var reply = change(sent, came.Reply ?? new Reply(came.Code, ["as the model says"]));
            return came with { Code = reply.Code, Reply = reply };
        }
    }
}
