namespace SmtpModel.Testing.Tests.Learning;

/// <summary>The embedded session in memory with something planted in it: what is planted sees each line first, and may answer
/// it.</summary>
/// <param name="plant">
/// Makes what is planted in one session: it is given a way to send lines to the session, and then each line; it gives a reply, or null
/// where the session answers.
/// </param>
/// <param name="profile">What the session is of; RFC 5321 when left out.</param>
internal sealed class PlantedTarget(
    Func<Func<string, Task<int>>, Func<string, Task<Observation?>>> plant,
    Machines.Profile? profile = null
) : ITarget
{
    private readonly InMemoryTarget _inner = InMemoryTarget.Of(profile ?? Spec.Profiles.Rfc5321);

    public string Name => "the planted server";

    public int Sessions { get; private set; }

    public long Inputs { get; private set; }

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        Sessions++;
        var session = await _inner.ConnectAsync(greeting, cancellation);
        return new Session(this, session, plant(async line => (await session.SendAsync(Octets(line), 0, cancellation)).Code));
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private static byte[] Octets(string line) => System.Text.Encoding.Latin1.GetBytes(line + "\r\n");

    private sealed class Session(PlantedTarget target, ITargetSession inner, Func<string, Task<Observation?>> planted) : IRepliesSession
    {
        private bool _isOver;

        public Observation Greeting => inner.Greeting;

        public Protocol.StoredMessage? Delivered => inner.Delivered;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            target.Inputs++;
            var line = System.Text.Encoding.Latin1.GetString(octets.Span).Split("\r\n")[0];
            var came = _isOver ? new Observation(ObservationKind.Closed)
                : await planted(line) ?? await inner.SendAsync(octets, script, cancellation);
            _isOver |= came.Kind is ObservationKind.Closed || came.Code == 421;
            return came;
        }

        public async ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
            _isOver ? new Observation(ObservationKind.Closed) : await ((IRepliesSession)inner).ReadAsync(patience, cancellation);

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
