using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>
/// A block of octets that follows the line of a command, as many as its argument says. It is taken before the command is answered,
/// whether it is accepted or not, and is never read as commands.
/// </summary>
/// <param name="Number">
/// A regular expression, in .NET's syntax, whose first match in the argument is the number, in decimal digits. It may match where the
/// argument is not acceptable otherwise: the block comes all the same. Where it does not match, no block follows.
/// </param>
public sealed record CountedBlock([StringSyntax(StringSyntaxAttribute.Regex)] string Number)
{
    /// <summary>How many octets follow; 0 where no number is found, or one that is more than can be counted.</summary>
    /// <param name="argument">What stands behind the keyword and a space, one character for each octet.</param>
    public long Count(string argument) => Found.Match(argument) is { Success: true } number
        && long.TryParse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>The argument with another number in it; itself where no number is found.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="count">The number, of octets.</param>
    public string With(string argument, long count) => Found.Replace(argument, count.ToString(CultureInfo.InvariantCulture), 1);

    /// <summary>Two are the same when their patterns are.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(CountedBlock? other) => other is not null && Number == other.Number;

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode(StringComparison.Ordinal);

    private Regex Found => field ??= new Regex(Number, RegexOptions.CultureInvariant);
}
