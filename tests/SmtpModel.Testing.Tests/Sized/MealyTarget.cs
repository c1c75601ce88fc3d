using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Sized;

/// <summary>A server that answers as a machine does; what it was sent can be looked at.</summary>
internal sealed class MealyTarget(ResolvedMachine resolved, Mealy machine) : ITarget
{
    private readonly Dictionary<string, int> _inputs = resolved.Inputs.Select((move, input) => (move, input))
        .ToDictionary(pair => pair.move.Kind is MoveKind.Data ? "" : pair.move.Text, pair => pair.input, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the last session was sent: the places of inputs, -1 for what is none.</summary>
    public List<int> Sent { get; } = [];

    public string Name => "a machine";

    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        Sent.Clear();
        return ValueTask.FromResult<ITargetSession>(new Session(this));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private int InputOf(ReadOnlyMemory<byte> octets, int state)
    {
        var data = _inputs[""];
        if (machine.IsDefined(state, data) && !machine.IsDefined(state, 0))
        {
            return data;
        }

        // a line of a single dot is no command, and neither is another line without a keyword: one input of the machine
        var line = Encoding.Latin1.GetString(octets.Span).TrimEnd('\r', '\n');
        return _inputs.TryGetValue(line, out var input) ? input : _inputs.ContainsKey(line.Split(' ')[0]) ? -1 : data;
    }

    private sealed class Session(MealyTarget target) : ITargetSession
    {
        private int _state;

        public Observation Greeting => new(ObservationKind.Reply, 220);

        public StoredMessage? Delivered => null;

        public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            if (_state < 0)
            {
                return ValueTask.FromResult(new Observation(ObservationKind.Closed));
            }

            var input = target.InputOf(octets, _state);
            target.Sent.Add(input);
            if (input < 0)
            {
                // a keyword with something behind it that has no business there
                var known = target._inputs[Encoding.Latin1.GetString(octets.Span).Split(' ')[0]];
                return Reply(
                    ResolvedMachine.IsRefusal(target.Machine.Output(_state, known))
                    && target.Machine.Output(_state, known) % 1000 is 503 or 530
                        ? 503
                        : 501
                );
            }

            var output = target.Machine.Output(_state, input);
            _state = target.Machine.Next(_state, input);
            return Reply(output % ResolvedMachine.Closes);
        }

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            ValueTask.FromResult<Observation?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static ValueTask<Observation> Reply(int code) => ValueTask.FromResult(new Observation(ObservationKind.Reply, code));
    }

    private Mealy Machine => machine;
}
