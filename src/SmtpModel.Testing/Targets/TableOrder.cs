using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>
/// A profile's order as a table that can be changed: the same session runs over it, so that a fault in the machine
/// becomes a faulty server. A change copies the row of one state and shares all others.
/// </summary>
internal readonly struct TableOrder : ISessionOrder
{
    private readonly OrderWords _words;
    private readonly OrderRow[] _rows;

    private TableOrder(OrderWords words, OrderRow[] rows) => (_words, _rows) = (words, rows);

    public string Name => _words.Table.Profile.Name;

    public Dialect Dialect => _words.Dialect;

    public SessionState Start => _words.Start;

    public int Unrecognized => _words.Table.Faults.Unrecognized;

    public int NotAcceptable => _words.Table.Faults.NotAcceptable;

    public int NotImplemented => _words.Table.Faults.NotImplemented;

    public int Closing => _words.Table.Faults.Closing;

    public ReadOnlySpan<Verb> Commands => _words.Commands;

    /// <summary>The order as the specification has it.</summary>
    public static TableOrder Of(TransitionTable table)
    {
        var rows = new OrderRow[Enum.GetValues<SessionState>().Length];
        Array.Fill(rows, new OrderRow(SessionReading.Nothing));
        foreach (var state in table.States)
        {
            var row = rows[(int)Of(state)] = new OrderRow(Enum.Parse<SessionReading>(table.Reads(state).ToString()));
            foreach (var use in table.Commands)
            {
                var verb = Of(use.Command);
                row.Refuse(verb, table.OutOfOrder(state, use.Command)?.Codes[0] ?? 0);
                for (var code = 200; code < 600; code++)
                {
                    if (table.Find(state, use.Command / code) is { } edge)
                    {
                        row.Lead(verb, code, new SessionStep(Of(edge.To), Effects(edge.Exchange.Effects)));
                    }
                }
            }
        }

        return new TableOrder(new OrderWords(table), rows);
    }

    public SessionReading Reads(SessionState state) => _rows[(int)state].Reading;

    public Verb Recognize(ReadOnlySpan<byte> keyword) => _words.Recognize(keyword);

    public ArgumentKind ArgumentOf(Verb verb) => _words.ArgumentOf(verb);

    public int Accepting(Verb verb) => _words[verb]?.Replies.Accepting.FirstOrDefault() ?? 0;

    public string? Syntax(Verb verb) => _words[verb]?.Syntax;

    public bool IsRequired(Verb verb) => _words[verb]?.Required ?? false;

    public int OutOfOrder(SessionState state, Verb verb) => _rows[(int)state].Refusal(verb);

    public SessionStep Next(SessionState state, Verb verb, int code) => _rows[(int)state].Step(verb, code);

    public int Reply(SessionState state, Verb verb, int code) => _rows[(int)state].Reply(verb, code);

    /// <summary>A copy in which one exchange leads elsewhere, or does something else to the buffers, or draws another reply.</summary>
    public TableOrder With(Edge edge, State to, BufferEffects? effects = null, int reply = 0)
    {
        var words = _words;
        return Changed(Of(edge.From), row => Lead(words, row, edge, Of(to), effects, reply));
    }

    /// <summary>A copy in which a command is refused, with this code, in a state where it is in order.</summary>
    public TableOrder WithRefusal(State state, Command command, int code) => Changed(Of(state), row => row.Refuse(Of(command), code));

    /// <summary>A copy in which a command that is out of order draws this reply, whatever the site says, and does something all the same.</summary>
    public TableOrder WithRejection(State state, Command command, int reply, State to, BufferEffects effects) =>
        Changed(Of(state), row => row.LeadAll(Of(command), new SessionStep(Of(to), effects), reply));

    /// <summary>A copy in which a command that is out of order is accepted, and leads to a state.</summary>
    public TableOrder WithAcceptance(State state, Command command, State to)
    {
        var use = _words.Table[command];
        return Changed(Of(state), row =>
        {
            row.Refuse(Of(command), 0);
            foreach (var code in use.Replies.All.Where(code => code is not 421))
            {
                row.Lead(Of(command), code, code < 400 ? new SessionStep(Of(to), Effects(command.OnAccept)) : new SessionStep(Of(state), BufferEffects.None));
            }
        });
    }

    /// <summary>
    /// A copy with one state more, behind an edge: as the state the edge leads to, but that one exchange there leads elsewhere.
    /// The states behind it are those of the table.
    /// </summary>
    public TableOrder WithHidden(Edge edge, Edge broken, State to)
    {
        var hidden = _rows[(int)Of(edge.To)].Copy();
        var (words, number) = (_words, (SessionState)_rows.Length);
        Lead(words, hidden, broken, Of(to), null, 0);
        var changed = Changed(Of(edge.From), row => Lead(words, row, edge, number, null, 0));
        return new TableOrder(words, [.. changed._rows, hidden]);
    }

    public static SessionState Of(State state) => Enum.Parse<SessionState>(state.Name);

    public static Verb Of(Command command) => Enum.Parse<Verb>(NameOf(command));

    /// <summary>A command's name as one word.</summary>
    public static string NameOf(Command command) => command.Kind is InputKind.Line ? command.Name : OrderWords.Pascal(command.Name);

    public static BufferEffects Effects(IEnumerable<Effect> effects) =>
        effects.Aggregate(BufferEffects.None, (all, effect) => all | Of(effect));

    private static BufferEffects Of(Effect effect) => Enum.Parse<BufferEffects>(effect.Kind + OrderWords.Pascal(effect.Buffer.Name));

    private TableOrder Changed(SessionState state, Action<OrderRow> change)
    {
        OrderRow[] rows = [.. _rows];
        rows[(int)state] = rows[(int)state].Copy();
        change(rows[(int)state]);
        return new TableOrder(_words, rows);
    }

    // an edge of "any command" is one of each command
    private static void Lead(OrderWords words, OrderRow row, Edge edge, SessionState to, BufferEffects? effects, int reply)
    {
        var (command, code) = (edge.Exchange.Command, edge.Exchange.Code);
        foreach (var verb in command.Kind is InputKind.Any ? words.Verbs : [Of(command)])
        {
            row.Lead(verb, code, new SessionStep(to, effects ?? row.Step(verb, code).Effects), reply);
        }
    }
}
