namespace SmtpModel.Server;

/// <summary>
/// The steps of a generated order, asked for once and then looked up: two loads for an exchange, whatever the state, the
/// command and the reply. A switch over the same takes twice as long (benchmarks, TransitionBenchmarks).
/// </summary>
internal sealed class StepTable
{
    private const int LowestCode = 200;
    private static readonly int Verbs = Enum.GetValues<Verb>().Length;
    private readonly byte[] _columns = new byte[400];
    private readonly SessionStep[] _steps;
    private readonly int _width;

    public StepTable(Func<SessionState, Verb, int, SessionStep> decide)
    {
        var states = Enum.GetValues<SessionState>();
        var verbs = Enum.GetValues<Verb>();

        // a column for each reply that leads anywhere at all; the first is for all others
        List<int> codes = [.. Enumerable.Range(LowestCode, _columns.Length)
            .Where(code => states.Any(state => verbs.Any(verb => decide(state, verb, code).IsPermitted)))];
        for (var column = 1; column <= codes.Count; column++)
        {
            _columns[codes[column - 1] - LowestCode] = checked((byte)column);
        }

        _width = codes.Count + 1;
        _steps = new SessionStep[states.Length * verbs.Length * _width];
        foreach (var state in states)
        {
            foreach (var verb in verbs)
            {
                foreach (var code in codes)
                {
                    _steps[Index(state, verb, code)] = decide(state, verb, code);
                }
            }
        }
    }

    public SessionStep this[SessionState state, Verb verb, int code] =>
        (uint)(code - LowestCode) < (uint)_columns.Length ? _steps[Index(state, verb, code)] : SessionStep.NotPermitted;

    private int Index(SessionState state, Verb verb, int code) => ((((int)state * Verbs) + (int)verb) * _width) + _columns[code - LowestCode];
}
