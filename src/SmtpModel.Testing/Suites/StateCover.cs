namespace SmtpModel.Testing.Engine;

/// <summary>Shortest sequences to each state of a machine, and what can be put behind them.</summary>
internal sealed class StateCover
{
    private readonly int[]?[] _access;

    private StateCover(Mealy machine, int[]?[] access) => (Machine, _access) = (machine, access);

    public Mealy Machine { get; }

    /// <summary>The sequence that leads to a state.</summary>
    public int[] this[int state] => _access[state]!;

    public static StateCover Of(Mealy machine)
    {
        var access = new int[]?[machine.States.Count];
        access[0] = [];
        var open = new Queue<int>([0]);
        while (open.TryDequeue(out var state))
        {
            for (var input = 0; input < machine.Inputs.Count; input++)
            {
                if (!machine.IsDefined(state, input) || machine.Next(state, input) is not (>= 0 and var next))
                {
                    continue;
                }

                int[] sequence = [.. access[state]!, input];
                if (access[next] is null)
                {
                    access[next] = sequence;
                    open.Enqueue(next);
                }
                else if (access[next]!.Length == sequence.Length && Refusals(machine, sequence) < Refusals(machine, access[next]!))
                {
                    // a server that hangs up after some refusals is got furthest with
                    access[next] = sequence;
                }
            }
        }

        var unreached = Array.IndexOf(access, null);
        return unreached < 0
            ? new StateCover(machine, access)
            : throw new ArgumentException(
                $"the state {machine.States[unreached]} cannot be reached, so no suite can verify it",
                nameof(machine)
            );
    }

    /// <summary>The state cover followed by every sequence of a length that is defined there; those that end the session stop
    /// early.</summary>
    public IEnumerable<int[]> Extended(int length)
    {
        IEnumerable<int[]> sequences = _access!;
        for (var round = 0; round < length; round++)
        {
            sequences = sequences.SelectMany(Successors);
        }

        return sequences;
    }

    private static int Refusals(Mealy machine, int[] sequence)
    {
        var (state, refusals) = (0, 0);
        foreach (var input in sequence)
        {
            refusals += ResolvedMachine.IsRefusal(machine.Output(state, input)) ? 1 : 0;
            state = machine.Next(state, input);
        }

        return refusals;
    }

    private IEnumerable<int[]> Successors(int[] sequence)
    {
        var state = Machine.After(0, sequence);
        return state < 0
            ? []
            : Enumerable
                .Range(0, Machine.Inputs.Count)
                .Where(input => Machine.IsDefined(state, input))
                .Select(input => (int[])[.. sequence, input]);
    }
}
