namespace SmtpModel.Testing.Tests.Sized;

/// <summary>A machine that differs from another in one cell.</summary>
internal readonly record struct Change(int State, int Input, int Next, int Output)
{
    public Mealy Of(Mealy machine) => machine.With(State, Input, Next, Output);

    public string Says(Mealy machine) =>
        $"{machine.States[State]}, {machine.Inputs[Input]}: {Output}, to {(Next < 0 ? "the end" : machine.States[Next])}";
}

/// <summary>
/// All machines that differ from one in one cell: each input leads to each wrong state, draws a reply of another class, is
/// refused where it is in order, and is accepted where it is not, with what comes of it elsewhere.
/// </summary>
internal static class FirstOrder
{
    public static List<Change> Of(Mealy machine)
    {
        List<Change> changes = [];
        for (var state = 0; state < machine.States.Count; state++)
        {
            for (var input = 0; input < machine.Inputs.Count; input++)
            {
                if (machine.IsDefined(state, input))
                {
                    changes.AddRange(In(machine, state, input).Distinct());
                }
            }
        }

        return changes;
    }

    /// <summary>Whether a session shows that a machine is not the right one.</summary>
    public static bool Shows(Mealy machine, Change change, IReadOnlyList<int> session)
    {
        var (right, wrong) = (0, 0);
        foreach (var input in session)
        {
            if (right < 0 || wrong < 0)
            {
                return right >= 0 != wrong >= 0;
            }

            var isChanged = wrong == change.State && input == change.Input;
            if (machine.Output(right, input) != (isChanged ? change.Output : machine.Output(wrong, input)))
            {
                return true;
            }

            (right, wrong) = (machine.Next(right, input), isChanged ? change.Next : machine.Next(wrong, input));
        }

        return false;
    }

    private static IEnumerable<Change> In(Mealy machine, int state, int input)
    {
        var (next, output) = (machine.Next(state, input), machine.Output(state, input));
        for (var to = 0; to < machine.States.Count && next >= 0; to++)
        {
            if (to != next)
            {
                yield return new Change(state, input, to, output);
            }
        }

        if (!ResolvedMachine.IsRefusal(output))
        {
            yield return new Change(state, input, next, output + 300);
            yield return new Change(state, input, state, 503);
            yield break;
        }

        yield return new Change(state, input, next, 250);
        for (var other = 0; other < machine.States.Count; other++)
        {
            if (machine.IsDefined(other, input) && !ResolvedMachine.IsRefusal(machine.Output(other, input)))
            {
                yield return new Change(state, input, machine.Next(other, input), machine.Output(other, input));
            }
        }
    }
}
