using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Every mutant of a profile that is wrong in one place, read off its transition table.</summary>
public sealed class MutantCatalogue
{
    // what a session can tell from a slip: more is found by nobody's tests, and is no more of a fault
    private const int MostCounted = 3;
    private static readonly ConcurrentDictionary<Profile, Lazy<MutantCatalogue>> Known = new();
    private readonly Dictionary<string, Mutant> _byId;
    private readonly Lazy<MutantJudge> _judge;
    private readonly Lazy<IReadOnlyList<Mutant>> _counters;

    private MutantCatalogue(TransitionTable table)
    {
        Table = table;
        Order = SpecifiedOrder.Of(table);
        _judge = new Lazy<MutantJudge>(() => new MutantJudge(this));
        All = [.. new EdgeMutants(this).All(), .. new RefusalMutants(this).All()];
        _counters = new Lazy<IReadOnlyList<Mutant>>(() => [.. new EdgeMutants(this).Counters(MostCounted)]);
        _byId = All.ToDictionary(mutant => mutant.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All mutants that are wrong in one place, in the order of the table.</summary>
    public IReadOnlyList<Mutant> All { get; }

    /// <summary>
    /// Servers that count, up to three, and then are wrong in one place: they have two to four times the states of the profile, and no
    /// suite for so few states more is sure to find them.
    /// </summary>
    public IReadOnlyList<Mutant> Counters => _counters.Value;

    internal TransitionTable Table { get; }

    /// <summary>The order that nothing is wrong with.</summary>
    internal TableOrder Order { get; }

    internal MutantJudge Judge => _judge.Value;

    /// <summary>The states a mutant can be led to by mistake; not the one before the greeting, where nothing can be sent.</summary>
    internal IEnumerable<State> Targets => Table.States.Where(state => Table.Reads(state) is not Reading.Opening);

    /// <summary>The mutants of some kinds; all that are wrong in one place where none is named.</summary>
    /// <param name="kinds">The kinds.</param>
    public IEnumerable<Mutant> Of(IReadOnlyCollection<MutantKind> kinds) =>
        kinds.Count == 0
            ? All
            : All.Where(mutant => kinds.Contains(mutant.Kind)).Concat(kinds.Contains(MutantKind.Counter) ? Counters : []);

    /// <summary>The mutants of a profile; made once.</summary>
    /// <param name="profile">The profile.</param>
    public static MutantCatalogue Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Known.GetOrAdd(profile, static profile => new Lazy<MutantCatalogue>(() => new MutantCatalogue(profile.Table))).Value;
    }

    /// <summary>The mutant of a name, in either case; null when there is none.</summary>
    /// <param name="id">The name.</param>
    public Mutant? Find(string id) => _byId.GetValueOrDefault(id)
        ?? Counters.FirstOrDefault(mutant => string.Equals(mutant.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The names that are most like one there is not, the most like it first.</summary>
    /// <param name="id">What was asked for.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<string> Near(string id, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(id);
        return [.. _byId.Keys.Select(key => (key, distance: Distance(id.ToUpperInvariant(), key.ToUpperInvariant())))
            .OrderBy(near => near.distance).ThenBy(near => near.key, StringComparer.Ordinal).Take(count).Select(near => near.key)];
    }

    // Levenshtein's
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
