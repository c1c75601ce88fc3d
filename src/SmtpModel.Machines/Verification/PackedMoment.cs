namespace SmtpModel.Machines;

/// <summary>
/// A moment with places in the machine's lists instead of names, so that millions of them are compared quickly. What a
/// <see cref="Moment"/> leaves null is -1 here.
/// </summary>
internal readonly record struct PackedMoment(short Command, short Code, short From, short To, ulong Before, ulong After)
{
    public Mark Mark { get; init; }

    public short Parameter { get; init; } = -1;

    public bool IsExtended { get; init; }

    public WaitingInputs Waiting { get; init; }

    public short Lockstep { get; init; } = -1;

    public bool IsSent => Command >= 0 && Code == 0;

    public bool IsInLockstep => Lockstep < 0 || (Lockstep == To && Waiting.Unread == Waiting.Count);

    // the constants are odd and have their bits well spread: each field reaches the upper half, which is folded onto the lower one
    public override int GetHashCode()
    {
        var what = ((ulong)(ushort)Command << 48) | ((ulong)(ushort)Code << 32) | ((ulong)(ushort)From << 16) | (ushort)To;
        var more = ((ulong)(ushort)Parameter << 32) | ((ulong)(ushort)Lockstep << 16) | ((ulong)Waiting.Unread << 8)
            | ((ulong)Mark << 1) | (IsExtended ? 1UL : 0);
        var mixed = what * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 29) ^ more) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 32) ^ Before) * 0x94D049BB133111EB;
        mixed = (mixed ^ (mixed >> 29) ^ After) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 32) ^ Waiting.Bits) * 0xBF58476D1CE4E5B9;
        return (int)(mixed ^ (mixed >> 32));
    }
}
