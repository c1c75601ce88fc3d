namespace SmtpModel.Machines;

/// <summary>
/// What a machine is described with. A later part of a profile may say a command or a rule again: then its words count,
/// so that a newer standard is written as what it changed.
/// </summary>
public sealed partial class Vocabulary
{
    private readonly Dictionary<Command, CommandUse> _commands = [];
    private readonly List<Command> _order = [];
    private readonly List<Command> _listed = [];
    private readonly List<Command> _named = [];
    private readonly Dictionary<string, Rule> _rules = [];
    private readonly HashSet<string> _ofLines = [];
    private readonly List<string> _ruleOrder = [];
    private readonly List<Doubt> _doubts = [];
    private readonly Dictionary<Command, Rule> _movesWhenRefused = [];
    private readonly HashSet<Command> _grouped = [];
    private readonly List<Command> _greeting = [];
    private readonly List<Command> _securing = [];
    private readonly List<Command> _delivering = [];
    private readonly Dictionary<Command, List<int>> _added = [];
    private readonly Dictionary<(string Kind, string Name), ProfilePart> _saidBy = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<ServiceExtension> _extensions = [];
    private readonly List<ReplyTextRule> _replyTexts = [];
    private readonly List<Diagnostic> _contradictions = [];
    private readonly Dictionary<Command, Rule> _demanded = [];
    private readonly Dictionary<Command, Rule> _demandedOfMalformed = [];
    private readonly List<Command> _attempts = [];
    private int[] _conditions = [];
    private int[] _general = [];
    private int[] _optional = [];
    private int[] _placed = [];

    /// <summary>The commands in the order in which they were first named.</summary>
    public IEnumerable<CommandUse> Commands => _order.Select(command => this[command]);

    /// <summary>The same commands, without what this machine says of them.</summary>
    internal IReadOnlyList<Command> Described => _order;

    /// <summary>
    /// The commands in the order in which the standards list them: a new command stands behind the one that its own standard names
    /// before it, and a standard that names commands of an older one again gives them its own order.
    /// </summary>
    internal IEnumerable<CommandUse> ListedCommands => _listed.Union(_order).Select(command => this[command]);

    /// <summary>The rules in the order in which they were first named.</summary>
    public IEnumerable<Rule> Rules => _ruleOrder.Where(id => !_ofLines.Contains(id)).Select(id => _rules[id]);

    // what was said as it was said, for writing the vocabulary down
    internal IEnumerable<CommandUse> Rows => _order.Select(command => WithAdded(_commands[command]));

    internal (IReadOnlyList<int> General, IReadOnlyList<int> Optional, IReadOnlyList<int> Placed) ReplyLists =>
        (_general, _optional, _placed);

    internal ConductRules? NamedConduct { get; private set; }

    // the part that is being asked for its share
    internal ProfilePart? Speaking { get; set; }

    // what two parts say of one thing
    internal IReadOnlyList<Diagnostic> Contradictions => _contradictions;

    /// <summary>The parameters that extensions add to commands.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The extensions, by keyword.</summary>
    public IReadOnlyList<ServiceExtension> Extensions => _extensions;

    /// <summary>What the texts of replies have to look like.</summary>
    public IReadOnlyList<ReplyTextRule> ReplyTexts => _replyTexts;

    /// <summary>The command whose reply lists the extensions, as EHLO; null in a protocol without.</summary>
    public Command? Listing { get; private set; }

    /// <summary>The parameter behind which paths may be in UTF-8, with the rule that says so; null where they may not.</summary>
    public (Rule Rule, Parameter Parameter)? Utf8Paths { get; private set; }

    /// <summary>The commands that open a session; what one of them learned of extensions is gone when another is accepted.</summary>
    public IReadOnlyList<Command> Greeting => _greeting;

    /// <summary>The rule by which commands may be sent in a group, without waiting for each reply; null where they may not.</summary>
    public Rule? Grouping { get; private set; }

    /// <summary>The rule that each command of a group is answered, in order and as if it had come alone; null where there are no
    /// groups.</summary>
    public Rule? GroupAnswers { get; private set; }

