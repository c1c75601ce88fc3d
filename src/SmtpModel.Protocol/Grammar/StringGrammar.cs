namespace SmtpModel.Protocol;

/// <summary>The string argument of VRFY, EXPN, HELP and NOOP (RFC 821 4.1.2; RFC 5321 3.5.1 and 4.1.2).</summary>
public static class StringGrammar
{
    /// <summary>Holds a whole argument against the grammar of a string. Allocates nothing.</summary>
    /// <param name="text">The argument.</param>
    /// <param name="dialect">
    /// Both dialects take the same: any printable ASCII. Their productions would refuse what RFC 5321 3.5.1 gives as
    /// sensible arguments and what people send, such as a mailbox in brackets or two names with a space between.
    /// </param>
    /// <returns>
    /// <see cref="SyntaxFault.StringMissing"/> when empty, the fault of the first control character or octet over 127,
    /// or <see cref="SyntaxFault.None"/>.
    /// </returns>
    public static SyntaxFault Parse(ReadOnlySpan<byte> text, Dialect dialect)
    {
        _ = dialect;
        return text.IsEmpty ? SyntaxFault.StringMissing : Octets.CheckPrintable(text);
    }
}
