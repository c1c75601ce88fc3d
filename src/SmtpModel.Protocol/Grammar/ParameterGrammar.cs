namespace SmtpModel.Protocol;

/// <summary>The parameters after the path of MAIL and RCPT (RFC 5321 4.1.2, Mail-parameters and Rcpt-parameters).</summary>
public static class ParameterGrammar
{
    /// <summary>Holds parameters against their grammar: one or more, one space between. Allocates nothing.</summary>
    /// <param name="text">The parameters, without the space that parts them from the path.</param>
    /// <returns>
    /// The first fault, or <see cref="SyntaxFault.None"/>. Whether a keyword is known, and its value sensible, is not asked here.
    /// </returns>
    public static SyntaxFault Parse(ReadOnlySpan<byte> text)
    {
        var fault = Octets.CheckPrintable(text);
        if (fault != SyntaxFault.None)
            return fault;
        while (true)
        {
            int space = text.IndexOf((byte)' ');
            fault = ParseOne(space < 0 ? text : text[..space]);
            if (fault != SyntaxFault.None || space < 0)
                return fault;
            text = text[(space + 1)..];
        }
    }

    private static SyntaxFault ParseOne(ReadOnlySpan<byte> parameter)
    {
        if (parameter.IsEmpty)
            return SyntaxFault.ParameterMissing;
        int equals = parameter.IndexOf((byte)'=');
        var keyword = equals < 0 ? parameter : parameter[..equals];
        if (keyword.IsEmpty || keyword[0] == '-' || keyword.ContainsAnyExcept(Octets.LetterDigitHyphen))
            return SyntaxFault.ParameterKeyword;
        if (equals < 0)
            return SyntaxFault.None;
        var value = parameter[(equals + 1)..];
        return value.IsEmpty || value.Contains((byte)'=') ? SyntaxFault.ParameterValue : SyntaxFault.None;
    }
}
