using System.Buffers;
using System.Text.Unicode;

namespace SmtpModel.Protocol;

// The character classes both RFCs build on, and the one check for what no command line may hold.
internal static class Octets
{
    public static readonly SearchValues<byte> LetterDigitHyphen =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    // RFC 5322 atext; RFC 821's <c> is the same set, written there as what it leaves out
    public static readonly SearchValues<byte> AtomText =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    public static bool IsLetter(byte octet) => (uint)((octet | 0x20) - 'a') <= 'z' - 'a';

    public static bool IsDigit(byte octet) => (uint)(octet - '0') <= 9;

    public static bool IsHexDigit(byte octet) => IsDigit(octet) || (uint)((octet | 0x20) - 'a') <= 'f' - 'a';

    // RFC 6531 3.3: what is UTF-8 and not ASCII belongs to atoms and to names of domains too
    public static readonly SearchValues<byte> LetterDigitHyphenUtf8 = SearchValues.Create(
        [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8, .. High()]);

    public static readonly SearchValues<byte> AtomTextUtf8 = SearchValues.Create(
        [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8, .. High()]);

    private static IEnumerable<byte> High() => Enumerable.Range(0x80, 0x80).Select(octet => (byte)octet);

    // where paths may be in UTF-8 they have to be that
    public static SyntaxFault CheckPrintable(ReadOnlySpan<byte> text, Dialect dialect)
    {
        if (dialect != Dialect.Rfc6531)
            return CheckPrintable(text);
        foreach (byte octet in text)
        {
            if (octet is < (byte)' ' or 0x7F)
                return FaultOf(octet);
        }
        return Utf8.IsValid(text) ? SyntaxFault.None : SyntaxFault.EightBitOctet;
    }

    // RFC 5321 4.1.2: control characters and octets with the high bit set have no place in a command
    public static SyntaxFault CheckPrintable(ReadOnlySpan<byte> text)
    {
        int at = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        return at < 0 ? SyntaxFault.None : FaultOf(text[at]);
    }

    private static SyntaxFault FaultOf(byte octet) => octet switch
    {
        0 => SyntaxFault.NulOctet,
        (byte)'\r' => SyntaxFault.BareCr,
        (byte)'\n' => SyntaxFault.BareLf,
        >= 0x80 => SyntaxFault.EightBitOctet,
        _ => SyntaxFault.ControlCharacter,
    };
}
