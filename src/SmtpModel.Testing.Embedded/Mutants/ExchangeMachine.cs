using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A profile as a machine whose inputs are a move and the reply that a scripted server gives to it, one for each exchange of
/// the table, and one for each command that is out of order. So a complete suite of it takes every edge, refusals too, and
/// finds each edge that leads elsewhere or draws something else.
/// </summary>
internal sealed class ExchangeMachine
{
    /// <summary>The output of a greeting where the channel is open already: it is not sent there.</summary>
    private const int NotSent = 0;

    private readonly TransitionTable _table;
    private readonly Dictionary<(Command, int), int> _index = [];
    private readonly List<Input> _inputs = [];
    private readonly Dictionary<int, int> _others = [];

    public ExchangeMachine(TransitionTable table)
    {
        _table = table;
        var palette = new Palette(table, new PaletteOptions());
        foreach (var use in Offers.ListingFirst(table))
        {
            var codes = table
                .Edges.Where(edge => edge.Exchange.Command == use.Command)
                .Select(edge => edge.Exchange.Code)
                .Distinct()
                .ToList();
            foreach (var code in codes)
            {
                if (Move(use, palette, code) is { } step)
                {
                    Add(use.Command, code, step);
                }
            }

            if (codes.Count == 0 && use.Command.Kind is InputKind.Line)
            {
                // it is in order nowhere: its refusals are all there is of it
                Add(use.Command, 0, new Step(palette.Valid(use.Command)[0]));
            }
        }

        AddClosing(palette);
        List<State> states = [table.Start];
        for (var at = 0; at < states.Count; at++)
        {
            states.AddRange(
                _inputs
                    .Select(input => At(states[at], input).To)
                    .OfType<State>()
                    .Where(to => to != table.Final && !states.Contains(to))
                    .Distinct()
            );
        }

        var next = new int[states.Count, _inputs.Count];
        var output = new int[states.Count, _inputs.Count];
        for (var state = 0; state < states.Count; state++)
        {
            for (var input = 0; input < _inputs.Count; input++)
            {
                var (to, code) = At(states[state], _inputs[input]);
                next[state, input] = to is null || to == table.Final ? -1 : states.IndexOf(to);
                output[state, input] = to == table.Final ? code + ResolvedMachine.Closes : code;
            }
        }

        // beyond the machine's inputs: the same exchanges with another path
        for (var input = next.GetLength(1) - 1; input >= 0; input--)
        {
            if (
                _inputs[input].Step.Move.Kind is MoveKind.Valid
                && SymbolicInputs.Others(palette, _inputs[input].Command) is [var other, ..]
            )
            {
                _others.Add(input, _inputs.Count);
                _inputs.Add(_inputs[input] with { Step = new Step(other, _inputs[input].Step.Script) });
            }
        }

        Mealy = new Mealy(
            [.. states.Select(state => state.Name)],
            [.. _inputs.Take(next.GetLength(1)).Select(input => $"{input.Command} / {input.Code}")],
            next,
            output
        )
        {
            IsSilentWhereUndefined = false,
        };
    }

    /// <summary>The machine; its outputs are codes of replies, with <see cref="ResolvedMachine.Closes"/> added where the channel is
    /// closed.</summary>
    public Mealy Mealy { get; }

    /// <summary>The sessions of a suite, without greetings in their middle, each only once and none that another begins with.</summary>
    /// <param name="suite">The suite.</param>
    public IReadOnlyList<TestSession> Sessions(SuiteTree suite)
    {
        var tree = new SuiteTree();
        foreach (var session in suite.Sessions)
        {
            tree.Add(session.Where((input, at) => at == 0 || !IsGreeting(input)));
        }

        return [.. tree.Sessions.Where(session => IsGreeting(session[0]))
            .Select(session => new TestSession([.. session.Skip(1).Select(input => _inputs[input].Step)], _inputs[session[0]].Code))];
    }

