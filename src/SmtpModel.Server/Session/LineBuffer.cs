using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>
/// Finds command lines in the octets that come, in any split. Only CRLF ends a line (RFC 5321 2.3.8): a bare CR or LF is
/// part of it. A line that is too long is consumed to its end and not kept.
/// </summary>
internal struct LineBuffer(int usual)
{
    // grows when a line of another limit needs it
    private byte[] _kept = new byte[usual];
    private int _length;
    private bool _endsWithCr;

    public bool IsTooLong { get; private set; }

    /// <summary>Takes octets up to and including the end of the line.</summary>
    /// <param name="input">The octets.</param>
    /// <param name="maxLine">The longest line, with CRLF; the same from a line's beginning to its end.</param>
    /// <param name="line">The line without CRLF where it is complete; good until the next call.</param>
    /// <param name="isComplete">Whether it is.</param>
    public int Take(ReadOnlySpan<byte> input, int maxLine, out ReadOnlySpan<byte> line, out bool isComplete)
    {
        line = default;
        isComplete = false;
        if (_endsWithCr && input[0] == '\n')
        {
            isComplete = true;
            // the CR was kept
            line = IsTooLong ? default : _kept.AsSpan(0, _length - 1);
            IsTooLong |= _length + 1 > maxLine;
            return 1;
        }

        var end = input.IndexOf("\r\n"u8);
        if (end < 0)
        {
            Keep(input, maxLine);
            _endsWithCr = input[^1] == '\r';
            return input.Length;
        }

        isComplete = true;
        if (_length == 0 && !IsTooLong)
        {
            // the common case: the whole line came at once and is not copied
            line = input[..end];
            IsTooLong = end + 2 > maxLine;
        }
        else
        {
            Keep(input[..(end + 2)], maxLine);
            line = IsTooLong ? default : _kept.AsSpan(0, _length - 2);
        }

        return end + 2;
    }

    public void Clear()
    {
        _length = 0;
        _endsWithCr = false;
        IsTooLong = false;
    }

    /// <summary>Clears it, and overwrites what it held.</summary>
    public void Wipe()
    {
        CryptographicOperations.ZeroMemory(_kept);
        Clear();
    }

    private void Keep(ReadOnlySpan<byte> octets, int maxLine)
    {
        if (IsTooLong || octets.Length > maxLine - _length)
        {
            IsTooLong = true;
            return;
        }

        if (octets.Length > _kept.Length - _length)
        {
            var larger = new byte[maxLine];
            _kept.AsSpan(0, _length).CopyTo(larger);
            CryptographicOperations.ZeroMemory(_kept);
            _kept = larger;
        }

        octets.CopyTo(_kept.AsSpan(_length));
        _length += octets.Length;
    }
}
