namespace SmtpModel.Protocol;

/// <summary>What can be odd about a line of the reply to EHLO (RFC 5321 4.1.1.1).</summary>
public enum OfferRemarkKind : byte
{
    /// <summary>The line is empty, or blanks only; it is left out.</summary>
    KeywordMissing,

    /// <summary>The keyword has another character than letters, digits and hyphens, or begins with a hyphen.</summary>
    KeywordCharacter,

    /// <summary>A parameter has a control character or an octet over 127.</summary>
    ParameterCharacter,

    /// <summary>Something else than one space stands between two words, or there is a blank at an end of the line.</summary>
    Spacing,

    /// <summary>The keyword was there on a line before; the parameters of both are taken together.</summary>
    KeywordTwice,
}

/// <summary>One thing odd about the reply to EHLO.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The line of the reply where it is, the first one counted as 1.</param>
/// <param name="Text">The words concerned as they came, one character for each octet: not safe to print as they are.</param>
public readonly record struct OfferRemark(OfferRemarkKind Kind, int Line, string Text)
{
    /// <summary>Whether it is against the grammar. A keyword that comes twice is not: the standard does not speak of it.</summary>
    public bool IsAgainstGrammar => Kind is not OfferRemarkKind.KeywordTwice;

    /// <summary>Says in English what is odd, without the text.</summary>
    public string Describe() => Kind switch
    {
        OfferRemarkKind.KeywordMissing => "the line has no keyword",
        OfferRemarkKind.KeywordCharacter => "a keyword has letters, digits and hyphens only, and begins with no hyphen",
        OfferRemarkKind.ParameterCharacter => "a parameter has a control character or an octet over 127",
        OfferRemarkKind.Spacing => "one space, and nothing else, parts the words of a line",
        OfferRemarkKind.KeywordTwice => "the keyword is listed twice",
        _ => "the line is odd",
    };
}
