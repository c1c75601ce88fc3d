using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>
/// The project's own session in the same process, without sockets: for tests at full speed. It takes scripts, can cut what
/// it is sent into pieces, and can run over a changed order.
/// </summary>
public sealed class InMemoryTarget : ITarget
{
    private readonly ProvokedPolicy _policy = new();
    private readonly MemorySession _session;

    private InMemoryTarget(string name, Func<SessionSettings, SitePolicy, SmtpSession> create, int piece)
    {
        Name = name;
        _session = new MemorySession(create(new SessionSettings { HostName = "mx.example.test" }, _policy), _policy, piece);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The session of a profile: as it is generated, or over the table of one that was composed just now.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="piece">How many octets the session is given at a time; 0 for all at once.</param>
    public static InMemoryTarget Of(Profile profile, int piece = 0)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new InMemoryTarget($"{profile} in memory", ProfileSessions.Of(profile), piece);
    }

    /// <summary>The same session over the table of a mutant: a server that is wrong in one place.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <param name="piece">How many octets the session is given at a time; 0 for all at once.</param>
    public static InMemoryTarget Of(Mutant mutant, int piece = 0)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return Of(mutant.Order, $"the mutant {mutant.Id} of {mutant.Profile} in memory", piece);
    }

    /// <summary>The session over an order of one's own, as a changed table.</summary>
    internal static InMemoryTarget Of<TOrder>(TOrder order, string name, int piece = 0) where TOrder : struct, ISessionOrder =>
        new(name, (settings, policy) => SmtpSession.Create(order, settings, policy), piece);

    /// <summary>The session itself, for what cannot be seen from outside: its state and its buffers.</summary>
    internal SmtpSession Session => _session.Session;

    /// <inheritdoc/>
    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _session.Open(greeting);
        return ValueTask.FromResult<ITargetSession>(_session);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // one session, used again and again: connecting is to make it new
    private sealed class MemorySession(SmtpSession session, ProvokedPolicy policy, int piece) : ITargetSession
    {
        private bool _isClosed;

        public SmtpSession Session => session;

        public Observation Greeting { get; private set; }

        public StoredMessage? Delivered { get; private set; }

        public void Open(int greeting)
        {
            session.Reset();
            _isClosed = false;
            policy.Script = greeting;
            session.Open();
            Greeting = Observe();
        }

        public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            if (_isClosed)
            {
                return ValueTask.FromResult(new Observation(ObservationKind.Closed));
            }

            policy.Script = script;
            Delivered = null;
            var rest = octets.Span;
            while (rest.Length > 0 && session.Status is not SessionStatus.Ended)
            {
                var next = piece == 0 ? rest : rest[..Math.Min(piece, rest.Length)];
                rest = rest[session.Receive(next)..];
                if (session.Status is SessionStatus.Delivering)
                {
                    Deliver(script);
                }
            }

            return ValueTask.FromResult(Observe());
        }

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) => ValueTask.FromResult<Observation?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Deliver(int script)
        {
            var code = script != 0 ? script : Provocation.In(session.Message.Data.Span);
            Delivered = session.Message.Copy();
            session.CompleteDelivery(new Decision(code, null));
        }

        private Observation Observe()
        {
            var output = session.Output.Span;
            _isClosed = session.Status is SessionStatus.Ended;
            var observation = output.IsEmpty ? new Observation(_isClosed ? ObservationKind.Closed : ObservationKind.Silence) : Read(output);
            session.ClearOutput();
            return observation;
        }

        // the form of the replies is a matter for tests of its own; here the code counts, and that there is one reply only
        private static Observation Read(ReadOnlySpan<byte> output)
        {
            var code = 0;
            while (true)
            {
                code = ((output[0] - '0') * 100) + ((output[1] - '0') * 10) + (output[2] - '0');
                var end = output.IndexOf((byte)'\n');
                var isLast = output[3] != '-';
                output = output[(end + 1)..];
                if (isLast)
                {
                    return output.IsEmpty ? new Observation(ObservationKind.Reply, code)
                        : new Observation(ObservationKind.NoReply, code, Fault: "more than one reply");
                }
            }
        }
    }
}
