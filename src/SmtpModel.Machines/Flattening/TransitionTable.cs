namespace SmtpModel.Machines;

/// <summary>
/// The flattened machine of a profile: every state, every edge, and for each state and command whether it is in order.
/// All that is generated, tested or drawn comes from here.
/// </summary>
public sealed partial class TransitionTable
{
    private readonly Dictionary<State, int> _stateIndex;
    private readonly Dictionary<Command, int> _commandIndex;
    private readonly List<Edge>[,] _cells;
    private readonly Refusal?[,] _refusals;
    private readonly List<Edge>[] _from;
    private readonly Reading[] _reading;
    private readonly Command? _any;

    internal TransitionTable(Profile profile, ProtocolMachine machine, Flattened flat)
    {
        (Profile, Machine, States, Edges, Conflicts) = (profile, machine, flat.States, flat.Edges, flat.Conflicts);
        ToleratedStates = flat.ToleratedStates;
        Tolerated = flat.Tolerated;
        Parents = flat.Parents.Where(pair => !ToleratedStates.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        DeclaredEdges = [.. machine.Edges.Where(edge => !ToleratedStates.Contains(edge.From))];
        Commands = [.. machine.Vocabulary.Commands];
        ListedCommands = [.. machine.Vocabulary.ListedCommands];
        AllStates = [.. flat.States, .. flat.ToleratedStates];
        var states = AllStates;
        IReadOnlyList<Edge> edges = [.. flat.Edges, .. flat.Tolerated];
        _stateIndex = states.Select((state, index) => (state, index)).ToDictionary(pair => pair.state, pair => pair.index);
        _commandIndex = Commands.Select((use, index) => (use.Command, index)).ToDictionary(pair => pair.Command, pair => pair.index);
        _cells = new List<Edge>[states.Count, Commands.Count];
        _refusals = new Refusal?[states.Count, Commands.Count];
        // what is tolerated is not in order where it is tolerated, but is all there is behind it
        _from = [.. states.Select(state => edges.Where(edge => edge.From == state && !edge.IsOneOfSeveral
            && (ToleratedStates.Contains(state) || !edge.IsTolerated)).ToList())];
        _reading = Array.ConvertAll(_from, Read);
        _any = Commands.FirstOrDefault(use => use.Command.Kind is InputKind.Any)?.Command;
        foreach (var (state, row) in _stateIndex)
        {
            foreach (var (command, column) in _commandIndex)
            {
                _cells[row, column] = _from[row].FindAll(edge => edge.Exchange.Command == command);
            }
        }

        foreach (var refusal in flat.Refusals)
        {
            _refusals[_stateIndex[refusal.State], _commandIndex[refusal.Command]] = refusal;
        }
    }

    /// <summary>The profile this is the table of.</summary>
    public Profile Profile { get; }

    /// <summary>The states, the first one first and the final one last; no superstates.</summary>
    public IReadOnlyList<State> States { get; }

    /// <summary>States that only tolerated exchanges lead to; not among <see cref="States"/>.</summary>
    public IReadOnlyList<State> ToleratedStates { get; }

    /// <summary><see cref="States"/>, and behind them <see cref="ToleratedStates"/>: what a watched receiver can be in.</summary>
    public IReadOnlyList<State> AllStates { get; }

    /// <summary>
    /// Exchanges that a receiver of this profile never takes part in but that the standard leaves to others, and what comes
    /// after them; not among <see cref="Edges"/>.
    /// </summary>
    public IReadOnlyList<Edge> Tolerated { get; }

    /// <summary>The superstate of each state and superstate that has one.</summary>
    public IReadOnlyDictionary<State, State> Parents { get; }

    /// <summary>The commands as this profile uses them.</summary>
    public IReadOnlyList<CommandUse> Commands { get; }

    /// <summary>The same in the order in which the standards list them, for people to read.</summary>
    public IReadOnlyList<CommandUse> ListedCommands { get; }

    /// <summary>All edges; an edge's <see cref="Edge.Index"/> is its place here.</summary>
    public IReadOnlyList<Edge> Edges { get; }

    /// <summary>The state before anything has happened.</summary>
    public State Start => States[0];

    /// <summary>The state in which the session is over.</summary>
    public State Final => States[^1];

    /// <summary>The edges as they were written, with superstates, for pictures.</summary>
    public IReadOnlyList<DeclaredEdge> DeclaredEdges { get; }

    /// <summary>Pairs of a state and an exchange that have more than one edge; none in a sound specification.</summary>
    internal IReadOnlyList<(State State, Exchange Exchange)> Conflicts { get; }

    internal ProtocolMachine Machine { get; }

    /// <summary>The place of a state in <see cref="States"/>, or behind all of them in <see cref="ToleratedStates"/>.</summary>
    /// <param name="state">The state.</param>
    public int IndexOf(State state) => _stateIndex[state];

    /// <summary>The place of a command in <see cref="Commands"/>.</summary>
    /// <param name="command">The command.</param>
    public int IndexOf(Command command) => _commandIndex[command];

    /// <summary>A command as this profile uses it.</summary>
    /// <param name="command">The command.</param>
    public CommandUse this[Command command] => Commands[_commandIndex[command]];

    /// <summary>The edges that leave a state.</summary>
    /// <param name="state">The state.</param>
    public IReadOnlyList<Edge> From(State state) => _from[_stateIndex[state]];

    /// <summary>The edges that leave a state for one command.</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public IReadOnlyList<Edge> From(State state, Command command) => _cells[_stateIndex[state], _commandIndex[command]];

    /// <summary>The edge an exchange takes, also where only "any command" has it; null when the machine does not permit it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="exchange">The exchange.</param>
    public Edge? Find(State state, Exchange exchange)
    {
        foreach (var edge in _cells[_stateIndex[state], _commandIndex[exchange.Command]])
        {
            if (edge.Exchange.Code == exchange.Code)
            {
                return edge;
            }
        }

        return _any is null || exchange.Command == _any ? null : Find(state, _any / exchange.Code);
    }

    /// <summary>The tolerated edge an exchange takes where it is no edge of the machine; null when it is not tolerated.</summary>
    /// <param name="state">The state.</param>
    /// <param name="exchange">The exchange.</param>
    public Edge? FindTolerated(State state, Exchange exchange) =>
        Tolerated.FirstOrDefault(edge => edge.From == state && edge.Exchange == exchange && edge.IsTolerated && !edge.IsOneOfSeveral);

    /// <summary>
    /// Where an exchange may lead with another receiver, besides where it leads with this one: the standard leaves it open.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="exchange">
    /// The exchange; those that accept the command stand for each other, and a refusal out of order for all that refuse it.
    /// </param>
    public IEnumerable<Edge> MayAlsoLead(State state, Exchange exchange) => Tolerated.Where(edge =>
        edge.IsOneOfSeveral && edge.From == state && edge.Exchange.Command == exchange.Command
        && edge.Exchange.IsAccepted == exchange.IsAccepted
        && (edge.Exchange.IsAccepted || edge.Exchange.Code == exchange.Code || IsPlacedByTheOrder(edge.Exchange.Code)));

    /// <summary>
    /// Whether a command is in order: the machine permits an exchange that accepts it, or one of its own that refuses it.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public bool IsInOrder(State state, Command command) => From(state, command).Count > 0;

    /// <summary>What is answered to the command where it is not in order; null where it is, or where nothing is answered.</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    public Refusal? OutOfOrder(State state, Command command) =>
        IsInOrder(state, command) ? null : _refusals[_stateIndex[state], _commandIndex[command]];

    /// <summary>What a session in this state waits for.</summary>
    /// <param name="state">The state.</param>
    public Reading Reads(State state) => _reading[_stateIndex[state]];

    private static Reading Read(List<Edge> edges)
    {
        var kinds = edges.Select(edge => edge.Exchange.Command.Kind).ToHashSet();
        return kinds.Contains(InputKind.Opening) ? Reading.Opening
            : kinds.Contains(InputKind.Data) ? Reading.Data
            : kinds.Contains(InputKind.Response) ? Reading.Responses
            : kinds.Contains(InputKind.Line) ? Reading.Commands
            : Reading.Nothing;
    }

    /// <summary>Whether an input is of the kind that a session in a state waits for; others cannot be told from it there.</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The input.</param>
    public bool Takes(State state, Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Kind switch
        {
            InputKind.Opening => Reads(state) is Reading.Opening,
            InputKind.Data => Reads(state) is Reading.Data,
            InputKind.Response => Reads(state) is Reading.Responses,
            InputKind.Line or InputKind.UnknownLine => Reads(state) is Reading.Commands,
            _ => Reads(state) is not Reading.Nothing,
        };
    }

    /// <summary>
    /// All that a session in a state is in: the state, the specification's own where it has facts, its superstates, its facts.
    /// </summary>
    /// <param name="state">The state.</param>
    public IEnumerable<State> Within(State state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [state, .. state.Of is { } own ? new[] { own } : [], .. Around(state), .. state.Facts];
    }

    /// <summary>The superstates a state lies in, the innermost first.</summary>
    /// <param name="state">The state or superstate.</param>
    public IEnumerable<State> Around(State state)
    {
        for (var at = Parents.GetValueOrDefault(state); at is not null; at = Parents.GetValueOrDefault(at))
        {
            yield return at;
        }
    }
}
