using System.Globalization;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>A machine in memory as a system to be learned; what each session sends is counted.</summary>
internal sealed class MealySystem(Mealy machine) : ILearnable
{
    private readonly List<string> _modes = [];

    public int Sessions { get; private set; }

    public long Sent { get; private set; }

    /// <summary>Changes what is answered: the number of the session, the inputs so far, and what the machine answers.</summary>
    public Func<int, IReadOnlyList<int>, string, string> Answer { get; init; } = (_, _, output) => output;

    public int Inputs => machine.Inputs.Count;

    public int FirstMode => Mode(0);

    // what is said behind the slash is which inputs may follow
    public int ModeBehind(int mode, string output) => output.EndsWith("/over", StringComparison.Ordinal) ? ILearnable.Over
        : int.Parse(output.Split('/')[1], CultureInfo.InvariantCulture);

    public bool Takes(int mode, int input) => _modes[mode][input] == '1';

    public ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation)
    {
        Sessions++;
        return ValueTask.FromResult<ILearnableSession>(new Session(this));
    }

    /// <summary>The text of an output that leads to a state.</summary>
    public string Says(int output, int next) => $"{output}/{(next < 0 ? "over" : Mode(next))}";

    private int Mode(int state)
    {
        var taken = string.Concat(Enumerable.Range(0, Inputs).Select(input => machine.IsDefined(state, input) ? '1' : '0'));
        if (!_modes.Contains(taken))
        {
            _modes.Add(taken);
        }

        return _modes.IndexOf(taken);
    }

    private sealed class Session(MealySystem system) : ILearnableSession
    {
        private readonly Mealy _machine = system.Machine;
        private readonly List<int> _inputs = [];
        private int _state;

        public ValueTask<string> SendAsync(int input, CancellationToken cancellation)
        {
            Assert.True(_machine.IsDefined(_state, input), "an input was sent where it is not defined");
            system.Sent++;
            _inputs.Add(input);
            var output = _machine.Output(_state, input);
            _state = _machine.Next(_state, input);
            return ValueTask.FromResult(system.Answer(system.Sessions, _inputs, system.Says(output, _state)));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private Mealy Machine => machine;
}
