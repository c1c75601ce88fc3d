namespace SmtpModel.Protocol;

// Walks over one domain, up to the first octet that cannot belong to it.
// The text holds printable ASCII only; the caller has checked.
internal static class DomainScanner
{
    public static SyntaxFault Scan(
        ReadOnlySpan<byte> text, ref int at, Dialect dialect, bool allowAddress, out bool isAddressLiteral)
    {
        int start = at;
        var fault = dialect == Dialect.Rfc821
            ? ScanElements(text, ref at, allowAddress, out isAddressLiteral)
            : ScanDomain(text, ref at, dialect, allowAddress, out isAddressLiteral);
        if (fault != SyntaxFault.None)
            return fault;
        return at - start > SizeLimits.Domain(dialect) ? SyntaxFault.DomainTooLong : SyntaxFault.None;
    }

    private static SyntaxFault ScanDomain(
        ReadOnlySpan<byte> text,
        ref int at,
        Dialect dialect,
        bool allowAddress,
        out bool isAddressLiteral
    )
    {
        isAddressLiteral = at < text.Length && text[at] == '[';
        if (isAddressLiteral)
            return allowAddress ? AddressLiteralScanner.Scan(text, ref at) : SyntaxFault.AddressLiteralNotAllowed;
        int start = at;
        while (true)
        {
            var fault = ScanName(text, ref at, start, dialect);
            if (fault != SyntaxFault.None || at == text.Length || text[at] != '.')
                return fault;
            at++;
        }
    }

    // RFC 821 lets numbers and addresses be elements of a domain, even between names
    private static SyntaxFault ScanElements(ReadOnlySpan<byte> text, ref int at, bool allowAddress, out bool isAddressLiteral)
    {
        int start = at;
        isAddressLiteral = false;
        while (true)
        {
            byte first = at < text.Length ? text[at] : (byte)0;
            bool isAddress = first is (byte)'[' or (byte)'#';
            if (isAddress && !allowAddress)
                return SyntaxFault.AddressLiteralNotAllowed;
            var fault = first switch
            {
                (byte)'[' => AddressLiteralScanner.ScanDotnum(text, ref at),
                (byte)'#' => ScanNumber(text, ref at),
                _ => ScanName(text, ref at, start, Dialect.Rfc821),
            };
            if (fault != SyntaxFault.None)
                return fault;
            if (at == text.Length || text[at] != '.')
            {
                isAddressLiteral = text[start] == '[' && text[start..at].IndexOf((byte)']') == at - start - 1;
                return SyntaxFault.None;
            }
            at++;
        }
    }

    private static SyntaxFault ScanNumber(ReadOnlySpan<byte> text, ref int at)
    {
        int start = ++at;
        while (at < text.Length && Octets.IsDigit(text[at]))
            at++;
        return at == start ? SyntaxFault.HostNumber : SyntaxFault.None;
    }

    // One sub-domain of RFC 5321, one <name> of RFC 821. RFC 821's production asks for three characters at least;
    // we take one as well, since country domains have two and RFC 1035 2.3.1, which followed it, allows one.
    private static SyntaxFault ScanName(ReadOnlySpan<byte> text, ref int at, int domainStart, Dialect dialect)
    {
        int start = at;
        int run = text[at..].IndexOfAnyExcept(dialect == Dialect.Rfc6531 ? Octets.LetterDigitHyphenUtf8 : Octets.LetterDigitHyphen);
        at = run < 0 ? text.Length : at + run;
        if (at == start)
            return NoName(text, at, domainStart);
        byte first = text[start];
        if (first == '-' || (dialect == Dialect.Rfc821 && !Octets.IsLetter(first)))
            return SyntaxFault.DomainNameStart;
        return text[at - 1] == '-' ? SyntaxFault.DomainNameEnd : SyntaxFault.None;
    }

    private static SyntaxFault NoName(ReadOnlySpan<byte> text, int at, int domainStart)
    {
        if (at < text.Length && text[at] is not ((byte)'.' or (byte)'>' or (byte)',' or (byte)':'))
            return SyntaxFault.DomainCharacter;
        return at > domainStart || (at < text.Length && text[at] == '.') ? SyntaxFault.DomainDot : SyntaxFault.DomainMissing;
    }
}
