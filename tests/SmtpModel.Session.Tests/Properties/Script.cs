using System.Text;

namespace SmtpModel.Session.Tests;

/// <summary>What a client sends in a session, as pieces of meaning, and where it is cut on the way.</summary>
public sealed record Script(string Profile, IReadOnlyList<string> Fragments, int CutSeed)
{
    public byte[] Octets => Encoding.Latin1.GetBytes(Generated.Greeted(Profile, string.Concat(Fragments)));

    /// <summary>Sizes of pieces, which add up to the octets: many of one or two, some larger.</summary>
    public IEnumerable<int> Cuts()
    {
        var random = new Random(CutSeed);
        for (var left = Octets.Length; left > 0;)
        {
            var size = Math.Min(left, random.Next(3) == 0 ? random.Next(1, 700) : random.Next(1, 4));
            yield return size;
            left -= size;
        }
    }

    public override string ToString() =>
        $"{Profile}, cut by {CutSeed}: " + string.Concat(Fragments.Select(fragment => "\n  " + Shown(fragment)));

    private static string Shown(string fragment)
    {
        var text = string.Concat(fragment.Select(letter => letter switch
        {
            '\r' => "\\r",
            '\n' => "\\n",
            >= ' ' and <= '~' => letter.ToString(),
            _ => $"\\x{(int)letter:X2}",
        }));
        return text.Length <= 120 ? text : $"{text[..60]}... ({fragment.Length} octets) ...{text[^40..]}";
    }
}
