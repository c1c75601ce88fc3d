namespace SmtpModel.Testing.Engine;

/// <summary>Shortest sequences that tell two states of a machine apart, by breadth-first search over pairs of states.</summary>
public sealed class Separation
{
    private readonly int[]?[,] _sequences;

    /// <summary>Works out all pairs.</summary>
    /// <param name="machine">The machine.</param>
    public Separation(Mealy machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Machine = machine;
        var count = machine.States.Count;
        _sequences = new int[]?[count, count];
        for (var grew = true; grew;)
        {
            grew = false;
            for (var one = 0; one < count; one++)
            {
                for (var other = one + 1; other < count; other++)
                {
                    grew |= _sequences[one, other] is null && Extend(one, other);
                }
            }
        }
    }

    /// <summary>The machine.</summary>
    public Mealy Machine { get; }

    /// <summary>Pairs of states that no sequence tells apart; none in a machine without states that are alike.</summary>
    public IEnumerable<(int One, int Other)> Alike =>
        from one in Enumerable.Range(0, Machine.States.Count)
        from other in Enumerable.Range(one + 1, Machine.States.Count - one - 1)
        where _sequences[one, other] is null
        select (one, other);

    /// <summary>A shortest sequence that tells two states apart; null when none does.</summary>
    /// <param name="one">A state's place.</param>
    /// <param name="other">Another state's place.</param>
    public IReadOnlyList<int>? Of(int one, int other) => one < other ? _sequences[one, other] : _sequences[other, one];

    /// <summary>
    /// Whether a sequence tells a state from another: the outputs differ, or an input is defined behind the one and not behind
    /// the other. There it is mail data and draws nothing, so that any reply to it tells the two apart.
    /// </summary>
    /// <param name="sequence">The sequence; what the first state does not define is not sent.</param>
    /// <param name="one">The place of the state that a server should be in.</param>
    /// <param name="other">The place of the state that it may be in instead.</param>
    public bool Separates(IEnumerable<int> sequence, int one, int other)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        foreach (var input in sequence)
        {
            if (!Machine.IsDefined(one, input))
            {
                return false;
            }

            if (!Machine.IsDefined(other, input))
            {
                return Machine.IsSilentWhereUndefined;
            }

            if (Machine.Output(one, input) != Machine.Output(other, input))
            {
                return true;
            }

            (one, other) = (Machine.Next(one, input), Machine.Next(other, input));
        }

        return false;
    }

    // one round for each length, so that the first sequence found is a shortest one
    private bool Extend(int one, int other)
    {
        for (var input = 0; input < Machine.Inputs.Count; input++)
        {
            if (!Machine.IsDefined(one, input) || !Machine.IsDefined(other, input))
            {
                continue;
            }

            if (Machine.Output(one, input) != Machine.Output(other, input))
            {
                _sequences[one, other] = [input];
                return true;
            }
        }

        for (var input = 0; input < Machine.Inputs.Count; input++)
        {
            if (Machine.IsDefined(one, input) && Machine.IsDefined(other, input))
            {
                var (nextOne, nextOther) = (Machine.Next(one, input), Machine.Next(other, input));
                if (nextOne >= 0 && nextOther >= 0 && nextOne != nextOther && Of(nextOne, nextOther) is { } rest)
                {
                    _sequences[one, other] = [input, .. rest];
                    return true;
                }
            }
        }

        return false;
    }
}
