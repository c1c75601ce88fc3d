using System.Numerics;

namespace SmtpModel.Testing.Engine;

/// <summary>A set of states of one table, by their places in it; at most 64.</summary>
/// <param name="Bits">A bit for each state.</param>
public readonly record struct StateSet(ulong Bits)
{
    /// <summary>No state.</summary>
    public static StateSet None => default;

    /// <summary>Whether there is no state in it.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Whether there is exactly one state in it.</summary>
    public bool IsSingle => BitOperations.PopCount(Bits) == 1;

    /// <summary>The only state in it, or the first of several.</summary>
    public int First => BitOperations.TrailingZeroCount(Bits);

    /// <summary>The set of one state.</summary>
    /// <param name="index">The state's place in the table.</param>
    public static StateSet Of(int index) => new(1UL << index);

    /// <summary>Whether a state is in it.</summary>
    /// <param name="index">The state's place in the table.</param>
    public bool Contains(int index) => (Bits & (1UL << index)) != 0;

    /// <summary>Whether the two have a state in common.</summary>
    /// <param name="other">The other set.</param>
    public bool Overlaps(StateSet other) => (Bits & other.Bits) != 0;

    /// <summary>All states of both.</summary>
    /// <param name="other">The other set.</param>
    public StateSet Union(StateSet other) => new(Bits | other.Bits);

    /// <summary>The places of its states.</summary>
    public IEnumerable<int> Indexes()
    {
        for (var bits = Bits; bits != 0; bits &= bits - 1)
        {
            yield return BitOperations.TrailingZeroCount(bits);
        }
    }
}
