using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>
/// A profile's order as a table that can be changed: the same session runs over it, so that a fault in the machine
/// becomes a faulty server.
/// </summary>
internal readonly struct TableOrder : ISessionOrder
{
    private readonly Tables _tables;

    private TableOrder(Tables tables) => _tables = tables;

    public string Name => _tables.Table.Profile.Name;

    public Dialect Dialect => Enum.Parse<Dialect>(_tables.Table.Grammar);

    public SessionState Start => Of(_tables.Table.Start);

    public int Unrecognized => _tables.Table.Faults.Unrecognized;

    public int NotAcceptable => _tables.Table.Faults.NotAcceptable;

    public int NotImplemented => _tables.Table.Faults.NotImplemented;

    public int Closing => _tables.Table.Faults.Closing;

    public ReadOnlySpan<Verb> Commands => _tables.Commands;

    /// <summary>The order as the specification has it.</summary>
    public static TableOrder Of(TransitionTable table) => new(new Tables(table));

    /// <summary>Whether an order runs over this table: every state and command has its name in the generated code.</summary>
    public SessionReading Reads(SessionState state) => _tables.Readings[(int)state];

    public Verb Recognize(ReadOnlySpan<byte> keyword)
    {
        foreach (var verb in _tables.Commands)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(keyword, _tables.Uses[(int)verb]!.Command.Name))
            {
                return verb;
            }
        }

        return Verb.Unknown;
    }

    public ArgumentKind ArgumentOf(Verb verb) => _tables.Arguments[(int)verb];

    public int Accepting(Verb verb) => _tables.Uses[(int)verb]?.Replies.Accepting.FirstOrDefault() ?? 0;

    public string? Syntax(Verb verb) => _tables.Uses[(int)verb]?.Syntax;

    public bool IsRequired(Verb verb) => _tables.Uses[(int)verb]?.Required ?? false;

    public int OutOfOrder(SessionState state, Verb verb) => _tables.Refusals[(int)state, (int)verb];

    public SessionStep Next(SessionState state, Verb verb, int code) =>
        code is < 200 or > 599 ? SessionStep.NotPermitted : _tables.Steps[(int)state, (int)verb, code - 200];

    /// <summary>A copy in which one exchange leads elsewhere or does something else to the buffers.</summary>
    public TableOrder With(Edge edge, State to, BufferEffects? effects = null)
    {
        var tables = new Tables(_tables);
        var verb = Of(edge.Exchange.Command);
        ref var step = ref tables.Steps[(int)Of(edge.From), (int)verb, edge.Exchange.Code - 200];
        step = new SessionStep(Of(to), effects ?? step.Effects);
        return new TableOrder(tables);
    }

    /// <summary>A copy in which a command is refused, with this code, in a state where it is in order.</summary>
    public TableOrder WithRefusal(State state, Command command, int code)
    {
        var tables = new Tables(_tables);
        tables.Refusals[(int)Of(state), (int)Of(command)] = code;
        return new TableOrder(tables);
    }

    /// <summary>A copy in which a command that is out of order is accepted, and leads to a state.</summary>
    public TableOrder WithAcceptance(State state, Command command, State to)
    {
        var tables = new Tables(_tables);
        var use = tables.Table[command];
        tables.Refusals[(int)Of(state), (int)Of(command)] = 0;
        foreach (var code in use.Replies.All.Where(code => code is not 421))
        {
            var step = code < 400 ? new SessionStep(Of(to), Effects(command.OnAccept)) : new SessionStep(Of(state), BufferEffects.None);
            tables.Steps[(int)Of(state), (int)Of(command), code - 200] = step;
        }

        return new TableOrder(tables);
    }

    public static SessionState Of(State state) => Enum.Parse<SessionState>(state.Name);

    public static Verb Of(Command command) => Enum.Parse<Verb>(command.Kind is InputKind.Line ? command.Name : Pascal(command.Name));

    public static BufferEffects Effects(IEnumerable<Effect> effects) =>
        effects.Aggregate(BufferEffects.None, (all, effect) => all | Enum.Parse<BufferEffects>(effect.Kind + Pascal(effect.Buffer.Name)));

    private static string Pascal(string words) =>
        string.Concat(words.Split(' ', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private sealed class Tables
    {
        private static readonly int States = Enum.GetValues<SessionState>().Length;
        private static readonly int Verbs = Enum.GetValues<Verb>().Length;

        public Tables(TransitionTable table)
        {
            Table = table;
            Readings = new SessionReading[States];
            Uses = new CommandUse?[Verbs];
            Arguments = new ArgumentKind[Verbs];
            Refusals = new int[States, Verbs];
            Steps = new SessionStep[States, Verbs, 400];
            Commands = [.. table.Commands.Where(use => use.Command.Kind is InputKind.Line).Select(use => Of(use.Command))];
            foreach (var use in table.Commands)
            {
                Uses[(int)Of(use.Command)] = use;
                Arguments[(int)Of(use.Command)] = Enum.Parse<ArgumentKind>(Pascal(use.Argument.Name));
            }

            foreach (var state in table.States)
            {
                Readings[(int)Of(state)] = Enum.Parse<SessionReading>(table.Reads(state).ToString());
                foreach (var use in table.Commands)
                {
                    Refusals[(int)Of(state), (int)Of(use.Command)] = table.OutOfOrder(state, use.Command)?.Codes[0] ?? 0;
                    for (var code = 200; code < 600; code++)
                    {
                        if (table.Find(state, use.Command / code) is { } edge)
                        {
                            Steps[(int)Of(state), (int)Of(use.Command), code - 200] = new SessionStep(Of(edge.To), Effects(edge.Exchange.Effects));
                        }
                    }
                }
            }
        }

        public Tables(Tables other)
        {
            (Table, Readings, Uses, Arguments, Commands) = (other.Table, other.Readings, other.Uses, other.Arguments, other.Commands);
            Refusals = (int[,])other.Refusals.Clone();
            Steps = (SessionStep[,,])other.Steps.Clone();
        }

        public TransitionTable Table { get; }

        public SessionReading[] Readings { get; }

        public CommandUse?[] Uses { get; }

        public ArgumentKind[] Arguments { get; }

        public Verb[] Commands { get; }

        public int[,] Refusals { get; }

        public SessionStep[,,] Steps { get; }
    }
}
