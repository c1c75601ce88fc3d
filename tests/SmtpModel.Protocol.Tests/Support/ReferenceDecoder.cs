namespace SmtpModel.Protocol.Tests;

// What RFC 5321 4.5.2 says, octet by octet and with no thought of speed; the decoder under test is held against it.
public sealed class ReferenceDecoder
{
    private readonly List<byte> _stored = [];
    private bool _isStoring = true;

    public ReferenceDecoder(ReadOnlySpan<byte> input, int maxLine, long maxSize)
    {
        var line = new List<byte>();
        foreach (byte octet in input)
        {
            NoteBareBefore(input, octet);
            Consumed++;
            line.Add(octet);
            if (line is not [.., (byte)'\r', (byte)'\n'])
                continue;
            if (line is [(byte)'.', (byte)'\r', (byte)'\n'])
            {
                Ended = true;
                line.Clear();
                break;
            }
            Finish(line, maxLine, maxSize);
            line.Clear();
        }
        // a dot and CR at the start of a line may be its end or not: nothing can be said of them yet
        if (line is not [(byte)'.'] and not [(byte)'.', (byte)'\r'])
            Finish(line, maxLine, maxSize);
    }

    public int Consumed { get; private set; }

    public bool Ended { get; }

    public bool LineTooLong { get; private set; }

    public bool TooLarge { get; private set; }

    public bool BareCr { get; private set; }

    public bool BareLf { get; private set; }

    public long Size { get; private set; }

    public byte[] Stored => [.. _stored];

    private void NoteBareBefore(ReadOnlySpan<byte> input, byte octet)
    {
        bool isAfterCr = Consumed > 0 && input[Consumed - 1] == '\r';
        BareCr |= isAfterCr && octet != '\n';
        BareLf |= !isAfterCr && octet == '\n';
    }

    private void Finish(List<byte> line, int maxLine, long maxSize)
    {
        int first = line is [(byte)'.', ..] ? 1 : 0;
        for (int i = first; i < line.Count; i++)
        {
            bool isTooLong = i - first + 1 > maxLine;
            LineTooLong |= isTooLong;
            TooLarge |= ++Size > maxSize;
            _isStoring &= !isTooLong && !TooLarge;
            if (_isStoring)
                _stored.Add(line[i]);
        }
    }
}
