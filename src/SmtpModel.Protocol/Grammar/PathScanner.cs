using System.Text;

namespace SmtpModel.Protocol;

// Walks over one path, from its opening to its closing bracket.
// The text holds printable ASCII only; the caller has checked.
internal static class PathScanner
{
    public static SyntaxFault Scan(
        ReadOnlySpan<byte> text, ref int at, Dialect dialect, bool isReverse, out PathArgument path)
    {
        path = default;
        int start = at;
        if (at == text.Length || text[at] != '<')
            return SyntaxFault.PathNotOpened;
        at++;
        if (at < text.Length && text[at] == '>')
        {
            at++;
            path = new PathArgument { IsNull = true, Path = new Slice(start, 2) };
            return isReverse ? SyntaxFault.None : SyntaxFault.NullForwardPath;
        }
        var fault = ScanSourceRoute(text, ref at, dialect, out var route);
        if (fault == SyntaxFault.None)
            fault = ScanMailbox(text, ref at, dialect, mayBePostmaster: !isReverse && route.IsEmpty, out path);
        if (fault != SyntaxFault.None)
            return fault;
        // ScanMailbox stops at '>' or fails
        at++;
        path = path with { Path = new Slice(start, at - start), SourceRoute = route };
        return at - start > SizeLimits.Path ? SyntaxFault.PathTooLong : SyntaxFault.None;
    }

    // RFC 5321 appendix C: source routes are taken and otherwise ignored
    private static SyntaxFault ScanSourceRoute(ReadOnlySpan<byte> text, ref int at, Dialect dialect, out Slice route)
    {
        route = default;
        if (at == text.Length || text[at] != '@')
            return SyntaxFault.None;
        int start = at;
        while (true)
        {
            if (at == text.Length || text[at] != '@')
                return SyntaxFault.SourceRouteHost;
            at++;
            // a host of a route is a <domain> in RFC 821, numbers included, and only a name in RFC 5321
            var fault = DomainScanner.Scan(text, ref at, dialect, allowAddress: dialect == Dialect.Rfc821, out _);
            if (fault != SyntaxFault.None)
                return fault;
            if (at == text.Length || text[at] is not ((byte)',' or (byte)':'))
                return SyntaxFault.SourceRouteNotEnded;
            if (text[at++] == ':')
                break;
        }
        route = new Slice(start, at - 1 - start);
        return SyntaxFault.None;
    }

    private static SyntaxFault ScanMailbox(
        ReadOnlySpan<byte> text, ref int at, Dialect dialect, bool mayBePostmaster, out PathArgument path)
    {
        path = default;
        int start = at;
        var fault = LocalPartScanner.Scan(text, ref at, dialect);
        if (fault != SyntaxFault.None)
            return fault;
        var localPart = new Slice(start, at - start);
        if (at == text.Length)
            return SyntaxFault.AtSignMissing;
        if (text[at] == '>')
        {
            path = new PathArgument { LocalPart = localPart };
            bool isPostmaster = mayBePostmaster && dialect != Dialect.Rfc821
                && Ascii.EqualsIgnoreCase(localPart.Of(text), "postmaster"u8);
            return isPostmaster ? SyntaxFault.None : SyntaxFault.AtSignMissing;
        }
        if (text[at] != '@')
            return SyntaxFault.LocalPartCharacter;
        int domain = ++at;
        fault = DomainScanner.Scan(text, ref at, dialect, allowAddress: true, out bool isAddressLiteral);
        if (fault != SyntaxFault.None)
            return fault;
        if (at == text.Length)
            return SyntaxFault.PathNotClosed;
        path = new PathArgument
        {
            LocalPart = localPart,
            Domain = new Slice(domain, at - domain),
            IsAddressLiteral = isAddressLiteral,
        };
        return text[at] == '>' ? SyntaxFault.None : SyntaxFault.DomainCharacter;
    }
}
