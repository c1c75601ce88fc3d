namespace SmtpModel.Machines;

/// <summary>What each side can do in a state: the client sends, the receiver answers.</summary>
/// <remarks>Everything that walks a machine by turns, here or as a model for another tool, walks it by this.</remarks>
public sealed class Turns
{
    private readonly TransitionTable _table;
    private readonly bool _tolerated;
    private readonly Command? _any;

    /// <summary>The turns of a machine.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="tolerated">Whether exchanges are taken in that only other receivers take part in.</param>
    public Turns(TransitionTable table, bool tolerated = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        (_table, _tolerated) = (table, tolerated);
        _any = table.Commands.FirstOrDefault(use => use.Command.Kind is InputKind.Any)?.Command;
    }

    /// <summary>The states that can be come to.</summary>
    public IReadOnlyList<State> States => _tolerated ? _table.AllStates : _table.States;

    /// <summary>What can be sent in a state: where command lines are read, each of them; otherwise what has an edge. Empty where the
    /// session is over.</summary>
    /// <param name="state">The state.</param>
    public IReadOnlyList<Command> Inputs(State state)
    {
        var edges = Edges(state).ToList();
        var readsLines = edges.Exists(edge => IsLine(edge.Exchange.Command));
        List<Command> inputs =
        [
            .. _table
                .Commands.Select(use => use.Command)
                .Where(command => IsLine(command) ? readsLines : edges.Exists(edge => edge.Exchange.Command == command)),
        ];

        // what may be answered to anything is an answer to each of the others; only where there are none it stands for itself
        return inputs.Exists(command => command != _any) ? inputs.FindAll(command => command != _any) : inputs;
    }

    /// <summary>Each reply that a command may draw in a state, also where it is out of order; empty where the machine has none.</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public IReadOnlyList<Answer> Answers(State state, Command command)
    {
        List<Answer> answers =
        [
            .. Edges(state).Where(edge => edge.Exchange.Command == command).Select(edge => new Answer(edge.Exchange, edge.To, edge.Rule)),
        ];
        if (_table.OutOfOrder(state, command) is { } refusal)
        {
            answers.AddRange(
                refusal
                    .Codes.Select(code => command / code)
                    .Where(exchange => !answers.Exists(answer => answer.Exchange == exchange))
                    .Select(exchange => new Answer(exchange, state, refusal.Rule) { IsOutOfOrder = true })
            );
        }

        if (_any is not null && command != _any)
        {
            answers.AddRange(
                Edges(state)
                    .Where(edge => edge.Exchange.Command == _any && !answers.Exists(answer => answer.Exchange.Code == edge.Exchange.Code))
                    .Select(edge => new Answer(edge.Exchange, edge.To, edge.Rule))
            );
        }

        return answers;
    }

    /// <summary>Whether it counts what stands behind a command: where there are parameters, and a command that lists what is
    /// offered.</summary>
    public bool TellsParameters => _table.Parameters.Count > 0 && _table.Listing is not null;

    /// <summary>The keywords of the parameters that it counts, each once.</summary>
    /// <param name="parameters">Only of these; of all when none is named.</param>
    public IReadOnlyList<string> Keywords(params IReadOnlyList<Parameter> parameters) => !TellsParameters ? []
        : [.. _table.Parameters.Where(parameter => parameters.Count == 0 || parameters.Any(one => one.Keyword == parameter.Keyword))
            .Select(parameter => parameter.Keyword).Distinct()];

    /// <summary>What a client may send behind a command, whether offered or not: nothing (null), or one parameter, by its keyword. What a
    /// parameter makes an input of its own has one in any case.</summary>
    /// <param name="command">The command.</param>
    public IReadOnlyList<string?> Parameters(Command command) => !TellsParameters ? [null]
        : [.. command is { Variant.Mark.Length: > 0 } ? [] : new string?[] { null },
            .. _table.Parameters.Where(parameter => parameter.Commands.Contains(command)).Select(parameter => parameter.Keyword)];

    /// <summary>Whether the machine itself has a reply that accepts a command in a state; what is only tolerated does not count.</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public bool CanAccept(State state, Command command) =>
        _table.From(state, command).Any(edge => edge.Exchange.IsAccepted);

    internal static bool IsLine(Command command) => command.Kind is InputKind.Line or InputKind.UnknownLine;

    private IEnumerable<Edge> Edges(State state) => _tolerated && !_table.ToleratedStates.Contains(state)
        ? _table.From(state).Concat(_table.Tolerated.Where(edge => edge.From == state))
        : _table.From(state);
}

/// <summary>A reply that a command may draw in a state.</summary>
/// <param name="Exchange">The exchange; its command is "any" where the reply may be given whatever came.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Rule">The rule it comes from.</param>
public sealed record Answer(Exchange Exchange, State To, Rule? Rule)
{
    /// <summary>Whether it says that the command is out of order: then nothing changes.</summary>
    public bool IsOutOfOrder { get; init; }

    /// <summary>What it does to the buffers.</summary>
    public IReadOnlyList<Effect> Effects => IsOutOfOrder ? [] : Exchange.Effects;

    /// <summary>Whether it puts the command's argument into a buffer.</summary>
    public bool Puts => Effects.Any(effect => effect.Kind is not EffectKind.Clear);
}
