using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a server should be, as a machine over the inputs that it is learned with, and the sessions that test it: learning begins with
/// them.
/// </summary>
/// <param name="Machine">The machine; its outputs are codes of replies, as <see cref="ResolvedMachine"/> has them.</param>
/// <param name="Sessions">Its complete suite; none where its states are not told apart by these inputs.</param>
internal sealed record LearningHints(Mealy Machine, IReadOnlyList<IReadOnlyList<int>> Sessions)
{
    /// <summary>Those of a profile, with lines that it should refuse wherever they come.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="palette">The lines.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="isSparse">Whether it has no command but those that are required, and knows no other.</param>
    public static LearningHints Of(TransitionTable table, Palette palette, IReadOnlyList<LearningInput> inputs, bool isSparse = false)
    {
        var required = table.Commands.Where(use => use.Required || use.Command.Kind is not InputKind.Line).Select(use => use.Command)
            .ToHashSet();
        var resolved = ResolvedMachine.Of(table, palette,
            (_, line) => isSparse && !required.Contains(line.Command) ? table.Faults.Unrecognized : null);
        var places = inputs.Select(input => input.Line.Kind is MoveKind.Malformed ? -1 : Place(resolved, input.Line.Command)).ToList();
        var (states, mealy) = (resolved.Mealy.States.Count, resolved.Mealy);
        var (next, output) = (new int[states, inputs.Count], new int[states, inputs.Count]);
        for (var state = 0; state < states; state++)
        {
            for (var input = 0; input < inputs.Count; input++)
            {
                (next[state, input], output[state, input]) = places[input] >= 0
                    ? (mealy.IsDefined(state, places[input]) ? mealy.Next(state, places[input]) : -1, mealy.Output(state, places[input]))
                    : table.Reads(resolved.States[state]) is Reading.Commands ? (state, Refusal(table, inputs[input])) : (-1, -1);
            }
        }

        var machine = Reached(mealy.States, [.. inputs.Select(input => input.Name)], next, output);
        try
        {
            return new LearningHints(machine, [.. SuiteMaker.Make(machine).Sessions]);
        }
        catch (ArgumentException)
        {
            // with fewer inputs some states are not told apart: then there is no suite
            return new LearningHints(machine, []);
        }
    }

    // with fewer inputs some states are not reached
    private static Mealy Reached(IReadOnlyList<string> states, string[] inputs, int[,] next, int[,] output)
    {
        List<int> reached = [0];
        for (var at = 0; at < reached.Count; at++)
        {
            var behind = Enumerable.Range(0, inputs.Length).Select(input => next[reached[at], input]);
            reached.AddRange(behind.Where(state => state >= 0 && !reached.Contains(state)).Distinct().ToList());
        }

        var (nextOf, outputOf) = (new int[reached.Count, inputs.Length], new int[reached.Count, inputs.Length]);
        foreach (var (place, state) in reached.Index())
        {
            for (var input = 0; input < inputs.Length; input++)
            {
                nextOf[place, input] = next[state, input] < 0 ? next[state, input] : reached.IndexOf(next[state, input]);
                outputOf[place, input] = output[state, input];
            }
        }

        return new Mealy([.. reached.Select(state => states[state])], inputs, nextOf, outputOf);
    }

    private static int Refusal(TransitionTable table, LearningInput input) =>
        input.Line.Kind is MoveKind.Malformed ? table.Faults.NotAcceptable : table.Faults.Unrecognized;

    private static int Place(ResolvedMachine machine, Command command) =>
        machine.Inputs.Index().Where(input => input.Item.Command == command).Select(input => input.Index).FirstOrDefault(-1);
}
