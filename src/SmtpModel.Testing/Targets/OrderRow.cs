using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>All that an order says of one state: what it reads, what is refused there as out of order, and the exchanges.</summary>
internal sealed class OrderRow
{
    private const int LowestCode = 200;
    private const int Codes = 400;
    private static readonly int Verbs = Enum.GetValues<Verb>().Length;
    private readonly int[] _refusals;
    private readonly SessionStep[] _steps;

    // only where a reply is not the one that was decided on
    private ushort[]? _replies;

    public OrderRow(SessionReading reading)
    {
        Reading = reading;
        _refusals = new int[Verbs];
        _steps = new SessionStep[Verbs * Codes];
    }

    private OrderRow(OrderRow other)
    {
        Reading = other.Reading;
        _refusals = (int[])other._refusals.Clone();
        _steps = (SessionStep[])other._steps.Clone();
        _replies = (ushort[]?)other._replies?.Clone();
    }

    public SessionReading Reading { get; }

    public OrderRow Copy() => new(this);

    public int Refusal(Verb verb) => _refusals[(int)verb];

    public SessionStep Step(Verb verb, int code) => IsCode(code) ? _steps[Index(verb, code)] : SessionStep.NotPermitted;

    public int Reply(Verb verb, int code) => _replies is { } replies && replies[Index(verb, code)] is > 0 and var reply ? reply : code;

    public void Refuse(Verb verb, int code) => _refusals[(int)verb] = code;

    public void Lead(Verb verb, int code, SessionStep step, int reply = 0)
    {
        _steps[Index(verb, code)] = step;
        if (reply != 0)
        {
            _replies ??= new ushort[Verbs * Codes];
            _replies[Index(verb, code)] = (ushort)reply;
        }
    }

    /// <summary>Whatever the site decides on a command, this is the reply and this is where it leads.</summary>
    public void LeadAll(Verb verb, SessionStep step, int reply)
    {
        _refusals[(int)verb] = 0;
        for (var code = LowestCode; code < LowestCode + Codes; code++)
        {
            Lead(verb, code, step, reply);
        }
    }

    private static bool IsCode(int code) => (uint)(code - LowestCode) < Codes;

    private static int Index(Verb verb, int code) => ((int)verb * Codes) + code - LowestCode;
}
