using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Shrinking;

/// <summary>Counts what a server is sent, session by session.</summary>
internal sealed class CountingTarget(ITarget inner) : ITarget
{
    public List<int> Sent { get; } = [];

    public string Name => inner.Name;

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        Sent.Add(0);
        return new Session(this, await inner.ConnectAsync(greeting, cancellation));
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Session(CountingTarget target, ITargetSession inner) : ITargetSession
    {
        public Observation Greeting => inner.Greeting;

        public StoredMessage? Delivered => inner.Delivered;

        public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            target.Sent[^1]++;
            return inner.SendAsync(octets, script, cancellation);
        }

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
