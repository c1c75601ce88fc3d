using System.Text;

namespace SmtpModel.Watching;

/// <summary>Lines with a mark before them that says who speaks.</summary>
internal sealed class MarkedFormat(string name, string writers, string[] first, string[] second, string[] opened, bool mayBePrefixed = false) : LogFormat
{
    private readonly byte[][] _first = Octets(first);
    private readonly byte[][] _second = Octets(second);
    private readonly byte[][] _opened = Octets(opened);
    private readonly byte[][] _within = mayBePrefixed ? [.. Octets(first).Select(mark => (byte[])[(byte)' ', .. mark])] : [];
    private readonly byte[][] _secondWithin = mayBePrefixed ? [.. Octets(second).Select(mark => (byte[])[(byte)' ', .. mark])] : [];

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
        for (var at = 0; at < _within.Length; at++)
        {
            if (line.IndexOf(_within[at]) is >= 0 and var found && found < best)
            {
                (best, speaker, length) = (found, 0, _within[at].Length);
            }
        }

        for (var at = 0; at < _secondWithin.Length; at++)
        {
            if (line.IndexOf(_secondWithin[at]) is >= 0 and var found && found < best)
            {
                (best, speaker, length) = (found, 1, _secondWithin[at].Length);
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

    private static byte[][] Octets(string[] words) => [.. words.Select(Encoding.ASCII.GetBytes)];
}
