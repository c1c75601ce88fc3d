using System.Buffers;

namespace SmtpModel.Protocol;

/// <summary>A growing run of octets that is written at its end, read as one span, and used again after <see cref="Clear"/>.</summary>
/// <remarks>Spans and memory it gave out are good until the next write, clear or trim. Not for use by two threads at once.</remarks>
public sealed class ByteBuffer : IBufferWriter<byte>
{
    private const int SmallestCapacity = 256;

    private byte[] _octets;

    /// <summary>Makes an empty buffer that takes its first memory when it is first written to.</summary>
    public ByteBuffer() => _octets = [];

    /// <summary>Makes an empty buffer with room.</summary>
    /// <param name="capacity">Octets that fit before it has to grow.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public ByteBuffer(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _octets = capacity == 0 ? [] : new byte[capacity];
    }

    /// <summary>Octets written since the last <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>Octets that fit before it has to grow.</summary>
    public int Capacity => _octets.Length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _octets.AsSpan(0, Length);

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _octets.AsMemory(0, Length);

    /// <summary>Writes octets at the end.</summary>
    /// <param name="octets">The octets; they are copied.</param>
    public void Append(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > _octets.Length - Length)
            Grow(octets.Length);
        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }

    /// <summary>Writes one octet at the end.</summary>
    /// <param name="octet">The octet.</param>
    public void Append(byte octet)
    {
        if (Length == _octets.Length)
            Grow(1);
        _octets[Length++] = octet;
    }

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives memory back, so that one large message is not paid for ever after.</summary>
    /// <param name="maxCapacity">Octets of room to keep; what is written is kept even when it is more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCapacity"/> is negative.</exception>
    public void Trim(int maxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxCapacity);
        int wanted = Math.Max(maxCapacity, Length);
        if (_octets.Length > wanted)
            Array.Resize(ref _octets, wanted);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _octets.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _octets.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _octets.AsSpan(Length);
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int needed = Math.Max(sizeHint, 1);
        if (needed > _octets.Length - Length)
            Grow(needed);
    }

    private void Grow(int needed)
    {
        long least = (long)Length + needed;
        if (least > Array.MaxLength)
            throw new InvalidOperationException("A buffer holds no more octets than an array does.");
        long wanted = Math.Max(Math.Max(2L * _octets.Length, SmallestCapacity), least);
        Array.Resize(ref _octets, (int)Math.Min(wanted, Array.MaxLength));
    }
}
