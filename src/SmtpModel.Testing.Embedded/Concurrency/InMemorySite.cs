using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>The project's own sessions in the same process, any number of them at a time, with one store behind them.</summary>
public sealed class InMemorySite : IObservedSite
{
    private readonly Func<InMemoryTarget> _create;
    private readonly Stack<InMemoryTarget> _free = new();
    private readonly List<StoredMessage> _delivered = [];

    internal InMemorySite(string name, Func<InMemoryTarget> create) => (Name, _create) = (name, create);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Sessions of a profile as they are generated.</summary>
    /// <param name="profile">The profile.</param>
    public static InMemorySite Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new InMemorySite($"{profile} in memory", () => InMemoryTarget.Of(profile));
    }

    /// <inheritdoc/>
    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        var target = _free.TryPop(out var free) ? free : _create();
        return new Session(this, target, (IGroupSession)await target.ConnectAsync(greeting, cancellation));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMessage> TakeDelivered()
    {
        StoredMessage[] delivered = [.. _delivered];
        _delivered.Clear();
        return delivered;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Session(InMemorySite site, InMemoryTarget target, IGroupSession inner) : IRawSession, IGroupSession
    {
        private bool _isFirst;

        public Observation Greeting { get; } = inner.Greeting;

        public StoredMessage? Delivered => inner.Delivered;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation) =>
            Note(await inner.SendAsync(octets, script, cancellation));

        public ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation)
        {
            _isFirst = true;
            return inner.WriteAsync(packet, cancellation);
        }

        // mail data is the first of its packet
        public async ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation)
        {
            var observation = await inner.ReadAsync(patience, cancellation);
            (var isFirst, _isFirst) = (_isFirst, false);
            return isFirst ? Note(observation) : observation;
        }

        public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation) =>
            (await inner.SendAsync(octets, 0, cancellation)).Kind is ObservationKind.Silence;

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        private Observation Note(Observation observation)
        {
            if (inner.Delivered is { } delivered && observation is { Kind: ObservationKind.Reply, Code: < 400 })
            {
                site._delivered.Add(delivered);
            }

            return observation;
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            site._free.Push(target);
        }
    }
}
