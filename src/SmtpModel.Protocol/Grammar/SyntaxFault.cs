namespace SmtpModel.Protocol;

/// <summary>What is wrong with a command line or an argument; <see cref="SyntaxFaultText.Describe"/> says it in words.</summary>
public enum SyntaxFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The argument is not written as the command has it.</summary>
    ArgumentSyntax,

    /// <summary>The command line has no octets, or nothing but white space.</summary>
    EmptyLine,

    /// <summary>The command line does not begin with a letter.</summary>
    KeywordMissing,

    /// <summary>The keyword is followed by something other than a space or the end of the line.</summary>
    KeywordCharacter,

    /// <summary>A NUL octet.</summary>
    NulOctet,

    /// <summary>A carriage return that does not belong to the end of the line.</summary>
    BareCr,

    /// <summary>A line feed that does not belong to the end of the line.</summary>
    BareLf,

    /// <summary>Another control character (1 to 31, or 127).</summary>
    ControlCharacter,

    /// <summary>An octet over 127.</summary>
    EightBitOctet,

    /// <summary>The argument does not begin with FROM.</summary>
    FromMissing,

    /// <summary>The argument does not begin with TO.</summary>
    ToMissing,

    /// <summary>FROM or TO is not followed by a colon.</summary>
    ColonMissing,

    /// <summary>There is a space before or after the colon (RFC 5321 3.3).</summary>
    SpaceAroundColon,

    /// <summary>The path does not begin with an opening angle bracket.</summary>
    PathNotOpened,

    /// <summary>The path has no closing angle bracket.</summary>
    PathNotClosed,

    /// <summary>The path, with its brackets, is longer than 256 octets.</summary>
    PathTooLong,

    /// <summary>A forward-path is empty; only a reverse-path may be.</summary>
    NullForwardPath,

    /// <summary>Something follows the path that the dialect does not allow there.</summary>
    TextAfterPath,

    /// <summary>A host of the source route does not begin with an at sign.</summary>
    SourceRouteHost,

    /// <summary>The source route is not ended by a colon.</summary>
    SourceRouteNotEnded,

    /// <summary>The local-part is empty.</summary>
    LocalPartMissing,

    /// <summary>The local-part begins or ends with a dot, or has two in a row.</summary>
    LocalPartDot,

    /// <summary>The local-part has a character that must be quoted.</summary>
    LocalPartCharacter,

    /// <summary>A quoted local-part has no closing quote.</summary>
    QuoteNotClosed,

    /// <summary>A quoted local-part has nothing between its quotes (an error in RFC 821 only).</summary>
    QuotedStringEmpty,

    /// <summary>A backslash is the last octet.</summary>
    EscapeIncomplete,

    /// <summary>The local-part is longer than 64 octets.</summary>
    LocalPartTooLong,

    /// <summary>The mailbox has no at sign and no domain.</summary>
    AtSignMissing,

    /// <summary>The domain is empty.</summary>
    DomainMissing,

    /// <summary>The domain begins or ends with a dot, or has two in a row.</summary>
    DomainDot,

    /// <summary>A name in the domain begins with something that may not begin it.</summary>
    DomainNameStart,

    /// <summary>A name in the domain ends with a hyphen.</summary>
    DomainNameEnd,

    /// <summary>The domain has a character that no domain may have.</summary>
    DomainCharacter,

    /// <summary>The domain is longer than 255 octets (64 in RFC 821).</summary>
    DomainTooLong,

    /// <summary>RFC 821's number sign is not followed by a decimal number.</summary>
    HostNumber,

    /// <summary>An address stands where only a name may.</summary>
    AddressLiteralNotAllowed,

    /// <summary>An address-literal has no closing square bracket.</summary>
    AddressLiteralNotClosed,

    /// <summary>The tag of an address-literal is not letters, digits and hyphens with a letter or digit last.</summary>
    AddressLiteralTag,

    /// <summary>What follows the tag of an address-literal is empty or has a character that may not stand there.</summary>
    AddressLiteralContent,

    /// <summary>The IPv4 address is not four decimal numbers from 0 to 255.</summary>
    IPv4Address,

    /// <summary>The IPv6 address is malformed.</summary>
    IPv6Address,

    /// <summary>The string argument is empty.</summary>
    StringMissing,

    /// <summary>There is no parameter where one must stand: nothing at all, or a space too many.</summary>
    ParameterMissing,

    /// <summary>A parameter's keyword is not letters, digits and hyphens with a letter or digit first.</summary>
    ParameterKeyword,

    /// <summary>A parameter's value is empty or has a second equals sign.</summary>
    ParameterValue,

    /// <summary>There is an argument where the command takes none.</summary>
    ArgumentNotAllowed,
}
