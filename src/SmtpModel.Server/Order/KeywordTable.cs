using System.Text;

namespace SmtpModel.Server;

/// <summary>Finds the command of a keyword, in either case. A probe and a comparison, whatever the number of commands; allocates
/// nothing.</summary>
internal sealed class KeywordTable
{
    private readonly Entry[] _entries;
    private readonly int _mask;

    public KeywordTable(IEnumerable<CommandRow> commands)
    {
        List<CommandRow> lines = [.. commands.Where(command => command is { IsLine: true, Keyword: null })];
        var size = 16;
        while (size < lines.Count * 4)
        {
            size *= 2;
        }

        (_entries, _mask) = (new Entry[size], size - 1);
        foreach (var line in lines)
        {
            var code = Pack(Encoding.ASCII.GetBytes(line.Name));
            var at = Place(code);
            while (_entries[at].Name is not null)
            {
                at = (at + 1) & _mask;
            }

            _entries[at] = new Entry(code, line.Name, line.Verb);
        }
    }

    /// <summary>The command; null when no command has this keyword.</summary>
    /// <param name="keyword">Letters of either case, digits and hyphens.</param>
    public Verb? Find(ReadOnlySpan<byte> keyword)
    {
        var code = Pack(keyword);
        for (var at = Place(code); _entries[at].Name is { } name; at = (at + 1) & _mask)
        {
            if (_entries[at].Code == code && (keyword.Length <= 8 || Ascii.EqualsIgnoreCase(keyword, name)))
            {
                return _entries[at].Verb;
            }
        }

        return null;
    }

    private int Place(ulong code) => (int)((code * 0x9E3779B97F4A7C15UL) >> 40) & _mask;

    // the first eight letters in upper case, eight bits each: one bit tells the cases of a letter apart
    private static ulong Pack(ReadOnlySpan<byte> keyword)
    {
        var code = 0UL;
        foreach (var octet in keyword.Length > 8 ? keyword[..8] : keyword)
        {
            code = (code << 8) | (octet is >= (byte)'a' and <= (byte)'z' ? octet & ~0x20UL : octet);
        }

        return code;
    }

    private readonly record struct Entry(ulong Code, string? Name, Verb Verb);
}
