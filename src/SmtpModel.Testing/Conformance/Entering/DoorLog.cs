namespace SmtpModel.Testing.Engine;

/// <summary>How many sessions were begun, and what was said where none was.</summary>
internal sealed class DoorLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _refusals = [];
    private int _begun;

    /// <summary>How many sessions were begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>What was said instead of beginning a session, and how often; the most frequent first.</summary>
    public IReadOnlyList<(string Said, int Times)> Refusals
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _refusals
                        .OrderByDescending(refusal => refusal.Value)
                        .ThenBy(refusal => refusal.Key, StringComparer.Ordinal)
                        .Select(refusal => (refusal.Key, refusal.Value)),
                ];
            }
        }
    }

    /// <summary>The refusals for people.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            var refusals = Refusals;
            var all = Begun + refusals.Sum(refusal => refusal.Times);
            return refusals.Select(refusal => $"the server did not begin {refusal.Times} of {all} sessions: {refusal.Said}");
        }
    }

    public void Begin() => Interlocked.Increment(ref _begun);

    public void Refuse(string said)
    {
        lock (_lock)
        {
            _refusals[said] = _refusals.GetValueOrDefault(said) + 1;
        }
    }
}
