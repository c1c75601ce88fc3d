using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>
/// The key of an HMAC-MD5 (RFC 2104) as the two states of MD5 behind it, for CRAM-MD5 (RFC 2195 2 suggests to keep just these).
/// The password is not in it, but whoever has it can answer every challenge. .NET's MD5 cannot begin with a
/// state, so the compression of a block (RFC 1321 3.4) is here.
/// </summary>
/// <param name="states">The inner state and the outer one, 16 octets each.</param>
internal sealed class HmacMd5Key(byte[] states)
{
    public const int DigestSize = 16;
    public const int Size = 2 * DigestSize;
    private const int BlockSize = 64;
    private static readonly uint[] Sines = [.. Enumerable.Range(1, 64).Select(i => (uint)(Math.Abs(Math.Sin(i)) * 4294967296.0))];
    private static readonly byte[] Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    /// <summary>The two states, one behind the other.</summary>
    public ReadOnlySpan<byte> States => states;

    /// <summary>The key that is made of a password.</summary>
    public static HmacMd5Key Of(ReadOnlySpan<byte> password)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        if (password.Length > BlockSize)
        {
            Digest(password, padded);
        }
        else
        {
            password.CopyTo(padded);
        }

        var states = new byte[Size];
        foreach (var (pad, at) in new[] { ((byte)0x36, 0), ((byte)0x5c, DigestSize) })
        {
            for (var index = 0; index < BlockSize; index++)
            {
                block[index] = (byte)(padded[index] ^ pad);
            }

            Start(states.AsSpan(at));
            Compress(states.AsSpan(at, DigestSize), block);
        }

        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(padded);
        return new HmacMd5Key(states);
    }

    /// <summary>The HMAC of a text.</summary>
    public void Compute(ReadOnlySpan<byte> text, Span<byte> digest)
    {
        Span<byte> inner = stackalloc byte[DigestSize];
        states.AsSpan(0, DigestSize).CopyTo(inner);
        Finish(inner, text, BlockSize);
        states.AsSpan(DigestSize).CopyTo(digest);
        Finish(digest[..DigestSize], inner, BlockSize);
        CryptographicOperations.ZeroMemory(inner);
    }

    private static void Digest(ReadOnlySpan<byte> text, Span<byte> digest)
    {
        Start(digest);
        Finish(digest[..DigestSize], text, 0);
    }

    private static void Start(Span<byte> state) =>
        new byte[] { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10 }.CopyTo(state);

    // the rest of a text, of which some octets have gone into the state: padding and length (RFC 1321 3.1, 3.2)
    private static void Finish(Span<byte> state, ReadOnlySpan<byte> text, int before)
    {
        var bits = (ulong)(before + text.Length) * 8;
        for (; text.Length >= BlockSize; text = text[BlockSize..])
        {
            Compress(state, text[..BlockSize]);
        }

        Span<byte> last = stackalloc byte[2 * BlockSize];
        last.Clear();
        text.CopyTo(last);
        last[text.Length] = 0x80;
        var end = text.Length < BlockSize - 8 ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64LittleEndian(last[(end - 8)..], bits);
        for (var at = 0; at < end; at += BlockSize)
        {
            Compress(state, last.Slice(at, BlockSize));
        }

        CryptographicOperations.ZeroMemory(last);
    }

    private static void Compress(Span<byte> state, ReadOnlySpan<byte> block)
    {
        Span<uint> chain = stackalloc uint[4];
        for (var index = 0; index < 4; index++)
        {
            chain[index] = BinaryPrimitives.ReadUInt32LittleEndian(state[(index * 4)..]);
        }

        var (a, b, c, d) = (chain[0], chain[1], chain[2], chain[3]);
        for (var step = 0; step < 64; step++)
        {
            var (mixed, word) = (step / 16) switch
            {
                0 => ((b & c) | (~b & d), step),
                1 => ((d & b) | (~d & c), ((5 * step) + 1) % 16),
                2 => (b ^ c ^ d, ((3 * step) + 5) % 16),
                _ => (c ^ (b | ~d), 7 * step % 16),
            };
            var sum = a + mixed + Sines[step] + BinaryPrimitives.ReadUInt32LittleEndian(block[(word * 4)..]);
            (a, b, c, d) = (d, b + BitOperations.RotateLeft(sum, Shifts[(step / 16 * 4) + (step % 4)]), b, c);
        }

        (chain[0], chain[1], chain[2], chain[3]) = (chain[0] + a, chain[1] + b, chain[2] + c, chain[3] + d);
        for (var index = 0; index < 4; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(state[(index * 4)..], chain[index]);
        }
    }
}
