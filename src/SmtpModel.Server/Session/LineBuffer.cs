namespace SmtpModel.Server;

/// <summary>
/// Finds command lines in the octets that come, in any split. Only CRLF ends a line (RFC 5321 2.3.8): a bare CR or LF is
/// part of it. A line that is too long is consumed to its end and not kept.
/// </summary>
internal struct LineBuffer(int maxLine)
{
    private readonly byte[] _kept = new byte[maxLine];
    private int _length;
    private bool _endsWithCr;

    public bool IsTooLong { get; private set; }

    /// <summary>Takes octets up to and including the end of the line.</summary>
    public int Take(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line, out bool isComplete)
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
            Keep(input);
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
            Keep(input[..(end + 2)]);
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

    private void Keep(ReadOnlySpan<byte> octets)
    {
        if (IsTooLong || octets.Length > maxLine - _length)
        {
            IsTooLong = true;
            return;
        }

        octets.CopyTo(_kept.AsSpan(_length));
        _length += octets.Length;
    }
}
