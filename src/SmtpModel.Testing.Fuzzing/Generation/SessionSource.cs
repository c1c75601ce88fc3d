using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The sessions of a run by their numbers. A session depends on the seed and its number only, but for those that are guided
/// by what the run has covered. Tapes are drawn in batches,
/// since a draw of FsCheck has a cost of its own. Not for use by two threads at once; have one for each.
/// </summary>
/// <param name="generator">What draws them.</param>
/// <param name="seed">The seed of the run.</param>
public sealed class SessionSource(SessionGenerator generator, ulong seed)
{
    // where the turns of this seed begin, so that another seed does not only draw otherwise but begins elsewhere
    private readonly long _start = (long)(Mix(seed, -1) >> 24);

    private const int BatchSize = 64;
    private int[][] _tapes = [];
    private long _batch = -1;

    /// <summary>What the run has covered, for <see cref="Strategy.Guided"/>; null for nothing yet.</summary>
    internal Coverage? Coverage { get; set; }

    /// <summary>The session of a number, from 0.</summary>
    /// <param name="number">The number.</param>
    public TestSession this[long number]
    {
        get
        {
            if (number / BatchSize != _batch)
            {
                _batch = number / BatchSize;
                _tapes = generator.Tapes.Sample(BatchSize, new Rnd(Mix(seed, _batch)), 50);
            }

            return generator.Read(_tapes[number % BatchSize], _start + number, Coverage, number);
        }
    }

    // seeds that differ by little must not draw alike: mixed as SplitMix64 does (Steele and others 2014)
    internal static ulong Mix(ulong seed, long batch)
    {
        var mixed = seed + (((ulong)batch + 1) * 0x9E3779B97F4A7C15UL);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
