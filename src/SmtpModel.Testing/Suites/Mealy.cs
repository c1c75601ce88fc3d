namespace SmtpModel.Testing.Engine;

/// <summary>
/// A deterministic machine with outputs: what a server does once its choices are settled. An input may be undefined in a
/// state; then no test sends it there. Sequences end where the output says that the channel was closed.
/// </summary>
public sealed class Mealy
{
    private readonly int[,] _next;
    private readonly int[,] _output;

    /// <summary>A machine.</summary>
    /// <param name="states">The names of its states, the first one first.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="next">Where an input leads, by state and input; -1 where it is undefined or ends the session.</param>
    /// <param name="output">What it draws, by state and input; -1 where it is undefined.</param>
    public Mealy(IReadOnlyList<string> states, IReadOnlyList<string> inputs, int[,] next, int[,] output)
    {
        (States, Inputs, _next, _output) = (states, inputs, next, output);
    }

    /// <summary>
    /// Whether a server answers nothing to an input where it is undefined, as to a command within mail data; then a reply tells
    /// that it is in another state. Otherwise nothing is known of what it would answer.
    /// </summary>
    public bool IsSilentWhereUndefined { get; init; } = true;

    /// <summary>The names of the states, the first one first.</summary>
    public IReadOnlyList<string> States { get; }

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Whether an input may be sent in a state.</summary>
    /// <param name="state">The state's place.</param>
    /// <param name="input">The input's place.</param>
    public bool IsDefined(int state, int input) => state >= 0 && _output[state, input] >= 0;

    /// <summary>Where an input leads; -1 when the session is over then.</summary>
    /// <param name="state">The state's place.</param>
    /// <param name="input">The input's place.</param>
    public int Next(int state, int input) => _next[state, input];

    /// <summary>What an input draws.</summary>
    /// <param name="state">The state's place.</param>
    /// <param name="input">The input's place.</param>
    public int Output(int state, int input) => _output[state, input];

    /// <summary>Where a sequence leads from a state; -1 when the session is over, and -2 when an input on the way is undefined.</summary>
    /// <param name="state">The state's place.</param>
    /// <param name="inputs">The sequence.</param>
    public int After(int state, IEnumerable<int> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs)
        {
            if (!IsDefined(state, input))
            {
                return -2;
            }

            state = Next(state, input);
        }

        return state;
    }

    /// <summary>A copy in which one input of one state leads elsewhere or draws something else.</summary>
    /// <param name="state">The state's place.</param>
    /// <param name="input">The input's place.</param>
    /// <param name="next">Where it leads.</param>
    /// <param name="output">What it draws.</param>
    public Mealy With(int state, int input, int next, int output)
    {
        var nexts = (int[,])_next.Clone();
        var outputs = (int[,])_output.Clone();
        (nexts[state, input], outputs[state, input]) = (next, output);
        return new Mealy(States, Inputs, nexts, outputs) { IsSilentWhereUndefined = IsSilentWhereUndefined };
    }
}
