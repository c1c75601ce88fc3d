using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>How an input is told from the others of its verb: by its argument. Where it is in order and what it draws is its
/// own.</summary>
/// <param name="Keyword">The verb: the name of the command that a line is whose argument is that of no variant.</param>
/// <param name="Argument">A regular expression, in .NET's syntax, that is found in the argument of this input and of no other.</param>
public sealed record CommandVariant(string Keyword, [StringSyntax(StringSyntaxAttribute.Regex)] string Argument)
{
    /// <summary>
    /// What stands behind each of its lines, where the input is the verb's own command in all else, as MAIL with <c>BODY=BINARYMIME</c>
    /// is MAIL: what holds of that command holds of it. Empty for a variant that is described by itself.
    /// </summary>
    public string Mark { get; init; } = "";

    /// <summary>Whether a line of the verb is this input.</summary>
    /// <param name="argument">What stands behind the keyword and a space, one character for each octet.</param>
    public bool IsMeantBy(string argument) => Found.IsMatch(argument);

    /// <summary>Two are the same when keyword, pattern and mark are.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(CommandVariant? other) =>
        other is not null && (Keyword, Argument, Mark) == (other.Keyword, other.Argument, other.Mark);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Keyword, Argument);

    private Regex Found => field ??= new Regex(Argument, RegexOptions.CultureInvariant);
}
