namespace SmtpModel.Protocol;

/// <summary>Mail data as a client sends it (RFC 821 4.5.2, RFC 5321 4.5.2).</summary>
public static class MailData
{
    /// <summary>Doubles the dots that begin a line, ends the last line, and appends the end of mail data.</summary>
    /// <param name="content">
    /// The content, lines ended by CRLF. It is sent as it is: a CR or LF alone is neither mended nor taken for the end of
    /// a line. Empty content gives the end of mail data alone.
    /// </param>
    /// <param name="output">Where it is appended.</param>
    public static void Encode(ReadOnlySpan<byte> content, ByteBuffer output)
    {
        ArgumentNullException.ThrowIfNull(output);
        bool isEnded = content.IsEmpty || content.EndsWith("\r\n"u8);
        if (content.StartsWith("."u8))
            output.Append((byte)'.');
        while (true)
        {
            int found = content.IndexOf("\r\n."u8);
            if (found < 0)
                break;
            output.Append(content[..(found + 3)]);
            output.Append((byte)'.');
            content = content[(found + 3)..];
        }
        output.Append(content);
        output.Append(isEnded ? ".\r\n"u8 : "\r\n.\r\n"u8);
    }
}
