using System.Text;

namespace SmtpModel.Protocol;

// Walks over one address in square brackets: RFC 5321 4.1.3, and the dotted form of RFC 821 4.1.2.
internal static class AddressLiteralScanner
{
    private static ReadOnlySpan<byte> IPv6Tag => "IPv6"u8;

    public static SyntaxFault Scan(ReadOnlySpan<byte> text, ref int at)
    {
        if (!TryTakeContent(text, ref at, out var content))
            return SyntaxFault.AddressLiteralNotClosed;
        int colon = content.IndexOf((byte)':');
        if (colon < 0)
            return IPAddressGrammar.IsIPv4(content) ? SyntaxFault.None : SyntaxFault.IPv4Address;
        var tag = content[..colon];
        var address = content[(colon + 1)..];
        // the general form would take any text after this tag; the tag's own RFC does not
        if (Ascii.EqualsIgnoreCase(tag, IPv6Tag))
            return IPAddressGrammar.IsIPv6(address) ? SyntaxFault.None : SyntaxFault.IPv6Address;
        if (!IsStandardizedTag(tag))
            return SyntaxFault.AddressLiteralTag;
        return IsGeneralContent(address) ? SyntaxFault.None : SyntaxFault.AddressLiteralContent;
    }

    public static SyntaxFault ScanDotnum(ReadOnlySpan<byte> text, ref int at)
    {
        if (!TryTakeContent(text, ref at, out var content))
            return SyntaxFault.AddressLiteralNotClosed;
        return IPAddressGrammar.IsIPv4(content) ? SyntaxFault.None : SyntaxFault.IPv4Address;
    }

    private static bool TryTakeContent(ReadOnlySpan<byte> text, ref int at, out ReadOnlySpan<byte> content)
    {
        var rest = text[(at + 1)..];
        int close = rest.IndexOf((byte)']');
        if (close < 0)
        {
            content = default;
            return false;
        }
        content = rest[..close];
        at += close + 2;
        return true;
    }

    private static bool IsStandardizedTag(ReadOnlySpan<byte> tag) =>
        tag.Length > 0 && tag[^1] != '-' && !tag.ContainsAnyExcept(Octets.LetterDigitHyphen);

    private static bool IsGeneralContent(ReadOnlySpan<byte> content) =>
        content.Length > 0
        && !content.ContainsAnyExceptInRange((byte)'!', (byte)'~')
        && !content.ContainsAnyInRange((byte)'[', (byte)']');
}
