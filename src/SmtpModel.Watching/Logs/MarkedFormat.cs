using System.Text;

namespace SmtpModel.Watching;

/// <summary>Lines with a mark before them that says who speaks.</summary>
internal sealed class MarkedFormat(
    string name,
    string writers,
    string[] first,
    string[] second,
    string[] opened,
    bool mayBePrefixed = false
) : LogFormat
{
    private readonly byte[][] _first = Octets(first);
    private readonly byte[][] _second = Octets(second);
    private readonly byte[][] _opened = Octets(opened);

    // by speaker
    private readonly byte[][][] _within = mayBePrefixed ? [Inside(first), Inside(second)] : [];

    public override string Name => name;

    public override string Writers => writers;

    public override LogLine Read(ReadOnlySpan<byte> line)
    {
        if (Behind(line, _first, out var text))
        {
            return new LogLine(LogLineKind.Said, 0, text);
        }

        if (Behind(line, _second, out text))
        {
            return new LogLine(LogLineKind.Said, 1, text);
        }

        foreach (var word in _opened)
        {
            if (line.StartsWith(word))
            {
                return new LogLine(LogLineKind.Opened);
            }
        }

        return Within(line);
    }

    // behind a time, a level or a name
    private LogLine Within(ReadOnlySpan<byte> line)
    {
        var (best, speaker, length) = (int.MaxValue, -1, 0);
        for (var who = 0; who < _within.Length; who++)
        {
            foreach (var mark in _within[who])
            {
                if (line.IndexOf(mark) is >= 0 and var found && found < best)
                {
                    (best, speaker, length) = (found, who, mark.Length);
                }
            }
        }

        return speaker < 0 ? default : new LogLine(LogLineKind.Said, speaker, line[(best + length)..]);
    }

    private static bool Behind(ReadOnlySpan<byte> line, byte[][] marks, out ReadOnlySpan<byte> text)
    {
        foreach (var mark in marks)
        {
            if (line.StartsWith(mark))
            {
                text = line[mark.Length..];
                return true;
            }

            // nothing was said behind the mark
            if (mark[^1] == ' ' && line.SequenceEqual(mark.AsSpan(0, mark.Length - 1)))
            {
                text = [];
                return true;
            }
        }

        text = [];
        return false;
    }

    private static byte[][] Inside(string[] marks) => [.. Octets(marks).Select(mark => (byte[])[(byte)' ', .. mark])];

    private static byte[][] Octets(string[] words) => [.. words.Select(Encoding.ASCII.GetBytes)];
}
