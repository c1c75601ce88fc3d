namespace SmtpModel.Protocol;

/// <summary>The domain by which a client names itself in HELO and EHLO (RFC 821 4.1.2; RFC 5321 4.1.1.1 and 4.1.2).</summary>
public static class DomainGrammar
{
    /// <summary>Holds a whole argument against the grammar of a domain. Allocates nothing.</summary>
    /// <param name="text">The argument, nothing before and nothing after the domain.</param>
    /// <param name="dialect">
    /// RFC 821 takes names, numbers as in #123 and addresses as in [1.2.3.4], joined by dots, a name beginning with a
    /// letter; RFC 5321 takes names joined by dots, or one address-literal: IPv4, IPv6, or a tag with its content.
    /// </param>
    /// <param name="addressLiteral">Whether the host may be given by its address or number instead of its name.</param>
    /// <returns>The first fault, or <see cref="SyntaxFault.None"/>.</returns>
    /// <remarks>
    /// The whole is limited to 255 octets (64 in RFC 821); the length of one name, a matter of the DNS, is not checked.
    /// RFC 821 asks for three characters in a name; shorter ones are taken, because country domains have two.
    /// </remarks>
    public static SyntaxFault Parse(ReadOnlySpan<byte> text, Dialect dialect, bool addressLiteral)
    {
        var fault = Octets.CheckPrintable(text);
        if (fault != SyntaxFault.None)
            return fault;
        int at = 0;
        fault = DomainScanner.Scan(text, ref at, dialect, addressLiteral, out _);
        if (fault == SyntaxFault.None && at < text.Length)
            fault = SyntaxFault.DomainCharacter;
        return fault;
    }
}
