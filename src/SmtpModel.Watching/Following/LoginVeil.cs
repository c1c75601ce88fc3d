using System.Buffers;
using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>
/// What of a session is shown to people, so that no password is among it. Of a line that begins a login, its keyword and the mechanism are
/// shown; behind it, of what is no command, nothing, for a client may go on with the dialogue ahead of the server or though it was refused;
/// and of replies all but what repeats that. It says nothing of how a line is judged. For one session after the other.
/// </summary>
internal sealed class LoginVeil
{
    private const string Left = "(hidden)";
    private const int MostKept = 100;

    // shorter ones stand in others by chance
    private const int LeastKept = 4;
    private static readonly SearchValues<byte> Parting = SearchValues.Create(" \t=:"u8);

    private static readonly byte[] Auth = Encoding.ASCII.GetBytes(Rfc4954.AUTH.Keyword);

    // those that the specification has as examples of the argument
    private static readonly HashSet<string> Known = new(
        Rfc4954.Mechanism.Value!.Valid.Select(one => one.Split(' ')[0]), StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _kept = [];
    private bool _isBegun;

    /// <summary>What stands in place of a line of which nothing is shown.</summary>
    public static ReadOnlySpan<byte> Nothing => "(hidden: it may be part of a login)"u8;

    /// <summary>What was hidden, as it came, and words of it.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>A session begins.</summary>
    public void Clear()
    {
        _kept.Clear();
        _isBegun = false;
    }

    /// <summary>Something was not seen, and it may have been the beginning of a login.</summary>
    public void Suppose() => _isBegun = true;

    /// <summary>What is shown of a line of the client's that is no mail data.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="isCommand">Whether the table has its verb.</param>
    /// <param name="services">What was offered; null where that is not known.</param>
    public ReadOnlySpan<byte> Line(ReadOnlySpan<byte> line, bool isCommand, ServiceOffer? services)
    {
        var shown = Shown(line, isCommand, services);
        if (shown == line.Length)
        {
            return line;
        }

        Keep(line[shown..], isWhole: shown == 0);
        return shown == 0 ? Nothing : (byte[])[.. line[..shown], (byte)' ', .. Encoding.ASCII.GetBytes(Left)];
    }

    /// <summary>What is shown of a reply: some servers repeat what they do not know.</summary>
    public ReadOnlySpan<byte> Reply(ReadOnlySpan<byte> reply)
    {
        if (_kept.Count == 0)
        {
            return reply;
        }

        var text = Encoding.Latin1.GetString(reply);
        var shown = _kept.OrderByDescending(one => one.Length)
            .Aggregate(text, (said, one) => said.Replace(one, Left, StringComparison.OrdinalIgnoreCase));
        return shown == text ? reply : Encoding.Latin1.GetBytes(shown);
    }

    // as a whole, and the words that a server may repeat by themselves
    private void Keep(ReadOnlySpan<byte> secret, bool isWhole)
    {
        var whole = Encoding.Latin1.GetString(secret).Trim();
        foreach (var one in whole.Split(' ', '\t').Take(isWhole ? 1 : MostKept).Prepend(whole))
        {
            if (one.Length >= LeastKept && _kept.Count < MostKept && !_kept.Contains(one))
            {
                _kept.Add(one);
            }
        }
    }

    // how much of it, from its beginning
    private int Shown(ReadOnlySpan<byte> line, bool isCommand, ServiceOffer? services)
    {
        var first = Word(line, 0);
        var isAuth = Ascii.EqualsIgnoreCase(line[first], Auth);
        if (!isAuth && (isCommand || _isBegun))
        {
            return isCommand ? line.Length : 0;
        }

        // misspelled, or with something else than a space behind it, it begins a login all the same, as the client has it
        var second = Word(line, first.End.Value);
        var end = IsMechanism(line[second], services) ? second.End.Value
            : isAuth ? first.End.Value
            : IsMechanism(line[first], services) ? first.End.Value
            : line[first].Length > Auth.Length && Ascii.EqualsIgnoreCase(line[first][..Auth.Length], Auth) ? first.Start.Value + Auth.Length
            : -1;
        _isBegun |= end >= 0;
        return end < 0 || line[end..].TrimEnd(" \t\r"u8).IsEmpty ? line.Length : end;
    }

    private static Range Word(ReadOnlySpan<byte> line, int from)
    {
        var start = line[from..].IndexOfAnyExcept(Parting) is >= 0 and var skipped ? from + skipped : line.Length;
        var length = line[start..].IndexOfAny(Parting);
        return start..(length < 0 ? line.Length : start + length);
    }

    private static bool IsMechanism(ReadOnlySpan<byte> word, ServiceOffer? services)
    {
        if (word.IsEmpty || word.Length > 20)
        {
            return false;
        }

        var name = Encoding.Latin1.GetString(word);
        return Known.Contains(name)
            || services?[Rfc4954.Part.Extension!.Keyword]?.Parameters.Contains(name, StringComparer.OrdinalIgnoreCase) == true;
    }
}
