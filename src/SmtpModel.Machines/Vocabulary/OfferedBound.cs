using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>
/// How a value of a parameter is held against what EHLO lists behind the keyword: two numbers are compared, each of them the digits that
/// the groups of a pattern match, one behind the other. So numbers are compared, and times that are written alike.
/// </summary>
/// <param name="Word">Which of the words behind the keyword says the bound; the first is 0.</param>
/// <param name="Offered">The pattern of that word, in .NET's syntax; where it does not match nothing is bound.</param>
/// <param name="Given">The pattern of the value; where it does not match the value is not bound.</param>
/// <param name="Beyond">A value that is out of bounds wherever one can be.</param>
public sealed record OfferedBound(int Word, [StringSyntax(StringSyntaxAttribute.Regex)] string Offered,
    [StringSyntax(StringSyntaxAttribute.Regex)] string Given, string Beyond)
{
    private const string Digits = @"\A([0-9]+)\z";

    /// <summary>A number is at most the first word, which is a number too; 0 is no bound.</summary>
    public static OfferedBound Most { get; } = new(0, Digits, Digits, "99999999999999999999");

    /// <summary>Whether what is offered is the least value and not the greatest.</summary>
    public bool IsLeast { get; init; }

    /// <summary>The bound; null where none is offered.</summary>
    /// <param name="words">What stands behind the keyword.</param>
    public ulong? In(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count > Word && Number(Offered, words[Word]) is { } bound && bound is > 0 and < ulong.MaxValue ? bound : null;
    }

    /// <summary>Whether a value is out of bounds.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bound">The bound.</param>
    public bool IsOverstepped(string value, ulong bound) => Number(Given, value) is { } given && (IsLeast ? given < bound : given > bound);

    // what has more digits than can be counted is more than anything
    private static ulong? Number([StringSyntax(StringSyntaxAttribute.Regex)] string pattern, string text) =>
        Regex.Match(text, pattern, RegexOptions.CultureInvariant) is not { Success: true } match ? null
        : ulong.TryParse(
            string.Concat(match.Groups.Values.Skip(1).Select(group => group.Value)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
        : ulong.MaxValue;
}
