namespace SmtpModel.Server;

/// <summary>All that an order says of one state: what it reads, what is refused there as out of order, and the exchanges.</summary>
internal sealed class OrderRow
{
    private readonly ReplyColumns _columns;
    private readonly int[] _refusals;
    private readonly SessionStep[] _steps;

    // only where a reply is not the one that was decided on
    private ushort[]? _replies;

    public OrderRow(SessionReading reading, int verbs, ReplyColumns columns)
    {
        (Reading, _columns) = (reading, columns);
        _refusals = new int[verbs];
        _steps = new SessionStep[verbs * columns.Count];
    }

    private OrderRow(OrderRow other)
    {
        (Reading, _columns) = (other.Reading, other._columns);
        _refusals = (int[])other._refusals.Clone();
        _steps = (SessionStep[])other._steps.Clone();
        _replies = (ushort[]?)other._replies?.Clone();
    }

    public SessionReading Reading { get; }

    public OrderRow Copy() => new(this);

    public int Refusal(Verb verb) => _refusals[(int)verb];

    public SessionStep Step(Verb verb, int code) => _steps[((int)verb * _columns.Count) + _columns.Of(code)];

    public int Reply(Verb verb, int code) => _replies is { } replies && replies[((int)verb * _columns.Count) + _columns.Of(code)] is > 0 and var reply ? reply : code;

    public void Refuse(Verb verb, int code) => _refusals[(int)verb] = code;

    public void Lead(Verb verb, int code, SessionStep step, int reply = 0) => LeadColumn(verb, _columns.Own(code), step, reply);

    /// <summary>Whatever the site decides on a command, this is the reply and this is where it leads.</summary>
    public void LeadAll(Verb verb, SessionStep step, int reply)
    {
        _refusals[(int)verb] = 0;
        for (var column = 0; column < _columns.Count; column++)
        {
            LeadColumn(verb, column, step, reply);
        }
    }

    private void LeadColumn(Verb verb, int column, SessionStep step, int reply)
    {
        var at = ((int)verb * _columns.Count) + column;
        _steps[at] = step;
        if (reply != 0)
        {
            _replies ??= new ushort[_steps.Length];
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

    public int Of(int code) => (uint)(code - Lowest) < (uint)_columns.Length ? _columns[code - Lowest] : 0;

    public int Own(int code) => Of(code) is > 0 and var column ? column
        : throw new InvalidOperationException($"the order has no column for the reply {code}: no row of it names this reply");
}
