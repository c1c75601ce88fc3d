using System.Numerics;

namespace SmtpModel.Protocol;

/// <summary>Writes replies as they go over the wire (RFC 821 4.2 and appendix E, RFC 5321 4.2 and 4.5.3.1.5).</summary>
/// <remarks>
/// A line feed in the text, with or without a CR before it, begins a new line of the reply. A line that would be over 512
/// octets with its CRLF is cut into more lines. What is neither printable ASCII nor a tab is written as a question mark,
/// so that no text, wherever it came from, can end a line or begin a reply. Nothing is allocated but what the output grows by.
/// </remarks>
public static class ReplyFormat
{
    // code and separator before the text, CRLF after it
    private const int LongestText = SizeLimits.ReplyLine - 6;

    /// <summary>Appends one reply.</summary>
    /// <param name="output">Where it is appended.</param>
    /// <param name="code">The code: first digit 2 to 5, second 0 to 5.</param>
    /// <param name="text">The text in ASCII; may be empty, then the reply is the code and a space.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is no reply code.</exception>
    public static void Write(ByteBuffer output, int code, ReadOnlySpan<byte> text) => WriteLines(output, code, text);

    /// <inheritdoc cref="Write(ByteBuffer, int, ReadOnlySpan{byte})"/>
    public static void Write(ByteBuffer output, int code, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteLines<char>(output, code, text);
    }

    /// <summary>Appends one reply whose lines all begin with the same words, as an enhanced status code (RFC 2034 4).</summary>
    /// <param name="output">Where it is appended.</param>
    /// <param name="code">The code: first digit 2 to 5, second 0 to 5.</param>
    /// <param name="prefix">The words each line begins with, with the space behind them; may be empty.</param>
    /// <param name="text">The text in ASCII; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is no reply code.</exception>
    public static void Write(ByteBuffer output, int code, string prefix, string text)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(text);
        WriteLines<char>(output, code, text, prefix);
    }

    private static void WriteLines<T>(ByteBuffer output, int code, ReadOnlySpan<T> text, ReadOnlySpan<char> prefix = default)
        where T : unmanaged, IBinaryInteger<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        if (code is < 200 or > 599 || code / 10 % 10 > 5)
            throw new ArgumentOutOfRangeException(nameof(code), code, "A reply code begins with 2 to 5, then 0 to 5.");
        while (true)
        {
            int end = text.IndexOf(T.CreateTruncating('\n'));
            var line = end < 0 ? text : text[..end];
            if (end > 0 && line[^1] == T.CreateTruncating('\r'))
                line = line[..^1];
            int longest = LongestText - prefix.Length;
            while (line.Length > longest)
            {
                WriteLine(output, code, (byte)'-', prefix, line[..longest]);
                line = line[longest..];
            }
            WriteLine(output, code, end < 0 ? (byte)' ' : (byte)'-', prefix, line);
            if (end < 0)
                return;
            text = text[(end + 1)..];
        }
    }

    private static void WriteLine<T>(ByteBuffer output, int code, byte separator, ReadOnlySpan<char> prefix, ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        int length = prefix.Length + text.Length + 6;
        var line = output.GetSpan(length)[..length];
        line[0] = (byte)('0' + (code / 100));
        line[1] = (byte)('0' + (code / 10 % 10));
        line[2] = (byte)('0' + (code % 10));
        line[3] = separator;
        for (int i = 0; i < prefix.Length; i++)
            line[4 + i] = (byte)prefix[i];
        var written = line[(4 + prefix.Length)..^2];
        for (int i = 0; i < text.Length; i++)
        {
            uint character = uint.CreateTruncating(text[i]);
            written[i] = character is '\t' or (>= ' ' and <= '~') ? (byte)character : (byte)'?';
        }
        line[^2] = (byte)'\r';
        line[^1] = (byte)'\n';
        output.Advance(length);
    }
}