    /// <summary>The inputs that may stand anywhere in a group; every other one may only be its last.</summary>
    public IReadOnlySet<Command> Grouped => _grouped;

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
                throw new SpecificationException(
                    $"the command {command} is used in the order but has no row of replies; describe it with Command(...)"
                );
            }

            if (command.Kind is not InputKind.Line)
            {
                return use;
            }

            use = WithAdded(use);
            var isOptional = !use.Required && command is not { Variant.Mark.Length: > 0 };
            var general = _general.Concat(isOptional ? _optional : []).Except(use.Replies.All).ToList();
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
    /// <param name="extension">The EHLO keyword of the extension that brings it; the part's own when left out.</param>
    public void Command(Command command, Clause clause, Argument? argument = null, int[]? success = null,
        int[]? intermediate = null, int[]? failure = null, int[]? error = null, bool required = false, string? extension = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        Once("the command", command.Name);
        if (!_commands.ContainsKey(command))
        {
            _order.Add(command);
        }

        if (!_named.Contains(command))
        {
            _named.Add(command);
        }

        var row = new ReplyRow(success ?? [], intermediate ?? [], failure ?? [], error ?? []);
        _commands[command] = new CommandUse(command, argument ?? Argument.None, row, required, clause)
        {
            Extension = extension ?? Speaking?.Extension?.Keyword,
        };
    }

    /// <summary>Replies that commands may draw as well, besides their rows: several parts may add to one command.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="codes">The codes, 4yz or 5yz.</param>
    public void MayAlsoDraw(IEnumerable<Command> commands, params int[] codes)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach (var command in commands)
        {
            if (!_added.TryGetValue(command, out var known))
            {
                _added.Add(command, known = []);
            }

            known.AddRange(codes.Except(known));
        }
    }

    /// <summary>Adds a parameter to commands.</summary>
    /// <param name="parameter">The parameter.</param>
    public void Parameter(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        foreach (var command in parameter.Commands)
        {
            Once("the parameter", $"{parameter.Keyword.ToUpperInvariant()} of {command}");
            MayAlsoDraw([command], [.. parameter.Refusing, .. parameter.LimitRefusing]);
        }

        _parameters.Add(parameter with
        {
            Extension = Speaking?.Extension?.Keyword ?? parameter.Extension,
            Taken = Current(parameter.Taken),
            Malformed = parameter.Malformed is { } malformed ? Current(malformed) : null,
            Twice = parameter.Twice is { } twice ? Current(twice) : null,
            Limit = parameter.Limit is { } limit ? Current(limit) : null,
        });
    }

    /// <summary>The parameters that may stand behind a command.</summary>
    /// <param name="command">The command.</param>
    public IEnumerable<Parameter> ParametersOf(Command command) => _parameters.Where(parameter => parameter.Commands.Contains(command));

    /// <summary>States what the text of replies has to look like.</summary>
    /// <param name="rule">The rule.</param>
    public void ReplyText(ReplyTextRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _replyTexts.Add(rule with { Rule = Current(rule.Rule) });
    }

    /// <summary>Names the command whose reply lists the extensions.</summary>
    /// <param name="command">The command.</param>
    public void Lists(Command command) => Listing = command;

    /// <summary>Names commands behind whose acceptance the channel is secured: what comes next is a TLS handshake (RFC 3207 4).</summary>
    /// <param name="commands">The commands.</param>
    public void Secures(params IEnumerable<Command> commands) => _securing.AddRange(commands.Except(_securing));

    /// <summary>The commands behind whose acceptance the channel is secured.</summary>
    public IReadOnlyList<Command> Securing => _securing;

    /// <summary>Names commands behind which a message is handed over, as behind the end of data; that one need not be named.</summary>
    /// <param name="commands">The commands.</param>
    public void Delivers(params IEnumerable<Command> commands)
    {
        _delivering.AddRange(commands.Except(_delivering));
        ShapeDeliveries();
    }

    /// <summary>The commands that <see cref="Delivers"/> names.</summary>
    public IReadOnlyList<Command> Delivering => _delivering;

    /// <summary>Names commands that open a session.</summary>
    /// <param name="commands">The commands.</param>
    public void Greets(params IEnumerable<Command> commands) => _greeting.AddRange(commands.Except(_greeting));

    /// <summary>Paths may be in UTF-8 behind a parameter of the command that begins the transaction.</summary>
    /// <param name="rule">The rule that says so.</param>
    /// <param name="parameter">The parameter.</param>
    public void PathsMayBeUtf8(Rule rule, Parameter parameter) => Utf8Paths = (Current(rule), parameter);

    /// <summary>Commands may be sent in a group, without waiting for each reply.</summary>
    /// <param name="rule">The rule that lets them.</param>
    /// <param name="answered">The rule that each command of a group is answered, in order and as if it had come alone.</param>
    /// <param name="anywhere">The inputs that may stand anywhere in it; every other one may only be its last.</param>
    public void Groups(Rule rule, Rule answered, params IEnumerable<Command> anywhere)
    {
        (Grouping, GroupAnswers) = (Current(rule), Current(answered));
        MayBeGrouped(anywhere);
    }

    /// <summary>Inputs of an extension that may stand anywhere in a group, where groups are allowed at all.</summary>
    /// <param name="commands">The inputs.</param>
    public void MayBeGrouped(params IEnumerable<Command> commands) => _grouped.UnionWith(commands);

    private CommandUse WithAdded(CommandUse use) => !_added.TryGetValue(use.Command, out var added) ? use
        : use with { Replies = use.Replies with { Failure = [.. use.Replies.Failure, .. added.Except(use.Replies.All)] } };

    internal void Extension(ServiceExtension extension)
    {
        Once("the keyword", extension.Keyword);
        _ = extension.Form is { } form ? Current(form) : null;
        _extensions.Add(extension);
    }

    // a newer standard may say again what an older one said; an extension may not, and nobody may say again what an extension has said
    private void Once(string kind, string name)
    {
        if (Speaking is not { } part)
        {
            return;
        }

        if (_saidBy.TryGetValue((kind, name), out var before) && (part.Extension ?? before.Extension) is not null)
        {
            _contradictions.Add(
                new Diagnostic(
                    "SMTP016",
                    "",
                    $"{kind} {name} is described by {before.File} and again by {part.File}; an extension only adds",
                    part.Place
                )
            );
        }

        _saidBy[(kind, name)] = part;
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

    /// <summary>
    /// Replies of a site that demands something before it serves a command, such as a password: they may refuse any command,
    /// in order or not.
    /// </summary>
    /// <param name="codes">The codes.</param>
    public void ConditionsDraw(params int[] codes) => _conditions = codes;

    internal IReadOnlyList<int> Conditions => _conditions;

    /// <summary>Commands that are accepted with a reply of their row and with no other, since a rule names the code.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="commands">The commands.</param>
    public void AcceptanceDemands(Rule rule, params IEnumerable<Command> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach (var command in commands)
        {
            _ = this[command];
            _demanded[command] = Current(rule);
        }
    }

    /// <summary>The commands whose code of acceptance a rule names, each with that rule.</summary>
    public IReadOnlyDictionary<Command, Rule> Demanded => _demanded;

    /// <summary>Commands whose argument, where it is there and is not as its grammar has it, draws the code for what is not acceptable and
    /// no other, since a rule names it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="commands">The commands.</param>
    public void MalformedDemands(Rule rule, params IEnumerable<Command> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach (var command in commands)
        {
            _ = this[command];
            _demandedOfMalformed[command] = Current(rule);
        }
    }

    /// <summary>The commands of <see cref="MalformedDemands"/>, each with its rule.</summary>
    public IReadOnlyDictionary<Command, Rule> DemandedOfMalformed => _demandedOfMalformed;

    /// <summary>Names commands that a site counts where they fail, as wrong passwords: who sends many of these is locked out.</summary>
    /// <param name="commands">The commands.</param>
    public void FailuresCount(params IEnumerable<Command> commands) => _attempts.AddRange(commands.Except(_attempts));

    /// <summary>The commands of <see cref="FailuresCount"/>.</summary>
    public IReadOnlyList<Command> Attempts => _attempts;

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
            Once("the rule", rule.Id);
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
            : throw new SpecificationException(
                $"the rule {rule.Id} is used and not stated; name it in State(...), in front of what uses it"
            );
    }

    /// <summary>The rules on how a receiver behaves whatever the command.</summary>
    /// <exception cref="SpecificationException">They were never named.</exception>
    public ConductRules Conduct
    {
        get => field ?? throw new SpecificationException("the rules of conduct were never named; call Conducts(...)");
        private set;
    }

    /// <summary>Names the rules on how a receiver behaves whatever the command; they have to be stated as well.</summary>
    /// <param name="rules">The rules.</param>
    public void Conducts(ConductRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Conduct = NamedConduct = new ConductRules(
            Current(rules.OneReply),
            Current(rules.Form),
            Current(rules.Closing),
            Current(rules.Minimum)
        );
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
