using SmtpModel.Machines;

namespace SmtpModel.Cli.Suites;

/// <summary>
/// A suite held against a machine. Where the standard leaves a reply to the server, the replies that the suite expects say
/// which machine it is for.
/// </summary>
/// <param name="File">The suite.</param>
/// <param name="Machine">The machine that its replies have settled.</param>
/// <param name="Sessions">Its sessions as inputs of the machine, each up to where it went wrong if it did.</param>
/// <param name="ExtraStates">For how many states more it is certified.</param>
/// <param name="Wrong">Where it expects what the machine does not do.</param>
/// <param name="Gaps">What it leaves unverified.</param>
internal sealed record SuiteCheck(
    SuiteFile File,
    ResolvedMachine Machine,
    IReadOnlyList<IReadOnlyList<int>> Sessions,
    int ExtraStates,
    IReadOnlyList<string> Wrong,
    IReadOnlyList<SuiteGap> Gaps
)
{
    /// <summary>Whether it has the certificate.</summary>
    public bool IsComplete => Wrong.Count == 0 && Gaps.Count == 0;

    /// <summary>Certifies a suite.</summary>
    /// <exception cref="UsageException">It is of another machine.</exception>
    public static SuiteCheck Run(TransitionTable table, SuiteFile file, int? extraStates)
    {
        if (file.Profile is { } profile && !profile.Equals(table.Profile.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException(
                $"--check {file.Name}: it is a suite of {profile}, not of {table.Profile.Name}; name its machine with --profile, --model "
                    + $"or --assembly"
            );
        }

        var preferred = ResolvedMachine.Of(table);
        var inputs = file
            .Sessions.Select(
                (session, number) =>
                    session
                        .Select((line, at) => InputOf(preferred, line.Send, $"--check {file.Name}: session {number + 1}, line {at + 1}"))
                        .ToList()
            )
            .ToList();
        var choices = Choices(preferred, file, inputs);
        var machine = ResolvedMachine.Of(table, (state, move) => choices.TryGetValue((state, move.Command), out var code) ? code : null);
        List<string> wrong = [];
        var sessions = file.Sessions.Select((session, number) => Walk(machine, session, inputs[number], number + 1, wrong)).ToList();
        var extra = extraStates ?? file.ExtraStates;
        return new SuiteCheck(file, machine, sessions, extra, wrong, SuiteCertificate.Gaps(machine.Mealy, sessions, extra));
    }

    // an input is known by its keyword; a dot alone ends the mail data
    private static int InputOf(ResolvedMachine machine, string send, string place)
    {
        var line = send.Split("\r\n")[0];
        var keyword = line.Split(' ')[0];
        var command = machine.Table.Recognize(line)?.Command;
        for (var input = 0; input < machine.Inputs.Count; input++)
        {
            var move = machine.Inputs[input];
            if (move.Kind is MoveKind.Data ? send == "." : move.Command == command)
            {
                var (argument, has) = (machine.Table[move.Command].Argument, line.Trim() != keyword);
                return move.Kind is MoveKind.Data || (argument.Required ? has : !has || argument.Syntax.Length > 0)
                    ? input
                    : throw new UsageException(
                        $"{place}: '{Printable.Text(send)}' is refused for its argument, whatever the state, so it is no input of the "
                            + $"machine; write {machine.Table[move.Command].Syntax}"
                    );
            }
        }

        var inputs = machine.Inputs.Select(move => move.Kind is MoveKind.Data ? ". (the end of data)" : move.Command.Name);
        throw new UsageException(
            $"{place}: '{Printable.Text(send)}' is no input of {machine.Table.Profile.Name}; there are {string.Join(", ", inputs)}"
        );
    }

    // the first reply that a suite expects to a command in a state, if it is one that the machine may give there
    private static Dictionary<(State, Machines.Command), int> Choices(ResolvedMachine preferred, SuiteFile file, List<List<int>> inputs)
    {
        var table = preferred.Table;
        Dictionary<(State State, Machines.Command Command), int> choices = [];
        foreach (var (session, places) in file.Sessions.Zip(inputs))
        {
            var state = preferred.States[0];
            foreach (var (line, input) in session.Zip(places))
            {
                var command = preferred.Inputs[input].Command;
                var edges = table.From(state, command);
                if (
                    line.Reply is { } code
                    && (
                        edges.Any(edge => edge.Exchange.Code == code)
                        || (edges.Count == 0 && table.OutOfOrder(state, command)?.Codes.Contains(code) == true)
                    )
                )
                {
                    choices.TryAdd((state, command), code);
                }

                state =
                    edges.Count == 0
                        ? state
                        : (
                            edges.FirstOrDefault(edge =>
                                choices.TryGetValue((state, command), out var chosen) && edge.Exchange.Code == chosen
                            ) ?? edges[0]
                        ).To;
                if (state == table.Final)
                {
                    break;
                }
            }
        }

        return choices;
    }

    private static List<int> Walk(
        ResolvedMachine machine,
        IReadOnlyList<SuiteLine> session,
        List<int> inputs,
        int number,
        List<string> wrong
    )
    {
        var (mealy, state) = (machine.Mealy, 0);
        for (var at = 0; at < inputs.Count; at++)
        {
            if (Fault(machine, state, inputs[at], session[at]) is { } fault)
            {
                wrong.Add($"session {number}, line {at + 1}: {fault}");
                return inputs[..at];
            }

            state = mealy.Next(state, inputs[at]);
        }

        return inputs;
    }

    private static string? Fault(ResolvedMachine machine, int state, int input, SuiteLine line)
    {
        if (state < 0)
        {
            return $"{line.Send} is sent when the session is over";
        }

        var (name, mealy) = (machine.Mealy.States[state], machine.Mealy);
        var output = mealy.Output(state, input);
        var (code, closes) = (output % ResolvedMachine.Closes, output >= ResolvedMachine.Closes);
        return !mealy.IsDefined(state, input) ? $"{mealy.Inputs[input]} is sent in {name}, where it would be data"
            : line.State is { } said && said != name ? $"it says {said}, where the machine is in {name}"
            : line.Reply is { } reply && reply != code ? $"{mealy.Inputs[input]} in {name} draws {code}, not {reply}"
            : line.Closes is { } ends && ends != closes
                ? $"{mealy.Inputs[input]} in {name} {(closes ? "closes the channel" : "leaves the channel open")}"
            : null;
    }
}
