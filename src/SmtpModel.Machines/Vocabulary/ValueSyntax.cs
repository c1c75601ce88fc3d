using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>
/// How a value is written: of a parameter of MAIL or RCPT, or behind a keyword in the reply to EHLO. The specification gives
/// the pattern, and lines that fit it and that do not; the soundness check holds them against each other (SMTP017).
/// </summary>
/// <param name="Syntax">The form as people read it, near to the standard's ABNF, as <c>1*20DIGIT</c>.</param>
/// <param name="Pattern">A regular expression that the whole value fits, in .NET's syntax; case counts unless it says <c>(?i)</c>.</param>
public sealed record ValueSyntax(string Syntax, [StringSyntax(StringSyntaxAttribute.Regex)] string Pattern)
{
    private Regex? _whole;

    /// <summary>A regular expression that the whole value fits, in .NET's syntax.</summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public string Pattern
    {
        get;
        init
        {
            // a copy with another pattern is not held against this one
            field = value;
            _whole = null;
        }
    } = Pattern;

    /// <summary>Values that fit, the plainest first; at least one.</summary>
    public required IReadOnlyList<string> Valid { get; init; }

    /// <summary>Values that do not fit though one could take them for it; none where any text will do.</summary>
    public IReadOnlyList<string> Malformed { get; init; } = [];

    /// <summary>Whether a value is written so.</summary>
    /// <param name="value">The value, one character for each octet.</param>
    public bool Fits(string value) => Whole.IsMatch(value);

    /// <summary>The pattern bound to the whole value, for who compiles it.</summary>
    public string WholePattern => $@"\A(?:{Pattern})\z";

    /// <summary>What is wrong with the pattern, and where; null where it is a regular expression.</summary>
    internal string? Fault
    {
        get
        {
            try
            {
                _ = Whole;
                return null;
            }
            catch (RegexParseException fault)
            {
                // counted in what is written in the specification
                var before = WholePattern.IndexOf(Pattern, StringComparison.Ordinal);
                return $"{fault.Error} at character {Math.Clamp(fault.Offset - before, 0, Pattern.Length)}";
            }
        }
    }

    /// <summary>Whether syntax, pattern and examples are the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(ValueSyntax? other) => other is not null && (Syntax, Pattern) == (other.Syntax, other.Pattern)
        && Valid.SequenceEqual(other.Valid) && Malformed.SequenceEqual(other.Malformed);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Syntax, Pattern);

    /// <summary>The form as people read it.</summary>
    public override string ToString() => Syntax;

    private Regex Whole => _whole ??= new Regex(WholePattern, RegexOptions.CultureInvariant);
}
