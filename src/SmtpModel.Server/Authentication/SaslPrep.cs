using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace SmtpModel.Server;

/// <summary>
/// SASLprep (RFC 4013), which makes names and passwords comparable: spaces to SPACE, invisible characters to nothing, the
/// compatibility form of Unicode, no control characters. The form is .NET's: a program with invariant globalization has none,
/// and there what is in another form stays so. Whether right-to-left text is mixed is not looked at (RFC 3454 6).
/// </summary>
internal static class SaslPrep
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The prepared text in UTF-8, in memory of its own; null when it may not be used, or nothing is left of it.</summary>
    public static byte[]? Prepare(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.IsEmpty || text.ContainsAnyInRange((byte)0, (byte)0x1f) || text.Contains((byte)0x7f) ? null : text.ToArray();
        }

        if (!Utf8.IsValid(text))
        {
            return null;
        }

        var characters = new char[text.Length];
        var normalized = new char[(text.Length * 18) + 18];
        try
        {
            var mapped = Map(characters.AsSpan(0, Strict.GetChars(text, characters)));
            if (!Normalize(mapped, normalized, out var prepared) || IsProhibited(prepared) || prepared.IsEmpty)
            {
                return null;
            }

            var octets = new byte[Strict.GetByteCount(prepared)];
            Strict.GetBytes(prepared, octets);
            return octets;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(characters.AsSpan()));
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(normalized.AsSpan()));
        }
    }

    /// <summary>The same for a name, as text.</summary>
    public static string? PrepareName(ReadOnlySpan<byte> name) => Prepare(name) is { } prepared ? Strict.GetString(prepared) : null;

    // in place: RFC 4013 2.1
    private static Span<char> Map(Span<char> text)
    {
        var length = 0;
        foreach (var one in text)
        {
            if (!IsNothing(one))
            {
                text[length++] = one > 0x7f && char.GetUnicodeCategory(one) is UnicodeCategory.SpaceSeparator ? ' ' : one;
            }
        }

        return text[..length];
    }

    private static bool Normalize(ReadOnlySpan<char> text, Span<char> room, out ReadOnlySpan<char> normalized)
    {
        var isDone = text.TryNormalize(room, out var length, NormalizationForm.FormKC);
        normalized = room[..length];
        return isDone;
    }

    // "commonly mapped to nothing", RFC 3454 B.1
    private static bool IsNothing(char one) => one is '\u00ad' or '\u034f' or '\u1806' or (>= '\u180b' and <= '\u180d')
        or (>= '\u200b' and <= '\u200d') or '\u2060' or (>= '\ufe00' and <= '\ufe0f') or '\ufeff';

    // RFC 4013 2.3
    private static bool IsProhibited(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            if (
                Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Surrogate
                || (value & 0xfffe) == 0xfffe
                || value is (>= 0xfdd0 and <= 0xfdef) or (>= 0xfff9 and <= 0xfffd) or (>= 0x2ff0 and <= 0x2ffb) or 0x340 or 0x341
            )
            {
                return true;
            }
        }

        return false;
    }
}
