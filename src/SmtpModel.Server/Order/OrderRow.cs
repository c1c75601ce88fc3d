namespace SmtpModel.Server;

/// <summary>All that an order says of one state: what it reads, what is refused there as out of order, and the exchanges.</summary>
internal sealed class OrderRow
{
    private readonly int[] _refusals;

    // only where a reply is not the one that was decided on
    private ushort[]? _replies;

    public OrderRow(SessionReading reading, int verbs, ReplyColumns columns)
    {
        (Reading, Columns) = (reading, columns);
        _refusals = new int[verbs];
        Steps = new SessionStep[verbs * columns.Count];
    }

    private OrderRow(OrderRow other)
    {
        (Reading, Columns) = (other.Reading, other.Columns);
        _refusals = (int[])other._refusals.Clone();
        Steps = (SessionStep[])other.Steps.Clone();
        _replies = (ushort[]?)other._replies?.Clone();
    }

    public SessionReading Reading { get; }

    public ReplyColumns Columns { get; }

    /// <summary>Where each exchange leads, by <see cref="ReplyColumns.At"/>.</summary>
    public SessionStep[] Steps { get; }

    public OrderRow Copy() => new(this);

    /// <summary>A copy whose exchanges lead so many states further, among copies of all states.</summary>
    public OrderRow Copy(int further)
    {
        var copy = Copy();
        for (var at = 0; at < copy.Steps.Length; at++)
        {
            if (copy.Steps[at].IsPermitted)
            {
                copy.Steps[at] = copy.Steps[at] with { State = checked((SessionState)((int)copy.Steps[at].State + further)) };
            }
        }

        return copy;
    }

    public int Refusal(Verb verb) => _refusals[(int)verb];

    public SessionStep Step(Verb verb, int code) => Steps[Columns.At(verb, code)];

    public int Reply(Verb verb, int code) =>
        _replies is { } replies && replies[Columns.At(verb, code)] is > 0 and var reply ? reply : code;

    public void Refuse(Verb verb, int code) => _refusals[(int)verb] = code;

    public void Lead(Verb verb, int code, SessionStep step, int reply = 0) => LeadAt(Columns.At(verb, Columns.Own(code)), step, reply);

    /// <summary>Whatever the site decides on a command, this is the reply and this is where it leads.</summary>
    public void LeadAll(Verb verb, SessionStep step, int reply)
    {
        _refusals[(int)verb] = 0;
        for (var column = 0; column < Columns.Count; column++)
        {
            LeadAt(((int)verb * Columns.Count) + column, step, reply);
        }
    }

    private void LeadAt(int at, SessionStep step, int reply)
    {
        Steps[at] = step;
        if (reply != 0)
        {
            _replies ??= new ushort[Steps.Length];
            _replies[at] = (ushort)reply;
        }
    }
}

/// <summary>A column for each reply that an order knows; the first is for all others, so that a row stays small.</summary>
internal sealed class ReplyColumns
{
    private const int Lowest = 200;
    private readonly byte[] _columns = new byte[400];

    public ReplyColumns(IEnumerable<int> codes)
    {
        foreach (var code in codes.Distinct().Where(code => (uint)(code - Lowest) < (uint)_columns.Length))
        {
            _columns[code - Lowest] = checked((byte)Count++);
        }
    }

    public int Count { get; private set; } = 1;

    /// <summary>The place of a command and a reply in a row.</summary>
    public int At(Verb verb, int code) => ((int)verb * Count) + Of(code);

    public int Of(int code) => (uint)(code - Lowest) < (uint)_columns.Length ? _columns[code - Lowest] : 0;

    /// <summary>A reply that has a column of its own.</summary>
    public int Own(int code) => Of(code) > 0 ? code
        : throw new InvalidOperationException($"the order has no column for the reply {code}: no row of it names this reply");
}
