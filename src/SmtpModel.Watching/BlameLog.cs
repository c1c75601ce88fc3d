namespace SmtpModel.Watching;

/// <summary>What was found in sessions: each fault once, with the evidence of the first time, and how often it came. Not safe for use by
/// several threads.</summary>
public sealed class BlameLog
{
    /// <summary>How many different faults are kept; those that come when there are more are counted only.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<(Side, string Rule, string Command, string What), Blame> _known = [];
    private readonly List<Blame> _all = [];

    /// <summary>What was found, in the order in which it came first.</summary>
    public IReadOnlyList<Blame> All => _all;

    /// <summary>How many faults were not kept.</summary>
    public long Dropped { get; private set; }

    /// <summary>How many sessions were followed.</summary>
    public long Sessions { get; internal set; }

    /// <summary>How many exchanges, an input and its reply, were judged.</summary>
    public long Exchanges { get; internal set; }

    /// <summary>What was not judged, in words, with how often.</summary>
    public IReadOnlyDictionary<string, long> Unjudged => _unjudged;

    private readonly Dictionary<string, long> _unjudged = new(StringComparer.Ordinal);

    /// <summary>Is told of each fault when it comes, also of one that came before.</summary>
    public Action<Blame>? Told { get; set; }

    /// <summary>The offers and profiles that all who write into it share.</summary>
    internal OfferBook Book { get; } = new();

    internal void NotJudged(string why) => _unjudged[why] = _unjudged.GetValueOrDefault(why) + 1;

    internal void Add((Side, string Rule, string Command, string What) key, Func<Blame> build)
    {
        if (_known.TryGetValue(key, out var known))
        {
            known.Count++;
            if (Told is not null)
            {
                Told(build());
            }

            return;
        }

        if (_known.Count >= Most)
        {
            Dropped++;
            return;
        }

        var blame = build();
        _known.Add(key, blame);
        _all.Add(blame);
        Told?.Invoke(blame);
    }
}
