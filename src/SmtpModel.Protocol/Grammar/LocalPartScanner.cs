namespace SmtpModel.Protocol;

// Walks over one local-part. The text holds printable ASCII only; the caller has checked.
internal static class LocalPartScanner
{
    public static SyntaxFault Scan(ReadOnlySpan<byte> text, ref int at, Dialect dialect)
    {
        int start = at;
        var fault = at < text.Length && text[at] == '"'
            ? ScanQuotedString(text, ref at, dialect)
            : ScanDotString(text, ref at, dialect);
        if (fault != SyntaxFault.None)
            return fault;
        return at - start > SizeLimits.LocalPart ? SyntaxFault.LocalPartTooLong : SyntaxFault.None;
    }

    private static SyntaxFault ScanQuotedString(ReadOnlySpan<byte> text, ref int at, Dialect dialect)
    {
        int open = at++;
        while (true)
        {
            int run = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (run < 0)
                return SyntaxFault.QuoteNotClosed;
            at += run;
            if (text[at] == '"')
                break;
            if (at + 1 == text.Length)
                return SyntaxFault.EscapeIncomplete;
            at += 2;
        }
        at++;
        // RFC 821 asks for one <qtext> at least, RFC 5321 for none
        return dialect == Dialect.Rfc821 && at - open == 2 ? SyntaxFault.QuotedStringEmpty : SyntaxFault.None;
    }

    private static SyntaxFault ScanDotString(ReadOnlySpan<byte> text, ref int at, Dialect dialect)
    {
        int start = at;
        while (true)
        {
            int atom = at;
            var fault = ScanAtom(text, ref at, dialect);
            if (fault != SyntaxFault.None)
                return fault;
            if (at == atom)
                return NoAtom(text, at, start);
            if (at == text.Length || text[at] != '.')
                return SyntaxFault.None;
            at++;
        }
    }

    private static SyntaxFault ScanAtom(ReadOnlySpan<byte> text, ref int at, Dialect dialect)
    {
        while (true)
        {
            int run = text[at..].IndexOfAnyExcept(dialect == Dialect.Rfc6531 ? Octets.AtomTextUtf8 : Octets.AtomText);
            at = run < 0 ? text.Length : at + run;
            // outside of quotes only RFC 821 knows the backslash
            if (dialect != Dialect.Rfc821 || at == text.Length || text[at] != '\\')
                return SyntaxFault.None;
            if (at + 1 == text.Length)
                return SyntaxFault.EscapeIncomplete;
            at += 2;
        }
    }

    private static SyntaxFault NoAtom(ReadOnlySpan<byte> text, int at, int start)
    {
        if (at < text.Length && text[at] is not ((byte)'.' or (byte)'@' or (byte)'>'))
            return SyntaxFault.LocalPartCharacter;
        return at > start || (at < text.Length && text[at] == '.') ? SyntaxFault.LocalPartDot : SyntaxFault.LocalPartMissing;
    }
}
