namespace SmtpModel.Protocol;

/// <summary>The words for each <see cref="SyntaxFault"/>.</summary>
public static class SyntaxFaultText
{
    /// <summary>Says in English what is wrong, fit for the text of a 500 or 501 reply.</summary>
    /// <param name="fault">The fault; for <see cref="SyntaxFault.None"/> the text says that nothing is wrong.</param>
    /// <returns>A constant of printable ASCII on one line; nothing is allocated.</returns>
    public static string Describe(this SyntaxFault fault) => fault switch
    {
        SyntaxFault.None => "nothing is wrong",
        SyntaxFault.EmptyLine => "the line is empty",
        SyntaxFault.KeywordMissing => "the line does not begin with a keyword",
        SyntaxFault.KeywordCharacter => "the keyword is not followed by a space",
        SyntaxFault.NulOctet => "NUL is not allowed",
        SyntaxFault.BareCr => "CR without LF is not allowed",
        SyntaxFault.BareLf => "LF without CR is not allowed",
        SyntaxFault.ControlCharacter => "control characters are not allowed",
        SyntaxFault.ArgumentSyntax => "the argument is not written as this command has it",
        SyntaxFault.EightBitOctet => "octets over 127 are not allowed",
        SyntaxFault.FromMissing => "FROM: is missing",
        SyntaxFault.ToMissing => "TO: is missing",
        SyntaxFault.ColonMissing => "the colon is missing",
        SyntaxFault.SpaceAroundColon => "no space may stand beside the colon",
        SyntaxFault.PathNotOpened => "the path must begin with <",
        SyntaxFault.PathNotClosed => "the path must end with >",
        SyntaxFault.PathTooLong => "the path is longer than 256 octets",
        SyntaxFault.NullForwardPath => "the forward-path is empty",
        SyntaxFault.TextAfterPath => "unexpected text after the path",
        SyntaxFault.SourceRouteHost => "each host of a source route begins with @",
        SyntaxFault.SourceRouteNotEnded => "a source route ends with a colon",
        SyntaxFault.LocalPartMissing => "the local-part is empty",
        SyntaxFault.LocalPartDot => "a dot in the local-part must stand between characters",
        SyntaxFault.LocalPartCharacter => "the local-part has a character that must be quoted",
        SyntaxFault.QuoteNotClosed => "the quoted local-part is not closed",
        SyntaxFault.QuotedStringEmpty => "the quoted local-part is empty",
        SyntaxFault.EscapeIncomplete => "nothing follows the backslash",
        SyntaxFault.LocalPartTooLong => "the local-part is longer than 64 octets",
        SyntaxFault.AtSignMissing => "the mailbox has no @ and domain",
        SyntaxFault.DomainMissing => "the domain is empty",
        SyntaxFault.DomainDot => "a dot in the domain must stand between names",
        SyntaxFault.DomainNameStart => "a name in the domain begins with a wrong character",
        SyntaxFault.DomainNameEnd => "a name in the domain ends with a hyphen",
        SyntaxFault.DomainCharacter => "the domain has a character that is not allowed",
        SyntaxFault.DomainTooLong => "the domain is too long",
        SyntaxFault.HostNumber => "# must be followed by a decimal number",
        SyntaxFault.AddressLiteralNotAllowed => "an address is not allowed here, only a name",
        SyntaxFault.AddressLiteralNotClosed => "the address-literal is not closed",
        SyntaxFault.AddressLiteralTag => "the tag of the address-literal is malformed",
        SyntaxFault.AddressLiteralContent => "the content of the address-literal is malformed",
        SyntaxFault.IPv4Address => "the IPv4 address is malformed",
        SyntaxFault.IPv6Address => "the IPv6 address is malformed",
        SyntaxFault.StringMissing => "the argument is empty",
        SyntaxFault.ParameterMissing => "a parameter is missing",
        SyntaxFault.ParameterKeyword => "a parameter has a malformed keyword",
        SyntaxFault.ParameterValue => "a parameter has a malformed value",
        SyntaxFault.ArgumentNotAllowed => "The command takes no argument",
        _ => "the syntax is wrong",
    };
}
