using SmtpModel.Machines;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What a share of <c>learn</c> has seen as lines of results, and back.</summary>
internal static class LearnedLines
{
    /// <summary>The line of the inputs.</summary>
    public static InputsLine Write(string server, IEnumerable<LearningInput> inputs) =>
        new(server, [.. inputs.Select(input => new InputOf(input.Name, input.Line.Command.Name, input.Line.Kind, input.Line.Text))]);

    /// <summary>The inputs of a line.</summary>
    /// <exception cref="FormatException">They are none of the machine.</exception>
    public static IReadOnlyList<LearningInput> Inputs(InputsLine line, TransitionTable table)
    {
        if (line.Inputs.Count == 0)
        {
            throw new FormatException("it has no input; run the share again");
        }

        if (line.Inputs.CountBy(input => input.Name).FirstOrDefault(one => one.Value > 1) is { Key: { } twice })
        {
            throw new FormatException($"it has the input '{Printable.Text(twice, 60)}' twice; run the share again");
        }

        return [.. line.Inputs.Select(input => Input(input, table))];
    }

    /// <summary>The session of a line.</summary>
    /// <exception cref="FormatException">It is none with these inputs.</exception>
    public static PlayedSession Session(SessionLine line, IReadOnlyList<LearningInput> inputs)
    {
        Check(line.Inputs, inputs);
        return line.Outputs.Count != line.Inputs.Count
            ? throw new FormatException($"the session has {line.Inputs.Count} inputs and {line.Outputs.Count} outputs; run the share again")
            : new PlayedSession(line.Number, line.Inputs, [.. line.Outputs.Select(Output)]);
    }

    /// <summary>What a line has of a server that did not answer the same.</summary>
    /// <exception cref="FormatException">It is no session with these inputs.</exception>
    public static Unsteadiness Unsteady(UnsteadyLine line, IReadOnlyList<LearningInput> inputs)
    {
        Check(line.Inputs, inputs);
        return new Unsteadiness(line.Inputs, Output(line.First), line.FirstSession, Output(line.Then), line.ThenSession,
            line.Kept is { } kept ? Output(kept) : null);
    }

    private static LearningInput Input(InputOf input, TransitionTable table)
    {
        var command = table.Commands.FirstOrDefault(use => use.Command.Name == input.Command)?.Command
            ?? throw new FormatException($"there is no command '{Printable.Text(input.Command, 60)}' in {table.Profile.Name}");
        var isOfKind = command.Kind switch
        {
            InputKind.Data => input.Kind is MoveKind.Data,
            InputKind.UnknownLine => input.Kind is MoveKind.Unknown,
            InputKind.Line => input.Kind is MoveKind.Valid or MoveKind.Malformed,
            InputKind.Response => input.Kind is MoveKind.Valid,
            _ => false,
        };
        return isOfKind && input.Line.All(letter => letter <= '\xff')
            ? new LearningInput(Printable.Text(input.Name), new Move(command, input.Kind, input.Line))
            : throw new FormatException($"the input '{Printable.Text(input.Name, 60)}' is no line of {command.Name}; run the share again");
    }

    private static void Check(IReadOnlyList<int> session, IReadOnlyList<LearningInput> inputs)
    {
        if (inputs.Count == 0)
        {
            throw new FormatException("the line with the inputs is missing before it; run the share again");
        }

        if (session.Count == 0)
        {
            throw new FormatException("the session has no input; run the share again");
        }

        if (session.Where(input => input < 0 || input >= inputs.Count).Select(int? (input) => input).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"there is no input {unknown}; they are counted from 0 to {inputs.Count - 1}");
        }
    }

    private static string Output(string text) => TargetSystem.IsOutput(text) ? text
        : throw new FormatException($"no server answers with '{Printable.Text(text, 60)}'; run the share again");
}
