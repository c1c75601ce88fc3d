namespace SmtpModel.Testing.Engine;

/// <summary>
/// How a move asks the embedded server for a reply: by the words <c>reply-451</c> in its argument or its mail data. So the
/// server's choices are part of what is generated, printed and replayed.
/// </summary>
internal static class Provocation
{
    public const string Word = "reply-";

    /// <summary>The same for a word that has no hyphen.</summary>
    public const string ShortWord = "reply";

    /// <summary>The code asked for; 0 when none is.</summary>
    public static int In(string text)
    {
        var at = text.IndexOf(ShortWord, StringComparison.Ordinal);
        var digits = at < 0 ? at : At(at, text.AsSpan(at).StartsWith(Word));
        return at >= 0 && digits + 3 <= text.Length
            && int.TryParse(text.AsSpan(digits, 3), System.Globalization.NumberStyles.None, null, out var code) ? code : 0;
    }

    /// <inheritdoc cref="In(string)"/>
    public static int In(ReadOnlySpan<byte> octets)
    {
        var at = octets.IndexOf("reply"u8);
        var digits = at < 0 ? at : At(at, octets[at..].StartsWith("reply-"u8));
        return at >= 0 && digits + 3 <= octets.Length
            && System.Buffers.Text.Utf8Parser.TryParse(octets.Slice(digits, 3), out int code, out var used) && used == 3 ? code : 0;
    }

    private static int At(int start, bool hasHyphen) => start + (hasHyphen ? Word : ShortWord).Length;
}
