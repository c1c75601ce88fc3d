using System.Text;

namespace SmtpModel.Watching;

/// <summary>The last lines that were said, kept without making anything new for each.</summary>
internal sealed class EvidenceRing
{
    private const int Kept = 16;
    private const int Longest = 200;
    private readonly byte[] _octets = new byte[Kept * Longest];
    private readonly (Side Side, int Length, long Whole, Grounds? Grounds, StateSet States, bool IsStart)[] _lines = new (
        Side,
        int,
        long,
        Grounds?,
        StateSet,
        bool
    )[Kept];
    private long _count;

    public void Clear() => _count = 0;

    /// <summary>Keeps a line. What comes behind one that is a start can be shown without what came before it.</summary>
    public void Add(Side side, ReadOnlySpan<byte> text, Grounds? grounds, StateSet states, bool isStart, long whole = -1)
    {
        var at = (int)(_count++ % Kept);
        var length = Math.Min(text.Length, Longest);
        text[..length].CopyTo(_octets.AsSpan(at * Longest));
        _lines[at] = (side, length, whole < 0 ? text.Length : whole, grounds, states, isStart);
    }

    /// <summary>The lines from the last that is a start on; the last one of the side that is blamed is what is wrong.</summary>
    public IReadOnlyList<EvidenceLine> Lines(Side blamed)
    {
        var first = Math.Max(0, _count - Kept);
        for (var at = _count - 2; at > first; at--)
        {
            if (_lines[at % Kept].IsStart)
            {
                first = at;
                break;
            }
        }

        var wrong = _count - 1;
        while (wrong > first && _lines[wrong % Kept].Side != blamed)
        {
            wrong--;
        }

        List<EvidenceLine> lines = [];
        for (var at = first; at < _count; at++)
        {
            lines.Add(Line(at, at == wrong));
        }

        return lines;
    }

    /// <summary>The line that was kept last.</summary>
    public EvidenceLine Last() => Line(_count - 1, isBlamed: false);

    private EvidenceLine Line(long number, bool isBlamed)
    {
        var (side, length, whole, grounds, states, _) = _lines[number % Kept];
        var text = Encoding.Latin1.GetString(_octets, (int)(number % Kept) * Longest, length);
        return new EvidenceLine(
            side,
            StateName(grounds, states),
            Printable.Text(text) + (whole > length ? $"... ({whole} octets)" : ""),
            isBlamed
        );
    }

    public static string StateName(Grounds? grounds, StateSet states) =>
        grounds is null || states.IsEmpty ? ""
        : string.Join('|', states.Indexes().Take(4).Select(state => grounds.Table.AllStates[state].Name)) is var names
        && System.Numerics.BitOperations.PopCount(states.Bits) > 4
            ? ""
        : names;
}
