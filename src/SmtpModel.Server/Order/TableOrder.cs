using System.Text.RegularExpressions;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// A profile's order as a table: an exchange is looked up, whatever the state, the command and the reply. The same table can be
/// changed, so that a fault in the machine becomes a faulty server; a change copies the row of one state and shares all others.
/// </summary>
internal readonly struct TableOrder : ISessionOrder
{
    private const BufferEffects Offer = BufferEffects.LearnOffer | BufferEffects.ForgetOffer | BufferEffects.Secure;
    private readonly OrderWords _words;
    private readonly OrderRow[] _rows;

    // the steps of each row and the columns of all, here too: what is asked at every exchange is two loads away
    private readonly SessionStep[][] _steps;
    private readonly ReplyColumns _columns;

    private TableOrder(OrderWords words, OrderRow[] rows)
    {
        (_words, _rows, _columns) = (words, rows, rows[0].Columns);
        _steps = Array.ConvertAll(rows, row => row.Steps);
    }

    public OrderRows Rows => _words.Rows;

    public string Name => Rows.Name;

    public Dialect Dialect => _words.Dialect;

    public SessionState Start => Rows.Start;

    public int Unrecognized => Rows.Faults.Unrecognized;

    public int NotAcceptable => Rows.Faults.NotAcceptable;

    public int NotImplemented => Rows.Faults.NotImplemented;

    public int Closing => Rows.Faults.Closing;

    public ReadOnlySpan<Verb> Commands => _words.Lines;

    /// <summary>The table of some rows.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="replies">Replies that a change may need though no row leads anywhere with them.</param>
    public static TableOrder Of(OrderRows source, IEnumerable<int>? replies = null)
    {
        var words = new OrderWords(source);
        var columns = new ReplyColumns(source.Exchanges.SelectMany(exchange => exchange.Codes)
            .Concat(source.Refusals.Select(refusal => refusal.Code)).Concat(replies ?? []));
        var rows = new OrderRow[Math.Max(Enum.GetValues<SessionState>().Length, source.States.Max(row => (int)row.State) + 1)];
        Array.Fill(rows, new OrderRow(SessionReading.Nothing, words.VerbCount, columns));
        foreach (var (state, reading) in source.States)
        {
            rows[(int)state] = new OrderRow(reading, words.VerbCount, columns);
        }

        foreach (var refusal in source.Refusals)
        {
            Array.ForEach(refusal.Verbs, verb => rows[(int)refusal.State].Refuse(verb, refusal.Code));
        }

        // "any command" first: what a command has of its own counts more
        foreach (var exchange in source.Exchanges.OrderByDescending(exchange => exchange.Verb is Verb.Any))
        {
            foreach (var code in exchange.Codes)
            {
                foreach (var verb in words.Meant(exchange.Verb))
                {
                    rows[(int)exchange.From].Lead(verb, code, new SessionStep(exchange.To, exchange.Effects));
                }
            }
        }

        return new TableOrder(words, rows);
    }

    public SessionReading Reads(SessionState state) => _rows[(int)state].Reading;

    public Verb Recognize(ReadOnlySpan<byte> keyword) => _words.Keywords.Find(keyword) ?? Verb.Unknown;

    public Verb VariantOf(Verb verb, ReadOnlySpan<byte> argument) => _words.Variant(verb, argument);

    public Verb MeaningOf(Verb verb) => _words.Meaning(verb);

    public Regex? BlockOf(Verb verb) => _words[verb]?.Block;

    public bool Delivers(Verb verb) => _words[verb]?.Delivers ?? false;

    public ArgumentKind ArgumentOf(Verb verb) => _words[verb]?.Argument ?? ArgumentKind.None;

    public Regex? PatternOf(Verb verb) => _words[verb]?.Value;

    public int Accepting(Verb verb) => _words[verb]?.Accepting ?? 0;

    public BufferEffects ForEach(Verb verb) => _words[verb]?.ForEach ?? BufferEffects.None;

    public string? Syntax(Verb verb) => _words[verb] is { IsLine: true } row ? row.Syntax : null;

    public bool IsRequired(Verb verb) => _words[verb]?.Required ?? false;

    public int OutOfOrder(SessionState state, Verb verb) => _rows[(int)state].Refusal(verb);

    public SessionStep Next(SessionState state, Verb verb, int code) => _steps[(int)state][_columns.At(verb, code)];

    public int Reply(SessionState state, Verb verb, int code) => _rows[(int)state].Reply(verb, code);

    /// <summary>Whether a state has the row that it has in another table, one that this was changed into or from.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="state">The state, which either table may lack.</param>
    public bool Shares(in TableOrder other, SessionState state) =>
        (int)state < _rows.Length && (int)state < other._rows.Length && ReferenceEquals(_rows[(int)state], other._rows[(int)state]);

    /// <summary>A copy in which one exchange leads elsewhere, or does something else to the buffers, or draws another reply.</summary>
    /// <param name="exchange">The exchange, in the state it leaves.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="effects">What it does to the buffers; null for what it did.</param>
    /// <param name="reply">The reply it draws; 0 for its own.</param>
    public TableOrder With(in Place exchange, SessionState to, BufferEffects? effects = null, int reply = 0)
    {
        var rows = Changed(exchange.From, out var row);
        Lead(row, exchange, to, effects, reply);
        return new TableOrder(_words, rows);
    }

    /// <summary>A copy in which a command is refused, with this code, in a state where it is in order.</summary>
    public TableOrder WithRefusal(SessionState state, Verb verb, int code)
    {
        var rows = Changed(state, out var row);
        row.Refuse(verb, code);
        return new TableOrder(_words, rows);
    }

    /// <summary>A copy in which a command that is out of order draws this reply, whatever the site says, and does something all the
    /// same.</summary>
    public TableOrder WithRejection(SessionState state, Verb verb, int reply, SessionState to, BufferEffects effects)
    {
        var rows = Changed(state, out var row);
        row.LeadAll(verb, new SessionStep(to, effects), reply);
        return new TableOrder(_words, rows);
    }

    /// <summary>A copy in which a command that is out of order is accepted with these codes and leads to a state, or refused with
    /// these.</summary>
    public TableOrder WithAcceptance(SessionState state, Verb verb, SessionState to, BufferEffects effects, IEnumerable<int> codes)
    {
        var rows = Changed(state, out var row);
        row.Refuse(verb, 0);
        foreach (var code in codes)
        {
            row.Lead(verb, code, code < 400 ? new SessionStep(to, effects) : new SessionStep(state, BufferEffects.None));
        }

        return new TableOrder(_words, rows);
    }

    /// <summary>
    /// A copy with one state more, behind an exchange: as the state the exchange leads to, but that one exchange there leads
    /// elsewhere. The states behind it are those of the table.
    /// </summary>
    public TableOrder WithHidden(in Place exchange, SessionState like, in Place broken, SessionState to)
    {
        var hidden = _rows[(int)like].Copy();
        Lead(hidden, broken, to, null, 0);
        var rows = Changed(exchange.From, out var row);
        Lead(row, exchange, (SessionState)_rows.Length, null, 0);
        return new TableOrder(_words, [.. rows, hidden]);
    }

    /// <summary>
    /// A copy that counts an exchange: behind so many of them in a session another one leads elsewhere. For each number below it has
    /// all states once more.
    /// </summary>
    public TableOrder WithCounter(in Place exchange, int count, in Place broken, SessionState to)
    {
        var (known, states) = (_rows, _rows.Length);
        OrderRow[] rows = [.. Enumerable.Range(0, count + 1).SelectMany(layer => known.Select(row => row.Copy(layer * states)))];
        for (var layer = 0; layer < count; layer++)
        {
            var row = rows[(layer * states) + (int)exchange.From];
            Lead(row, exchange, Moved(Next(exchange.From, exchange.Verb, exchange.Code).State, layer + 1), null, 0);
        }

        Lead(rows[(count * states) + (int)broken.From], broken, Moved(to, count), null, 0);
        return new TableOrder(_words, rows);

        SessionState Moved(SessionState state, int layer) => checked((SessionState)((int)state + (layer * states)));
    }

    private OrderRow[] Changed(SessionState state, out OrderRow row)
    {
        OrderRow[] rows = [.. _rows];
        row = rows[(int)state] = rows[(int)state].Copy();
        return rows;
    }

    // an exchange of "any command" is one of each command; what it means for the offer stays with it
    private void Lead(OrderRow row, in Place exchange, SessionState to, BufferEffects? effects, int reply)
    {
        foreach (var verb in _words.Meant(exchange.Verb))
        {
            var known = row.Step(verb, exchange.Code).Effects;
            var changed = effects is { } given ? given | (known & Offer) : known;
            row.Lead(verb, exchange.Code, new SessionStep(to, changed), reply);
        }
    }

    /// <summary>An exchange in the state it leaves.</summary>
    internal readonly record struct Place(SessionState From, Verb Verb, int Code);
}

