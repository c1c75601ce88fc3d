namespace SmtpModel.Server;

/// <summary>
/// The enhanced status codes that this server's replies begin with where its profile has them (RFC 2034; the codes are those that
/// RFC 3463 and RFC 5248 suggest). The greeting, the replies to HELO and EHLO, and 3yz have none.
/// </summary>
internal static class EnhancedCodes
{
    /// <summary>The code with the space behind it; empty where the reply has none, or its text has one already.</summary>
    /// <param name="verb">The command.</param>
    /// <param name="code">The reply's code.</param>
    /// <param name="text">The reply's text as the site gave it.</param>
    /// <param name="isMailData">Whether the command brings mail data, so that its codes are those of the end of data.</param>
    public static string For(Verb verb, int code, string text, bool isMailData) =>
        verb is Verb.Connection or Verb.HELO or Verb.EHLO or Verb.LHLO || code / 100 == 3 || HasOne(text)
            ? ""
            : Of(isMailData ? Verb.EndOfData : verb, code);

    private static string Of(Verb verb, int code) => code switch
    {
        235 => "2.7.0 ",
        432 => "4.7.12 ",
        454 => "4.7.0 ",
        500 when verb is Verb.Response => "5.5.6 ",
        501 when verb is Verb.Response or Verb.AUTH => "5.5.2 ",
        501 when verb is Verb.Cancel => "5.7.0 ",
        530 => "5.7.0 ",
        534 => "5.7.9 ",
        535 => "5.7.8 ",
        538 => "5.7.11 ",
        250 or 251 or 252 => Accepted(verb),
        < 300 => "2.0.0 ",
        421 => "4.3.2 ",
        450 => "4.2.0 ",
        451 => "4.3.0 ",
        452 => verb is Verb.RCPT ? "4.5.3 " : "4.3.1 ",
        < 500 => "4.0.0 ",
        500 or 502 => "5.5.1 ",
        501 or 504 or 555 => "5.5.4 ",
        503 => "5.5.1 ",
        550 => verb is Verb.MAIL ? "5.1.0 " : verb is Verb.EndOfData ? "5.7.1 " : "5.1.1 ",
        551 => "5.1.6 ",
        552 => verb is Verb.MAIL or Verb.EndOfData ? "5.3.4 " : "5.2.2 ",
        553 => "5.1.3 ",
        554 => verb is Verb.DATA ? "5.5.1 " : "5.6.0 ",
        _ => "5.0.0 ",
    };

    private static string Accepted(Verb verb) => verb switch
    {
        Verb.MAIL or Verb.SEND or Verb.SOML or Verb.SAML => "2.1.0 ",
        Verb.RCPT or Verb.VRFY or Verb.EXPN => "2.1.5 ",
        Verb.EndOfData => "2.6.0 ",
        _ => "2.0.0 ",
    };

    // class "." subject, as 2.1.5: a site may choose a code of its own
    private static bool HasOne(string text) =>
        text.Length > 4 && text[0] is ('2' or '4' or '5') && text[1] == '.' && char.IsAsciiDigit(text[2]);
}
