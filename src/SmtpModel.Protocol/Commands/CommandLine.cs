namespace SmtpModel.Protocol;

/// <summary>Cuts a command line into keyword and argument (RFC 821 4.1.2; RFC 5321 2.4 and 4.1.1).</summary>
public static class CommandLine
{
    /// <summary>Cuts one line: a keyword, one or more spaces if there is an argument, the argument. Allocates nothing.</summary>
    /// <param name="line">The line without the CRLF that ends it; its length is not limited here.</param>
    /// <param name="keyword">
    /// A letter and the letters, digits and hyphens after it, in the case they were sent; empty if none could be read.
    /// It is given also when the fault lies in the argument, so that the reply can be chosen by command.
    /// </param>
    /// <param name="argument">
    /// What follows the spaces, without white space at its end (RFC 5321 4.1.1: spaces and tabs there are tolerated); may be empty.
    /// </param>
    /// <returns>The first fault, or <see cref="SyntaxFault.None"/>; whether the keyword is known is not asked.</returns>
    public static SyntaxFault Split(ReadOnlySpan<byte> line, out Slice keyword, out Slice argument) =>
        Split(line, Dialect.Rfc5321, out keyword, out argument);

    /// <inheritdoc cref="Split(ReadOnlySpan{byte}, out Slice, out Slice)"/>
    /// <param name="line">The line without the CRLF that ends it; its length is not limited here.</param>
    /// <param name="dialect">Whose grammar; in that of RFC 6531 octets over 127 are no fault where they are UTF-8.</param>
    /// <param name="keyword">The keyword.</param>
    /// <param name="argument">What follows it.</param>
    public static SyntaxFault Split(ReadOnlySpan<byte> line, Dialect dialect, out Slice keyword, out Slice argument)
    {
        keyword = default;
        argument = default;
        var text = line.TrimEnd(" \t"u8);
        if (text.IsEmpty)
            return SyntaxFault.EmptyLine;
        var octets = Octets.CheckPrintable(text, dialect);
        int length = text.IndexOfAnyExcept(Octets.LetterDigitHyphen);
        if (length < 0)
            length = text.Length;
        if (!Octets.IsLetter(text[0]))
            return octets != SyntaxFault.None ? octets : SyntaxFault.KeywordMissing;
        if (length < text.Length && text[length] != ' ')
            return octets != SyntaxFault.None ? octets : SyntaxFault.KeywordCharacter;
        keyword = new Slice(0, length);
        int start = text.Length - text[length..].TrimStart((byte)' ').Length;
        argument = new Slice(start, text.Length - start);
        return octets;
    }
}
