namespace SmtpModel.Testing.Engine;

/// <summary>What was learned: a machine, with the way to each state. A transition that is not known leads nowhere and draws
/// null.</summary>
/// <param name="Access">For each state the inputs that lead to it; the first state has none.</param>
/// <param name="Modes">The mode of each state.</param>
/// <param name="Next">Where an input leads, by state and input; -1 where the session is over or it is not known.</param>
/// <param name="Output">What it draws; null where it is never sent or not known.</param>
internal sealed record LearnedMachine(IReadOnlyList<IReadOnlyList<int>> Access, IReadOnlyList<int> Modes, int[,] Next, string?[,] Output)
{
    /// <summary>How many states it has.</summary>
    public int Count => Access.Count;

    /// <summary>How many inputs it has.</summary>
    public int Inputs => Output.GetLength(1);

    /// <summary>Where some inputs lead from a state; -1 where the session is over or nothing is known.</summary>
    /// <param name="state">The state.</param>
    /// <param name="inputs">The inputs.</param>
    public int After(int state, IEnumerable<int> inputs)
    {
        foreach (var input in inputs)
        {
            if (state < 0)
            {
                return -1;
            }

            state = Next[state, input];
        }

        return state;
    }

    /// <summary>
    /// The same without states in which every input draws that the session is over: it was over before, and the output that leads there
    /// says so instead.
    /// </summary>
    /// <param name="over">The output that says that the session is over.</param>
    /// <param name="ends">The text of an output behind which it is.</param>
    public LearnedMachine WithoutDead(string over, Func<string, string> ends)
    {
        var known = Enumerable.Range(0, Inputs);
        List<int> living = [.. Enumerable.Range(0, Count).Where(state =>
            state == 0 || known.All(input => Output[state, input] is null)
            || known.Any(input => Output[state, input] is { } output && output != over))];
        var (next, output) = (new int[living.Count, Inputs], new string?[living.Count, Inputs]);
        foreach (var (place, state) in living.Index())
        {
            foreach (var input in known)
            {
                var to = Next[state, input];
                next[place, input] = to < 0 ? -1 : living.IndexOf(to);
                output[place, input] = to >= 0 && next[place, input] < 0 ? ends(Output[state, input]!) : Output[state, input];
            }
        }

        return new LearnedMachine([.. living.Select(state => Access[state])], [.. living.Select(state => Modes[state])], next, output);
    }

    /// <summary>The same for the suites: an output is a number, the place of its text.</summary>
    /// <param name="states">The names of the states.</param>
    /// <param name="inputs">The names of the inputs.</param>
    public (Mealy Mealy, IReadOnlyList<string> Outputs) ToMealy(IReadOnlyList<string> states, IReadOnlyList<string> inputs)
    {
        List<string> words = [];
        var output = new int[Count, Inputs];
        for (var state = 0; state < Count; state++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                var word = Output[state, input];
                if (word is not null && !words.Contains(word))
                {
                    words.Add(word);
                }

                output[state, input] = word is null ? -1 : words.IndexOf(word);
            }
        }

        return (new Mealy(states, inputs, Next, output), words);
    }
}

/// <summary>What came of learning.</summary>
/// <param name="Machine">The machine, as far as it is known.</param>
/// <param name="ExtraStates">The machine is right if the system has at most so many states more; -1 where it is not known whole.</param>
/// <param name="Sessions">How many sessions were played.</param>
/// <param name="Inputs">How many inputs they had together.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Stopped">What kept it from more; null where all that was asked for was done.</param>
internal sealed record Learned(LearnedMachine Machine, int ExtraStates, int Sessions, long Inputs, TimeSpan Elapsed, string? Stopped)
{
    /// <summary>Where the same inputs drew different outputs, and what was made of it.</summary>
    public required IReadOnlyList<Unsteadiness> Unsteady { get; init; }

    /// <summary>All sessions that the machine was made of, those that were not played anew this time too.</summary>
    public required IReadOnlyList<PlayedSession> Played { get; init; }

    /// <summary>How many random middles were played.</summary>
    public int Middles { get; init; }
}

/// <summary>The same inputs drew different outputs.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="First">What the last of them drew at first.</param>
/// <param name="FirstSession">The number of that session.</param>
/// <param name="Then">What it drew later.</param>
/// <param name="ThenSession">The number of that session.</param>
/// <param name="Kept">What most of the sessions drew when it was asked again; null where none was drawn by most.</param>
internal sealed record Unsteadiness(IReadOnlyList<int> Inputs, string First, int FirstSession, string Then, int ThenSession, string? Kept);
