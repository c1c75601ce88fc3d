using System.Text;
using SmtpModel.Machines;
using SmtpModel.Protocol;
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

    private InMemoryTarget(string name, Func<SessionSettings, SitePolicy, SmtpSession> create, int piece, string[]? forEach)
    {
        Name = name;
        _session = new MemorySession(create(new SessionSettings { HostName = "mx.example.test" }, _policy), _policy, piece, forEach);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The session of a profile: as it is generated, or over the table of one that was composed just now.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="piece">How many octets the session is given at a time; 0 for all at once.</param>
    public static InMemoryTarget Of(Profile profile, int piece = 0)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new InMemoryTarget($"{profile} in memory", ProfileSessions.Of(profile), piece, Keywords(profile.Table));
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
        new(name, (settings, policy) => SmtpSession.Create(order, settings, policy), piece, Keywords(order.Rows));

    // the verbs of what draws several replies, "" for mail data, which has none; null in a machine where nothing does
    private static string[]? Keywords(TransitionTable table) => table.ForEach.Count == 0 ? null
        : [.. table.ForEach.Keys.Select(command => command.Kind is InputKind.Line ? command.Variant?.Keyword ?? command.Name : "")];

    private static string[]? Keywords(OrderRows? rows) => rows?.Commands.Where(row => row.ForEach != BufferEffects.None)
        .Select(row => row.IsLine ? row.Keyword ?? row.Name : "").ToArray() is { Length: > 0 } found ? found : null;

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

    // one session, used again and again: connecting is to make it new. Where inputs draw several replies they are read one by one
    private sealed class MemorySession(SmtpSession session, ProvokedPolicy policy, int piece, string[]? forEach) : IGroupSession
    {
        private readonly Queue<int> _unread = new();
        private bool _isClosed;

        public SmtpSession Session => session;

        public Observation Greeting { get; private set; }

        public StoredMessage? Delivered { get; private set; }

        public void Open(int greeting)
        {
            session.Reset();
            _unread.Clear();
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

            Delivered = null;
            // what ends a message is answered for each recipient: mail data, and a chunk, which is refused for each as well
            var isAnsweredForEach =
                forEach is not null && (session.IsReceivingData || Array.Exists(forEach, keyword => Begins(octets.Span, keyword)));
            Receive(octets.Span, script);
            return isAnsweredForEach ? ReadAsync(null, cancellation) : ValueTask.FromResult(Observe());
        }

        // a script is for one input, so that what is scripted is given to the session input by input; it cannot tell
        public ValueTask WriteAsync(IReadOnlyList<Step> packet, CancellationToken cancellation)
        {
            Delivered = null;
            if (packet.All(step => step.Script == 0))
            {
                Receive([.. packet.SelectMany(step => step.Move.Octets.ToArray())], 0);
            }
            else
            {
                foreach (var step in packet)
                {
                    Receive(step.Move.Octets.Span, step.Script);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation)
        {
            Collect();
            return ValueTask.FromResult(_unread.TryDequeue(out var code) ? new Observation(ObservationKind.Reply, code)
                : new Observation(_isClosed ? ObservationKind.Closed : ObservationKind.Silence));
        }

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            ValueTask.FromResult(_unread.TryDequeue(out var code) ? new Observation(ObservationKind.Reply, code) : (Observation?)null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Receive(ReadOnlySpan<byte> octets, int script)
        {
            policy.Script = script;
            while (octets.Length > 0 && session.Status is not SessionStatus.Ended)
            {
                var next = piece == 0 ? octets : octets[..Math.Min(piece, octets.Length)];
                var taken = session.Receive(next);
                octets = octets[taken..];
                if (session.Status is SessionStatus.Delivering)
                {
                    Deliver(script);
                }
                else if (session.Status is SessionStatus.Securing)
                {
                    // there is no wire here, so nothing to make a handshake on; what is left came in clear
                    session.CompleteHandshake();
                    return;
                }
                else if (taken < next.Length)
                {
                    // it wants its output read before it goes on
                    Collect();
                }
            }
        }

        private void Deliver(int script)
        {
            var code = script != 0 ? script : Provocation.In(session.Message.Data.Span);
            Delivered = session.Message.Copy();
            while (session.Status is SessionStatus.Delivering)
            {
                session.CompleteDelivery(new Decision(code, null));
            }
        }

        // the form of the replies is a matter for tests of its own; here the code counts, and that there is one reply only
        private Observation Observe()
        {
            var output = session.Output.Span;
            _isClosed = session.Status is SessionStatus.Ended;
            var code = output.IsEmpty ? 0 : Next(ref output);
            var observation = code == 0 ? new Observation(_isClosed ? ObservationKind.Closed : ObservationKind.Silence)
                : output.IsEmpty ? new Observation(ObservationKind.Reply, code)
                : new Observation(ObservationKind.NoReply, code, Fault: "more than one reply");
            session.ClearOutput();
            return observation;
        }

        private void Collect()
        {
            var output = session.Output.Span;
            _isClosed = session.Status is SessionStatus.Ended;
            while (!output.IsEmpty)
            {
                _unread.Enqueue(Next(ref output));
            }

            session.ClearOutput();
        }

        private static bool Begins(ReadOnlySpan<byte> line, string keyword) => keyword.Length > 0 && line.Length > keyword.Length
            && line[keyword.Length] == ' ' && Ascii.EqualsIgnoreCase(line[..keyword.Length], keyword);

        // the code of the next reply, which is taken away
        private static int Next(ref ReadOnlySpan<byte> output)
        {
            while (true)
            {
                var code = ((output[0] - '0') * 100) + ((output[1] - '0') * 10) + (output[2] - '0');
                var isLast = output[3] != '-';
                output = output[(output.IndexOf((byte)'\n') + 1)..];
                if (isLast)
                {
                    return code;
                }
            }
        }
    }
}
