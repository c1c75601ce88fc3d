using System.Buffers;

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
