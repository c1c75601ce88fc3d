namespace SmtpModel.Protocol;

/// <summary>Finds the end of mail data and takes the doubled dots out, fed in pieces of any size (RFC 821 4.5.2, RFC 5321
/// 4.5.2).</summary>
/// <remarks>
/// Only CRLF, dot, CRLF ends the mail data, or dot, CRLF as the first thing in it. A line begins after a CRLF and nowhere
/// else: a CR or LF alone passes through like any octet, and a dot after it is not touched (RFC 5321 2.3.8 and 4.1.1.4).
/// When a limit is passed, decoding goes on to the end of the mail data and storing stops for good, so that memory is
/// bounded. What is stored, and what is reported, does not depend on how the input was cut.
/// This is a value that changes: keep it in a field that is not readonly, and do not copy it.
/// The default value has limits of zero, so it stores nothing.
/// </remarks>
public struct MailDataDecoder
{
    private readonly int _maxLine;
    private readonly long _maxSize;
    private Place _place;
    private bool _isStoring;
    private long _lineLength;

    /// <summary>Makes a decoder that stands before the first octet of mail data.</summary>
    /// <param name="maxLine">Longest line, octets with its CRLF and without a doubled dot; RFC 5321 4.5.3.1.6 asks for 1000 at
    /// least.</param>
    /// <param name="maxSize">Largest content, octets after unstuffing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public MailDataDecoder(int maxLine, long maxSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLine);
        ArgumentOutOfRangeException.ThrowIfNegative(maxSize);
        _maxLine = maxLine;
        _maxSize = maxSize;
        _isStoring = true;
    }

    private enum Place : byte
    {
        LineStart,
        Dot,
        DotCr,
        Line,
        LineCr,
    }

    /// <summary>Whether the end of mail data has come.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether a line was longer than the limit; the content stored ends within that line.</summary>
    public bool LineTooLong { get; private set; }

    /// <summary>Whether the content was larger than the limit; no more than the limit is stored.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>Whether a CR came that no LF followed.</summary>
    public bool BareCr { get; private set; }

    /// <summary>Whether an LF came that followed no CR.</summary>
    public bool BareLf { get; private set; }

    /// <summary>Octets of content so far, stored or not; a dot that begins a line is not content, and a CR after it is counted when it is
    /// known not to be the end.</summary>
    public long Size { get; private set; }

    /// <summary>Goes back to before the first octet; the limits stay.</summary>
    public void Reset() => this = new MailDataDecoder(_maxLine, _maxSize);

    /// <summary>Decodes the next piece.</summary>
    /// <param name="input">The octets that came, in order; what lies behind the end of mail data is left alone.</param>
    /// <param name="output">Where the content is appended, each line with its CRLF.</param>
    /// <returns>Octets consumed: all of them, unless the end of mail data lies before; 0 once it has come.</returns>
    public int Decode(ReadOnlySpan<byte> input, ByteBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Ended)
            return 0;
        int at = 0;
        // first octet not stored yet; storing waits, so that a run of many lines is copied at once
        int run = 0;
        // first octet of this line that _lineLength does not count yet
        int line = 0;
        while (at < input.Length)
        {
            switch (_place)
            {
                case Place.LineStart when input[at] == '.':
                    Store(input[run..at], output);
                    run = line = ++at;
                    _place = Place.Dot;
                    break;

                case Place.Dot when input[at] == '\r':
                    run = line = ++at;
                    _place = Place.DotCr;
                    break;

                case Place.DotCr when input[at] == '\n':
                    Ended = true;
                    return at + 1;

                case Place.DotCr:
                    StoreHeldCr(output);
                    _place = Place.Line;
                    break;

                case Place.LineCr when input[at] == '\n':
                    at++;
                    CheckLine(input, line, at, ref run, output);
                    _lineLength = 0;
                    line = at;
                    _place = Place.LineStart;
                    break;

                case Place.LineCr:
                    BareCr = true;
                    _place = Place.Line;
                    break;

                default:
                    at = ScanLine(input, at);
                    break;
            }
        }
        CheckLine(input, line, at, ref run, output);
        _lineLength += at - line;
        Store(input[run..at], output);
        return at;
    }

    // Goes behind the next CR, or over all that is left; an LF found before that is one that no CR precedes.
    private int ScanLine(ReadOnlySpan<byte> input, int at)
    {
        _place = Place.Line;
        while (true)
        {
            int found = input[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (found < 0)
                return input.Length;
            at += found + 1;
            if (input[at - 1] == '\r')
            {
                _place = Place.LineCr;
                return at;
            }
            BareLf = true;
        }
    }

    // The CR of a line that began with a dot waits for its LF, which would have made it the end of the mail data.
    private void StoreHeldCr(ByteBuffer output)
    {
        var cr = "\r"u8;
        int run = 0;
        BareCr = true;
        CheckLine(cr, 0, 1, ref run, output);
        _lineLength = 1;
        Store(cr[run..], output);
    }

    // Called where a line ends and where the input does. Storing stops at the very octet that is too many, however
    // the input was cut.
    private void CheckLine(ReadOnlySpan<byte> input, int line, int end, ref int run, ByteBuffer output)
    {
        long excess = _lineLength + (end - line) - _maxLine;
        if (excess <= 0)
            return;
        LineTooLong = true;
        if (!_isStoring)
            return;
        // while storing goes on _lineLength is within the limit, so all that is too much lies in this input
        int allowed = end - (int)excess;
        Store(input[run..allowed], output);
        run = allowed;
        _isStoring = false;
    }

    private void Store(ReadOnlySpan<byte> octets, ByteBuffer output)
    {
        long room = _maxSize - Size;
        Size += octets.Length;
        bool fits = octets.Length <= room;
        if (_isStoring)
            output.Append(fits ? octets : octets[..(int)room]);
        if (fits)
            return;
        TooLarge = true;
        _isStoring = false;
    }
}