    /// <summary>
    /// Adds to a suite, behind each exchange, the shortest way to a message that is handed over: what the exchange did to the
    /// buffers shows there, if it shows anywhere. It brings another path than those before it, so that it is known by it.
    /// </summary>
    /// <param name="suite">The suite.</param>
    public void AddDeliveries(SuiteTree suite)
    {
        var cover = StateCover.Of(Mealy);
        foreach (var sequence in cover.Extended(1))
        {
            if (Mealy.After(0, sequence) is >= 0 and var state && ToDelivery(state) is { } tail)
            {
                suite.Add([.. sequence[..^1], _others.GetValueOrDefault(sequence[^1], sequence[^1]), .. tail]);
            }
        }
    }

    private int[]? ToDelivery(int from)
    {
        HashSet<int> seen = [from];
        var open = new Queue<(int State, int[] Path)>([(from, [])]);
        while (open.TryDequeue(out var at))
        {
            for (var input = 0; input < Mealy.Inputs.Count; input++)
            {
                if (!Mealy.IsDefined(at.State, input) || IsGreeting(input))
                {
                    continue;
                }

                int[] path = [.. at.Path, input];
                if (_table.Delivers(_inputs[input].Command) && Mealy.Output(at.State, input) < 400)
                {
                    return path;
                }

                if (Mealy.Next(at.State, input) is >= 0 and var next && seen.Add(next))
                {
                    open.Enqueue((next, path));
                }
            }
        }

        return null;
    }

    private bool IsGreeting(int input) => _inputs[input].Step.Move.Command.Kind is InputKind.Opening;

    // the step that makes a server take an exchange; null where none can
    private Step? Move(CommandUse use, Palette palette, int code) =>
        use.Command.Kind switch
        {
            InputKind.Opening => new Step(new Move(use.Command, MoveKind.Valid, ""), code),
            InputKind.UnknownLine => new Step(palette.Unknown[0]),
            // one dot: no mail data, or where it is not read a line that is no command
            InputKind.Data => new Step(new Move(use.Command, MoveKind.Data, ""), code),
            InputKind.Response when code == _table.Faults.NotAcceptable && palette.Malformed(use.Command) is [var malformed, ..] =>
                new Step(malformed),
            InputKind.Response => new Step(palette.Valid(use.Command)[0], code),
            InputKind.Line when SymbolicInputs.MayBeAsked(_table, use.Command, code) => new Step(palette.Valid(use.Command)[0], code),
            InputKind.Line when code == _table.Faults.NotAcceptable && palette.Malformed(use.Command) is [var malformed, ..] => new Step(
                malformed
            ),
            _ => null,
        };

    // "any command" is the one that is in order wherever commands are read, the mail data, or the greeting
    private void AddClosing(Palette palette)
    {
        foreach (
            var code in _table
                .Edges.Where(edge => edge.Exchange.Command.Kind is InputKind.Any)
                .Select(edge => edge.Exchange.Code)
                .Distinct()
        )
        {
            foreach (
                var use in _table.Commands.Where(use =>
                    use.Command == _table.Ending || use.Command.Kind is InputKind.Data or InputKind.Opening
                )
            )
            {
                if (!_index.ContainsKey((use.Command, code)) && Move(use, palette, code) is { } step)
                {
                    Add(use.Command, code, step);
                }
            }
        }
    }

    private void Add(Command command, int code, Step step)
    {
        _index.Add((command, code), _inputs.Count);
        _inputs.Add(new Input(command, code, step));
    }

    // where an input leads, null where it is not to be sent, and what it draws, -1 then
    private (State? To, int Code) At(State state, Input input)
    {
        var (command, code, step) = input;
        var reads = _table.Reads(state);
        var isGreeting = command.Kind is InputKind.Opening;
        if (reads is Reading.Opening != isGreeting)
        {
            return isGreeting ? (state, NotSent) : (null, -1);
        }

        var isFirst = _inputs.First(other => other.Command == command) == input;
        if (reads is Reading.Commands && command.Kind is InputKind.Data)
        {
            return isFirst ? (state, _table.Faults.Unrecognized) : (null, -1);
        }

        if (!_table.Takes(state, command))
        {
            return (null, -1);
        }

        // a command that is out of order is refused whatever reply it would draw elsewhere: one is enough
        return _table.OutOfOrder(state, command) is { } refusal ? (isFirst ? state : null, isFirst ? refusal.Codes[0] : -1)
            : _table.Find(state, command / code) is { } edge ? (edge.To, code)
            : (null, -1);
    }

    private sealed record Input(Command Command, int Code, Step Step);
}
