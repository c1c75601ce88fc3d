using System.Buffers.Text;

namespace SmtpModel.Watching;

/// <summary>What <c>tshark -z follow,tcp,ascii,N</c> writes: the length of each piece on a line of its own, with a tab before it where the
/// second node sent it.</summary>
internal sealed class FollowFormat : LogFormat
{
    private int _speaker = -1;
    private long _left;

    public override string Name => "follow";

    public override string Writers => "tshark -z follow,tcp,ascii";

    public override FollowOptions Options { get; } = new() { HasLineEnds = false };

    // the head of the file is four lines, and what follows may look like another format
    public override int Weight => 1000;

    // a piece may end in the middle of a line
    public override bool GivesOctets => true;

    public override bool Fits(ReadOnlySpan<byte> line) =>
        line.StartsWith("Follow: tcp,ascii"u8)
        || line.StartsWith("Filter: tcp.stream eq"u8)
        || line.StartsWith("Node 0: "u8)
        || line.StartsWith("Node 1: "u8);

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("Follow: "u8))
        {
            (_speaker, _left) = (-1, 0);
            return new LogLine(LogLineKind.Opened);
        }

        if (_left > 0)
        {
            var isWhole = _left >= line.Length + 2;
            _left -= line.Length + 2;
            return new LogLine(LogLineKind.Said, _speaker, isWhole ? (byte[])[.. line, (byte)'\r', (byte)'\n'] : line);
        }

        // the end of a piece leaves an empty line
        var isSecond = line.StartsWith("\t"u8);
        var number = isSecond ? line[1..] : line;
        if (Utf8Parser.TryParse(number, out long length, out var digits) && digits == number.Length && length > 0)
        {
            (_speaker, _left) = (isSecond ? 1 : 0, length);
        }

        return default;
    }
}

/// <summary>Nothing but what was said, as Wireshark saves a stream that it follows: a reply is known by its code, and where mail data
/// is.</summary>
internal sealed class DialogueFormat : LogFormat
{
    private bool _isData;

    public override string Name => "dialogue";

    public override string Writers => "Wireshark's 'Follow TCP Stream' saved as ASCII, or what was typed and read by hand";

    public override FollowOptions Options { get; } = new() { HasLineEnds = false };

    public override bool Fits(ReadOnlySpan<byte> line) => IsDigits(line);

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        if (_isData)
        {
            _isData = line is not [(byte)'.'];
            return new LogLine(LogLineKind.Said, 0, line);
        }

        if (!IsDigits(line))
        {
            return line.IsEmpty ? default : new LogLine(LogLineKind.Said, 0, line);
        }

        _isData = line.StartsWith("354"u8) && (line.Length == 3 || line[3] == ' ');
        return new LogLine(LogLineKind.Said, 1, line);
    }
}
