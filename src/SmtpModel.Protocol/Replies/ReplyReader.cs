using System.Text;

namespace SmtpModel.Protocol;

/// <summary>Reads replies from octets that come in pieces of any size, and says what is wrong with them (RFC 5321 4.2).</summary>
/// <remarks>
/// It takes any octets. A line without a code is noted as a fault and left out, for the reply to the command may still
/// follow; every other fault is noted and the line counts. Memory is bounded by the number of lines kept, of 512 octets
/// each. Not for use by two threads at once.
/// </remarks>
public sealed class ReplyReader
{
    /// <summary>How many lines of one reply are kept unless another number is given.</summary>
    public const int DefaultMaxLines = 1000;

    private readonly int _maxLines;
    private readonly ByteBuffer _line = new(SizeLimits.ReplyLine);
    private readonly List<string> _texts = [];
    private readonly List<ReplyFault> _faults = [];
    private bool _lastIsCr;
    private long _lineLength;
    private int _lineNumber = 1;
    private int _code = -1;

    /// <summary>Makes a reader that awaits the first line of a reply.</summary>
    /// <param name="maxLines">Lines of one reply that are kept; further ones are read over.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLines"/> is less than 1.</exception>
    public ReplyReader(int maxLines = DefaultMaxLines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLines, 1);
        _maxLines = maxLines;
    }

    /// <summary>The reply that the last call completed; null while it is incomplete.</summary>
    public Reply? Reply { get; private set; }

    /// <summary>
    /// What is wrong with <see cref="Reply"/>, or with what has come of the next one; each kind once, at its first line.
    /// The list is the reader's own and changes with the next call.
    /// </summary>
    public IReadOnlyList<ReplyFault> Faults => _faults;

    /// <summary>Whether a reply has begun and is not complete.</summary>
    public bool IsWithinReply => _lineLength > 0 || _code >= 0;

    /// <summary>Reads up to the end of one reply.</summary>
    /// <param name="input">The octets that came, in order.</param>
    /// <returns>Octets consumed: all, unless a reply was completed before the end; then feed the rest.</returns>
    public int Feed(ReadOnlySpan<byte> input)
    {
        BeginIfComplete();
        int at = 0;
        while (Reply is null && at < input.Length)
        {
            int found = input[at..].IndexOf((byte)'\n');
            int end = found < 0 ? input.Length : at + found;
            Keep(input[at..end]);
            at = end;
            if (found < 0)
                break;
            at++;
            EndLine(hasLf: true);
        }
        return at;
    }

    /// <summary>Says that no more octets will come: what has come of a reply is completed, with the fault that it was cut off.</summary>
    public void EndInput()
    {
        BeginIfComplete();
        if (_lineLength > 0)
        {
            Note(ReplyFaultKind.CrlfMissing);
            EndLine(hasLf: false);
        }
        if (Reply is null && _code >= 0)
        {
            Note(ReplyFaultKind.LastLineMissing);
            Complete();
        }
    }

    /// <summary>Forgets all that has come.</summary>
    public void Reset()
    {
        Reply = null;
        _faults.Clear();
        _texts.Clear();
        _line.Clear();
        _lineLength = 0;
        _lastIsCr = false;
        _lineNumber = 1;
        _code = -1;
    }

    private void BeginIfComplete()
    {
        if (Reply is not null)
            Reset();
    }

    private void Keep(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
            return;
        _lineLength += octets.Length;
        _lastIsCr = octets[^1] == '\r';
        _line.Append(octets[..Math.Min(octets.Length, SizeLimits.ReplyLine - _line.Length)]);
    }

    private void EndLine(bool hasLf)
    {
        if (hasLf && !_lastIsCr)
            Note(ReplyFaultKind.BareLf);
        if (_lineLength + (hasLf ? 1 : 0) > SizeLimits.ReplyLine)
            Note(ReplyFaultKind.LineTooLong);
        long text = Math.Min(_lineLength - (_lastIsCr ? 1 : 0), SizeLimits.ReplyLine - 2);
        ParseLine(_line.WrittenSpan[..(int)text]);
        _line.Clear();
        _lineLength = 0;
        _lastIsCr = false;
        _lineNumber++;
    }

    private void ParseLine(ReadOnlySpan<byte> line)
    {
        CheckOctets(line);
        if (line.Length < 3 || !Octets.IsDigit(line[0]) || !Octets.IsDigit(line[1]) || !Octets.IsDigit(line[2]))
        {
            Note(ReplyFaultKind.CodeMissing);
            return;
        }
        CheckCode(line);
        byte separator = line.Length == 3 ? (byte)' ' : line[3];
        bool isSeparated = separator is (byte)' ' or (byte)'-';
        if (!isSeparated)
            Note(ReplyFaultKind.Separator);
        if (_texts.Count < _maxLines)
            _texts.Add(Encoding.Latin1.GetString(line[(isSeparated ? Math.Min(4, line.Length) : 3)..]));
        else
            Note(ReplyFaultKind.TooManyLines);
        if (separator != '-')
            Complete();
    }

    private void CheckOctets(ReadOnlySpan<byte> line)
    {
        if (!line.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return;
        foreach (byte octet in line)
        {
            if (octet == '\r')
                Note(ReplyFaultKind.BareCr);
            else if (octet > 127)
                Note(ReplyFaultKind.EightBitOctet);
            else if (octet is < (byte)' ' and not (byte)'\t' or 127)
                Note(ReplyFaultKind.ControlCharacter);
        }
    }

    private void CheckCode(ReadOnlySpan<byte> line)
    {
        if (line[0] is < (byte)'2' or > (byte)'5')
            Note(ReplyFaultKind.FirstDigit);
        if (line[1] > '5')
            Note(ReplyFaultKind.SecondDigit);
        int code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        if (_code >= 0 && code != _code)
            Note(ReplyFaultKind.CodeChanged);
        _code = code;
    }

    private void Complete() => Reply = new Reply(_code, _texts.ToArray());

    // each kind once, so that no input makes the list grow without end
    private void Note(ReplyFaultKind kind)
    {
        foreach (var fault in _faults)
        {
            if (fault.Kind == kind)
                return;
        }
        _faults.Add(new ReplyFault(kind, _lineNumber));
    }
}