/// <summary>What an order says of the commands themselves, whatever the state.</summary>
internal sealed class OrderWords
{
    private readonly CommandRow?[] _rows;
    private readonly Verb[] _all;

    private readonly Dictionary<string, Verb> _byName;

    // by verb, what its argument may make of it; null for all but a few
    private readonly CommandRow[]?[] _variants;

    public OrderWords(OrderRows rows)
    {
        Rows = rows;
        VerbCount = Math.Max(Enum.GetValues<Verb>().Length, rows.Commands.Max(row => (int)row.Verb) + 1);
        _rows = new CommandRow?[VerbCount];
        Array.ForEach(rows.Commands, row => _rows[(int)row.Verb] = row);
        _all = [.. rows.Commands.Select(row => row.Verb)];
        _byName = rows.Commands.ToDictionary(row => row.Name, row => row.Verb);
        _variants = new CommandRow[]?[VerbCount];
        foreach (var variants in rows.Commands.Where(row => row.Keyword is not null).GroupBy(row => _byName[row.Keyword!]))
        {
            _variants[(int)variants.Key] = [.. variants];
        }

        Lines = [.. rows.Commands.Where(row => row.IsLine).Select(row => row.Verb)];
        Keywords = new KeywordTable(rows.Commands);
        Dialect = rows.Utf8Parameter is null ? rows.Dialect : Dialect.Rfc6531;
    }

    public OrderRows Rows { get; }

    public Dialect Dialect { get; }

    public int VerbCount { get; }

    public Verb[] Lines { get; }

    public KeywordTable Keywords { get; }

    public CommandRow? this[Verb verb] => (int)verb < _rows.Length ? _rows[(int)verb] : null;

    /// <summary>The command that a line of a verb is.</summary>
    public Verb Variant(Verb verb, ReadOnlySpan<byte> argument)
    {
        foreach (var row in _variants[(int)verb] ?? [])
        {
            if (Arguments.Fits(row.Variant!, argument))
            {
                return row.Verb;
            }
        }

        return verb;
    }

    /// <summary>The command that a site is asked for.</summary>
    public Verb Meaning(Verb verb) => this[verb] is { IsHeir: true, Keyword: var keyword } ? _byName[keyword!] : verb;

    /// <summary>The commands that an exchange is one of: itself, or each where it is one of "any".</summary>
    public ReadOnlySpan<Verb> Meant(Verb verb) => verb is Verb.Any ? _all : new Verb[] { verb };
}
