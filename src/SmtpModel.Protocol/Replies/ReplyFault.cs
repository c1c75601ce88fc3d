namespace SmtpModel.Protocol;

/// <summary>What can be wrong with a reply (RFC 5321 4.2 and 4.5.3.1.5).</summary>
public enum ReplyFaultKind : byte
{
    /// <summary>A line does not begin with three digits; it is left out of the reply.</summary>
    CodeMissing,

    /// <summary>The first digit of the code is not 2, 3, 4 or 5.</summary>
    FirstDigit,

    /// <summary>The second digit of the code is over 5.</summary>
    SecondDigit,

    /// <summary>The code is followed by neither a space, a hyphen nor the end of the line; the line is taken for the last.</summary>
    Separator,

    /// <summary>A line of a reply has another code than the line before; the last line's code counts.</summary>
    CodeChanged,

    /// <summary>A line has more than 512 octets with its CRLF; what is more is left out.</summary>
    LineTooLong,

    /// <summary>A line is ended by LF without CR.</summary>
    BareLf,

    /// <summary>A CR stands within a line.</summary>
    BareCr,

    /// <summary>A control character other than the tab stands in the text.</summary>
    ControlCharacter,

    /// <summary>An octet over 127 stands in the text.</summary>
    EightBitOctet,

    /// <summary>The reply has more lines than the reader keeps; the others are left out.</summary>
    TooManyLines,

    /// <summary>The input ended within a line.</summary>
    CrlfMissing,

    /// <summary>The input ended after a line that says that another follows.</summary>
    LastLineMissing,
}

/// <summary>One thing wrong with a reply.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Line">The first line where it is, counted from 1 at the end of the reply before.</param>
public readonly record struct ReplyFault(ReplyFaultKind Kind, int Line)
{
    /// <summary>
    /// Whether it takes from a client what it needs to read the reply: three digits and the same on each line, what says
    /// whether another line follows (RFC 5321 4.2 and 4.2.1), and CRLF, beside which nothing may end a line (2.3.8). What
    /// else can be wrong is discouraged, or is in the grammar of the text only, which no client looks at.
    /// </summary>
    public bool IsGrave =>
        Kind
            is ReplyFaultKind.CodeMissing
                or ReplyFaultKind.FirstDigit
                or ReplyFaultKind.Separator
                or ReplyFaultKind.CodeChanged
                or ReplyFaultKind.BareLf
                or ReplyFaultKind.CrlfMissing
                or ReplyFaultKind.LastLineMissing;

    /// <summary>Says in English what is wrong; a constant, nothing is allocated.</summary>
    public string Describe() => Kind switch
    {
        ReplyFaultKind.CodeMissing => "the line does not begin with three digits",
        ReplyFaultKind.FirstDigit => "the first digit of the code is not 2 to 5",
        ReplyFaultKind.SecondDigit => "the second digit of the code is over 5",
        ReplyFaultKind.Separator => "the code is followed by neither space nor hyphen",
        ReplyFaultKind.CodeChanged => "the lines of the reply have different codes",
        ReplyFaultKind.LineTooLong => "the line is longer than 512 octets",
        ReplyFaultKind.BareLf => "the line is ended by LF without CR",
        ReplyFaultKind.BareCr => "a CR stands within the line",
        ReplyFaultKind.ControlCharacter => "a control character stands in the text",
        ReplyFaultKind.EightBitOctet => "an octet over 127 stands in the text",
        ReplyFaultKind.TooManyLines => "the reply has too many lines",
        ReplyFaultKind.CrlfMissing => "the input ended before the CRLF",
        ReplyFaultKind.LastLineMissing => "the input ended before the last line of the reply",
        _ => "the reply is malformed",
    };
}
