namespace SmtpModel.Protocol;

/// <summary>A part of the span that was parsed; it holds positions only, so that parsing copies nothing.</summary>
/// <param name="Start">Position of the first octet, counted from the start of the parsed span.</param>
/// <param name="Length">Number of octets.</param>
public readonly record struct Slice(int Start, int Length)
{
    /// <summary>Whether the part has no octets.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>Position just after the last octet.</summary>
    public int End => Start + Length;

    /// <summary>The octets of this part.</summary>
    /// <param name="parsed">The span that was parsed; another one of at least <see cref="End"/> octets gives its octets at the same
    /// place.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parsed"/> is shorter than <see cref="End"/>.</exception>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> parsed) => parsed.Slice(Start, Length);
}
