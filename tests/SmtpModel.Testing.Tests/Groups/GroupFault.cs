using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Groups;

/// <summary>A fault that only inputs in one packet show; each of them alone is answered as it should be.</summary>
/// <param name="Does">What the server does, in words.</param>
/// <param name="Steps">The moves of the shortest session that shows it.</param>
/// <param name="Inputs">The inputs of the smallest packet that shows it.</param>
/// <param name="Answer">What comes for a packet: it is given the packet and what answers one input.</param>
internal sealed record GroupFault(
    string Does, int Steps, int Inputs, Func<IReadOnlyList<Step>, Func<Step, Task<Observation>>, Task<List<Observation>>> Answer)
{
    public ITarget Server(ITarget inner) => new Target(inner, this);

    public override string ToString() => Does;

    /// <summary>Everything is as it should be: the control.</summary>
    public static async Task<List<Observation>> FaithfulAsync(IReadOnlyList<Step> packet, Func<Step, Task<Observation>> answer)
    {
        List<Observation> came = [];
        foreach (var step in packet)
        {
            came.Add(await answer(step));
        }

        return came;
    }

    private sealed class Target(ITarget inner, GroupFault fault) : ITarget
    {
        public string Name => $"{inner.Name}: {fault.Does}";

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            new Session(await inner.ConnectAsync(greeting, cancellation), fault);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    // all that has come is answered before the next packet is read
    private sealed class Session(ITargetSession inner, GroupFault fault) : IGroupSession
    {
        private readonly Queue<Observation> _unread = [];
        private StoredMessage? _delivered;

        public Observation Greeting => inner.Greeting;

        public StoredMessage? Delivered => _delivered;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            var came = await inner.SendAsync(octets, script, cancellation);
            _delivered = inner.Delivered;
            return came;
        }

        public async ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation)
        {
            _delivered = null;
            var came = await fault.Answer(packet, async step =>
            {
                var answer = await inner.SendAsync(step.Move.Octets, step.Script, cancellation);
                _delivered ??= inner.Delivered;
                return answer;
            });
            came.ForEach(_unread.Enqueue);
        }

        public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
            ValueTask.FromResult(_unread.TryDequeue(out var came) ? came : new Observation(ObservationKind.Silence));

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            ValueTask.FromResult<Observation?>(_unread.TryDequeue(out var came) ? came : null);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
