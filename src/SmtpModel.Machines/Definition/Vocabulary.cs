namespace SmtpModel.Machines;

/// <summary>
/// What a machine is described with. A later part of a profile may say a command or a rule again: then its words count,
/// so that a newer standard is written as what it changed.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<Command, CommandUse> _commands = [];
    private readonly List<Command> _order = [];
    private readonly List<Command> _listed = [];
    private readonly List<Command> _named = [];
    private readonly Dictionary<string, Rule> _rules = [];
    private readonly List<string> _ruleOrder = [];
    private readonly List<Doubt> _doubts = [];
    private readonly Dictionary<Command, Rule> _movesWhenRefused = [];
    private int[] _general = [];
    private int[] _optional = [];
    private int[] _placed = [];

    /// <summary>The commands in the order in which they were first named.</summary>
    public IEnumerable<CommandUse> Commands => _order.Select(command => this[command]);

    /// <summary>
    /// The commands in the order in which the standards list them: a new command stands behind the one that its own standard names
    /// before it, and a standard that names commands of an older one again gives them its own order.
    /// </summary>
    internal IEnumerable<CommandUse> ListedCommands => _listed.Union(_order).Select(command => this[command]);

    /// <summary>The rules in the order in which they were first named.</summary>
    public IEnumerable<Rule> Rules => _ruleOrder.Select(id => _rules[id]);

    // what was said as it was said, for writing the vocabulary down
    internal IEnumerable<CommandUse> Rows => _order.Select(command => _commands[command]);

    internal (IReadOnlyList<int> General, IReadOnlyList<int> Optional, IReadOnlyList<int> Placed) ReplyLists => (_general, _optional, _placed);

    internal ConductRules? NamedConduct { get; private set; }

    /// <summary>The doubts and the readings chosen.</summary>
    public IReadOnlyList<Doubt> Doubts => _doubts;

    /// <summary>The commands whose refusal may change the state, each with the rule that says so.</summary>
    public IReadOnlyDictionary<Command, Rule> MovesWhenRefused => _movesWhenRefused;

    /// <summary>The state before anything has happened.</summary>
    public State? Start { get; private set; }

    /// <summary>The state in which the session is over.</summary>
    public State? Final { get; private set; }

    /// <summary>The command that ends a session.</summary>
    public Command? Ending { get; private set; }

    /// <summary>A command as this machine uses it.</summary>
    /// <param name="command">The command.</param>
    /// <exception cref="SpecificationException">The command was never described.</exception>
    public CommandUse this[Command command]
    {
        get
        {
            if (!_commands.TryGetValue(command, out var use))
            {
                throw new SpecificationException($"the command {command} is used in the order but has no row of replies; describe it with Command(...)");
            }

            if (command.Kind is not InputKind.Line)
            {
                return use;
            }

            var general = _general.Concat(use.Required ? [] : _optional).Except(use.Replies.All).ToList();
            return use with { Replies = use.Replies with { Error = [.. use.Replies.Error, .. general] }, General = general };
        }
    }

    /// <summary>Lists the commands in an order that was found before.</summary>
    /// <param name="commands">The commands.</param>
    internal void List(IEnumerable<Command> commands)
    {
        _named.Clear();
        _listed.Clear();
        _listed.AddRange(commands.Distinct());
    }

    /// <summary>Takes in what one standard says.</summary>
    /// <param name="describe">Says it.</param>
    internal void Describe(Action<Vocabulary> describe)
    {
        _named.Clear();
        describe(this);
        var again = new Queue<Command>(_named.Where(_listed.Contains).ToList());
        var taken = again.ToHashSet();
        for (var index = 0; index < _listed.Count; index++)
        {
            _listed[index] = taken.Contains(_listed[index]) ? again.Dequeue() : _listed[index];
        }

        foreach (var (index, command) in _named.Index().Where(one => !_listed.Contains(one.Item)))
        {
            _listed.Insert(index == 0 ? _listed.Count : _listed.IndexOf(_named[index - 1]) + 1, command);
        }
    }

    /// <summary>Describes a command: its argument and its row of the command-reply table.</summary>
    /// <param name="command">The command.</param>
    /// <param name="clause">Where the standard defines it.</param>
    /// <param name="argument">Its argument; none when left out.</param>
    /// <param name="success">S: done.</param>
    /// <param name="intermediate">I: the data may come.</param>
    /// <param name="failure">F: understood, and not done.</param>
    /// <param name="error">E: the command was wrong.</param>
    /// <param name="required">Whether every receiver must implement it.</param>
    public void Command(Command command, Clause clause, Argument? argument = null, int[]? success = null,
        int[]? intermediate = null, int[]? failure = null, int[]? error = null, bool required = false)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!_commands.ContainsKey(command))
        {
            _order.Add(command);
        }

        if (!_named.Contains(command))
        {
            _named.Add(command);
        }

        var row = new ReplyRow(success ?? [], intermediate ?? [], failure ?? [], error ?? []);
        _commands[command] = new CommandUse(command, argument ?? Argument.None, row, required, clause);
    }

    /// <summary>Replies that any command line may draw when something is wrong with it, besides its row.</summary>
    /// <param name="codes">The codes.</param>
    public void AnyCommandMayDraw(params int[] codes) => _general = codes;

    /// <summary>Replies that a command may draw which a receiver need not have, besides its row.</summary>
    /// <param name="codes">The codes.</param>
    public void OptionalCommandsMayDraw(params int[] codes) => _optional = codes;

    /// <summary>
    /// Replies whose place is said by the order itself (out of order, closing), so that a row may list them without
    /// their becoming an edge of the command.
    /// </summary>
    /// <param name="codes">The codes.</param>
    public void PlacedByTheOrder(params int[] codes) => _placed = codes;

    internal bool IsPlacedByTheOrder(int code) => _placed.Contains(code);

    /// <summary>The replies to what goes wrong before a command's own rules apply.</summary>
    public FaultReplies Faults { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The name of the standard whose grammar arguments follow, as <c>Rfc821</c>.</summary>
    public string Grammar { get; private set; } = "";

    /// <summary>Names the standard whose grammar arguments follow.</summary>
    /// <param name="name">Its name, as <c>Rfc821</c>.</param>
    public void ArgumentsFollow(string name) => Grammar = name;

    /// <summary>Names the replies to what goes wrong before a command's own rules apply.</summary>
    /// <param name="faults">The replies.</param>
    public void FaultsDraw(FaultReplies faults) => Faults = faults;

    /// <summary>States rules; a rule of an id that is already there takes its place.</summary>
    /// <param name="rules">The rules.</param>
    public void State(params IEnumerable<Rule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
        {
            if (!_rules.ContainsKey(rule.Id))
            {
                _ruleOrder.Add(rule.Id);
            }

            _rules[rule.Id] = rule;
        }
    }

    /// <summary>The rule as this machine states it.</summary>
    /// <param name="rule">The rule, in any statement of it.</param>
    /// <exception cref="SpecificationException">No rule of this id was stated.</exception>
    public Rule Current(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _rules.TryGetValue(rule.Id, out var current)
            ? current
            : throw new SpecificationException($"the rule {rule.Id} is used in the order but never stated; name it in State(...)");
    }

    /// <summary>The rules on how a receiver behaves whatever the command.</summary>
    /// <exception cref="SpecificationException">They were never named.</exception>
    public ConductRules Conduct { get => field ?? throw new SpecificationException("the rules of conduct were never named; call Conducts(...)"); private set; }

    /// <summary>Names the rules on how a receiver behaves whatever the command; they have to be stated as well.</summary>
    /// <param name="rules">The rules.</param>
    public void Conducts(ConductRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Conduct = NamedConduct = new ConductRules(Current(rules.OneReply), Current(rules.Form), Current(rules.Closing), Current(rules.Minimum));
    }

    /// <summary>Leaves out the doubts of an older standard, which the one described now has settled or takes up itself.</summary>
    public void SettleDoubts() => _doubts.Clear();

    /// <summary>Records doubts beside the rules.</summary>
    /// <param name="doubts">The doubts.</param>
    public void Doubt(params IEnumerable<Doubt> doubts) => _doubts.AddRange(doubts);

    /// <summary>Lists commands whose refusal may change the state or the buffers; all others leave both alone.</summary>
    /// <param name="rule">The rule that says so.</param>
    /// <param name="commands">The commands.</param>
    public void RefusalMoves(Rule rule, params IEnumerable<Command> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach (var command in commands)
        {
            _movesWhenRefused[command] = Current(rule);
        }
    }

    /// <summary>Names the first and the last state, and the command that leads from one to the other.</summary>
    /// <param name="start">The state before anything has happened.</param>
    /// <param name="final">The state in which the session is over.</param>
    /// <param name="ending">The command that ends a session.</param>
    public void Bounds(State start, State final, Command ending) => (Start, Final, Ending) = (start, final, ending);
}
