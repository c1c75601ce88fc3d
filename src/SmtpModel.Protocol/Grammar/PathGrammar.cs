using System.Text;

namespace SmtpModel.Protocol;

/// <summary>The paths of MAIL, SEND, SOML, SAML and RCPT (RFC 821 4.1.2; RFC 5321 4.1.1.2, 4.1.1.3 and 4.1.2).</summary>
/// <remarks>
/// Nothing here allocates. Sizes: local-part 64 octets, domain 255 (64 in RFC 821), path 256 with its brackets.
/// Control characters are refused in both dialects, also where RFC 821 would let a quote carry them, because RFC 5321
/// 4.1.2 does and no command line may hold them. Spaces beside the colon are refused in both dialects.
/// </remarks>
public static class PathGrammar
{
    /// <summary>Parses the argument of MAIL, SEND, SOML or SAML.</summary>
    /// <param name="argument">What follows the keyword and its space, FROM in either case first.</param>
    /// <param name="dialect">Whose grammar; only RFC 5321 lets parameters follow. Both take the null reverse-path.</param>
    /// <param name="path">The parts; all empty when there is a fault.</param>
    /// <returns>The first fault, or <see cref="SyntaxFault.None"/>.</returns>
    public static SyntaxFault ParseReversePath(ReadOnlySpan<byte> argument, Dialect dialect, out PathArgument path) =>
        Parse(argument, dialect, isReverse: true, out path);

    /// <summary>Parses the argument of RCPT.</summary>
    /// <param name="argument">What follows the keyword and its space, TO in either case first.</param>
    /// <param name="dialect">Whose grammar; only RFC 5321 lets parameters follow and takes Postmaster without a domain (4.5.1).</param>
    /// <param name="path">The parts; all empty when there is a fault.</param>
    /// <returns>The first fault, or <see cref="SyntaxFault.None"/>.</returns>
    public static SyntaxFault ParseForwardPath(ReadOnlySpan<byte> argument, Dialect dialect, out PathArgument path) =>
        Parse(argument, dialect, isReverse: false, out path);

    private static SyntaxFault Parse(ReadOnlySpan<byte> argument, Dialect dialect, bool isReverse, out PathArgument path)
    {
        path = default;
        var fault = Octets.CheckPrintable(argument, dialect);
        if (fault != SyntaxFault.None)
            return fault;
        int at = 0;
        fault = ScanPrefix(argument, ref at, isReverse);
        if (fault != SyntaxFault.None)
            return fault;
        fault = PathScanner.Scan(argument, ref at, dialect, isReverse, out var found);
        if (fault != SyntaxFault.None)
            return fault;
        fault = ScanParameters(argument, at, dialect, out var parameters);
        if (fault == SyntaxFault.None)
            path = found with { Parameters = parameters };
        return fault;
    }

    private static SyntaxFault ScanPrefix(ReadOnlySpan<byte> text, ref int at, bool isReverse)
    {
        var word = isReverse ? "FROM"u8 : "TO"u8;
        if (text.Length < word.Length || !Ascii.EqualsIgnoreCase(text[..word.Length], word))
            return isReverse ? SyntaxFault.FromMissing : SyntaxFault.ToMissing;
        at = word.Length;
        var rest = text[at..].TrimStart((byte)' ');
        if (rest.IsEmpty || rest[0] != ':')
            return SyntaxFault.ColonMissing;
        if (text[at] == ' ' || (rest.Length > 1 && rest[1] == ' '))
            return SyntaxFault.SpaceAroundColon;
        at++;
        return SyntaxFault.None;
    }

    private static SyntaxFault ScanParameters(ReadOnlySpan<byte> text, int at, Dialect dialect, out Slice parameters)
    {
        parameters = default;
        if (at == text.Length)
            return SyntaxFault.None;
        // RFC 821 has no parameters; RFC 1869, which brought them, belongs to EHLO
        if (dialect == Dialect.Rfc821 || text[at] != ' ')
            return SyntaxFault.TextAfterPath;
        parameters = new Slice(at + 1, text.Length - at - 1);
        return SyntaxFault.None;
    }
}
