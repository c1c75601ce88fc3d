using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SmtpModel.Server;

/// <summary>
/// Holds the parameters behind a path against those that the profile's extensions know (RFC 5321 4.1.1.11). They are known only
/// in a session in which the list of extensions was given, as behind EHLO.
/// </summary>
internal sealed class SessionParameters(ParameterRow[] rows, SessionSettings settings)
{
    private static readonly Decision Unknown = Decision.Refuse(555, "Parameter not recognized");
    private readonly Decision[] _malformed = [.. rows.Select(row => Decision.Refuse(row.Refusal, $"Syntax: {row.Syntax}"))];
    private readonly (ulong Number, Decision Refusal)?[] _most =
    [
        .. rows.Select(row => row.Most is { } most ? Most(row, most, settings) : ((ulong, Decision)?)null),
    ];
    private readonly Decision[] _twice = [.. rows.Select(row => Decision.Refuse(row.Refusal, $"{row.Keyword} is given twice"))];

    /// <summary>The first refusal of a list of parameters that is well formed by itself; null when all are as they should be.</summary>
    /// <param name="verb">The command.</param>
    /// <param name="text">The parameters, one space between.</param>
    public Decision? Refusal(Verb verb, ReadOnlySpan<byte> text)
    {
        var (seen, group) = (0UL, "");
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)' ');
            var one = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var equals = one.IndexOf((byte)'=');
            var index = Find(verb, equals < 0 ? one : one[..equals]);
            if (index < 0)
            {
                return Unknown;
            }

            if (!Fits(rows[index], equals < 0, equals < 0 ? default : one[(equals + 1)..]))
            {
                return _malformed[index];
            }

            if ((seen & (1UL << index)) != 0 || (group.Length > 0 && group == rows[index].Group))
            {
                return _twice[index];
            }

            seen |= 1UL << index;
            group = rows[index].Group.Length > 0 ? rows[index].Group : group;
            if (rows[index].Bound is { } bound && bound.IsOverstepped(Encoding.Latin1.GetString(one[(equals + 1)..])))
            {
                return Decision.Refuse(bound.Refusal, $"{rows[index].Keyword} is out of bounds");
            }

            if (_most[index] is { } most && IsMore(one[(equals + 1)..], most.Number))
            {
                return most.Refusal;
            }
        }

        return null;
    }

    /// <summary>Whether a parameter without a value is in a list.</summary>
    /// <param name="keyword">Its keyword.</param>
    /// <param name="text">The list, well formed.</param>
    public static bool Has(string keyword, ReadOnlySpan<byte> text)
    {
        foreach (var part in text.Split((byte)' '))
        {
            if (Ascii.EqualsIgnoreCase(text[part], keyword))
            {
                return true;
            }
        }

        return false;
    }

    private int Find(Verb verb, ReadOnlySpan<byte> keyword)
    {
        for (var index = 0; index < rows.Length; index++)
        {
            if (Ascii.EqualsIgnoreCase(keyword, rows[index].Keyword) && Array.IndexOf(rows[index].Verbs, verb) >= 0)
            {
                return index;
            }
        }

        return -1;
    }

    private static bool Fits(ParameterRow row, bool isBare, ReadOnlySpan<byte> value) =>
        row.Value is { } pattern && !isBare ? Arguments.Fits(pattern, value) : row.Value is null && isBare;

    // what has more digits than can be counted is too much
    private static bool IsMore(ReadOnlySpan<byte> digits, ulong most) =>
        !Utf8Parser.TryParse(digits, out ulong number, out _) || number > most;

    private static (ulong Number, Decision Refusal) Most(ParameterRow row, MostRow most, SessionSettings settings)
    {
        var number = SiteValues.Of(new SiteRow(most.Site), settings, isSecured: false)!;
        return (ulong.Parse(number, CultureInfo.InvariantCulture), Decision.Refuse(most.Refusal, $"{row.Keyword} is at most {number}"));
    }
}
