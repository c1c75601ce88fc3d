using System.Buffers.Binary;

namespace SmtpModel.Watching;

/// <summary>Reads the packets of a capture, pcap or pcapng, one after the other. Nothing of the system is needed for it.</summary>
internal sealed class CaptureFile(Stream stream)
{
    private const int LongestBlock = 16 * 1024 * 1024;
    private const uint SectionHeader = 0x0A0D0D0A;
    private readonly List<(int Link, double TicksPerMillisecond)> _interfaces = [];
    private byte[] _block = new byte[64 * 1024];
    private bool _isBig;
    private bool _isPcapng;
    private bool _isStarted;
    private double _ticks = 1000;
    private int _link;

    /// <summary>The link layer of the packet that was read last, as pcap numbers it.</summary>
    public int Link { get; private set; }

    /// <summary>Its time, in milliseconds since 1970.</summary>
    public long Time { get; private set; }

    /// <summary>Its octets.</summary>
    public ReadOnlySpan<byte> Packet => _block.AsSpan(_start, _length);

    /// <summary>Whether the file ends in the middle of something.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What cannot be read in it; null where all can.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many octets were read.</summary>
    public long Position { get; private set; }

    private int _start;
    private int _length;

    /// <summary>Whether a file that begins so is a capture.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) =>
        start.Length >= 4
        && BinaryPrimitives.ReadUInt32LittleEndian(start) is SectionHeader or 0xA1B2C3D4 or 0xD4C3B2A1 or 0xA1B23C4D or 0x4D3CB2A1;

    /// <summary>Reads the next packet; false where there is none, or none that can be read.</summary>
    public bool Next()
    {
        if (!_isStarted && !Start())
        {
            return false;
        }

        return _isPcapng ? NextOfBlocks() : NextRecord();
    }

    private bool Start()
    {
        _isStarted = true;
        if (!Fill(0, 4))
        {
            return false;
        }

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(_block);
        if (magic == SectionHeader)
        {
            _isPcapng = true;
            return Section();
        }

        _isBig = magic is 0xD4C3B2A1 or 0x4D3CB2A1;
        _ticks = magic is 0xA1B23C4D or 0x4D3CB2A1 ? 1e6 : 1e3;
        if (!Fill(4, 20))
        {
            return false;
        }

        _link = (int)(Word(20) & 0x0FFFFFFF);
        return true;
    }

    private bool NextRecord()
    {
        if (!Fill(0, 16))
        {
            return false;
        }

        var (seconds, fraction, length) = (Word(0), Word(4), Word(8));
        if (length > LongestBlock)
        {
            Fault = $"a packet of {length} octets at {Position - 16}: the file is damaged there";
            return false;
        }

        (Link, Time) = (_link, (seconds * 1000L) + (long)(fraction / _ticks));
        (_start, _length) = (0, (int)length);
        return Fill(0, (int)length, isInside: true);
    }

    private bool NextOfBlocks()
    {
        while (Fill(0, 8))
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(_block) == SectionHeader)
            {
                if (!Section(isRead: true))
                {
                    return false;
                }

                continue;
            }

            var (type, length) = (Word(0), Word(4));
            if (length is < 12 or > LongestBlock || length % 4 != 0)
            {
                Fault = $"a block of {length} octets at {Position - 8}: the file is damaged there";
                return false;
            }

            if (!Fill(0, (int)length - 8, isInside: true))
            {
                return false;
            }

            switch (type)
            {
                case 1 when length >= 20:
                    _interfaces.Add((Half(0), Ticks((int)length - 12)));
                    break;
                case 6 or 2 when length >= 32:
                    if (
                        Taken(
                            type == 6 ? (int)Math.Min(Word(0), int.MaxValue) : Half(0),
                            ((ulong)Word(4) << 32) | Word(8),
                            Word(12),
                            20,
                            (int)length - 12
                        )
                    )
                    {
                        return true;
                    }

                    break;
                case 3 when length >= 16:
                    if (Taken(0, 0, Math.Min(Word(0), length - 16), 4, (int)length - 12))
                    {
                        return true;
                    }

                    break;
                default:
                    break;
            }
        }

        return false;
    }

    private bool Taken(int at, ulong time, uint length, int start, int end)
    {
        if (at >= _interfaces.Count || start + length > end)
        {
            return false;
        }

        (Link, Time) = (_interfaces[at].Link, (long)(time / _interfaces[at].TicksPerMillisecond));
        (_start, _length) = (start, (int)length);
        return true;
    }

    // the resolution of the times of an interface, where it is not a millionth of a second
    private double Ticks(int end)
    {
        for (var at = 8; at + 4 <= end;)
        {
            var (code, length) = (Half(at), Half(at + 2));
            if (code == 0)
            {
                break;
            }

            if (code == 9 && length == 1 && at + 4 < end)
            {
                var value = _block[at + 4];
                return ((value & 0x80) != 0 ? Math.Pow(2, value & 0x7F) : Math.Pow(10, value)) / 1000;
            }

            at += 4 + ((length + 3) & ~3);
        }

        return 1000;
    }

    private bool Section(bool isRead = false)
    {
        // the length is in the order of octets that the word behind it tells
        if (!(isRead || Fill(4, 4)) || !Fill(8, 4))
        {
            return false;
        }

        _isBig = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(8)) != 0x1A2B3C4D;
        _interfaces.Clear();
        var length = Word(4);
        if (length is < 28 or > LongestBlock)
        {
            Fault = $"a section of {length} octets at {Position - 12}: the file is damaged there";
            return false;
        }

        return Fill(12, (int)length - 12, isInside: true);
    }

    private uint Word(int at) =>
        _isBig ? BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(at));

    private int Half(int at) =>
        _isBig ? BinaryPrimitives.ReadUInt16BigEndian(_block.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(_block.AsSpan(at));

    private bool Fill(int at, int count, bool isInside = false)
    {
        if (at + count > _block.Length)
        {
            Array.Resize(ref _block, Math.Max(at + count, _block.Length * 2));
        }

        var read = stream.ReadAtLeast(_block.AsSpan(at, count), count, throwOnEndOfStream: false);
        Position += read;
        IsCut |= read < count && (read > 0 || isInside || at > 0);
        return read == count;
    }
}
