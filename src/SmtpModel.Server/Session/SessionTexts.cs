using System.Text;

namespace SmtpModel.Server;

/// <summary>The texts of replies, made once for a profile and a host name so that answering allocates nothing.</summary>
internal sealed class SessionTexts
{
    private readonly string _greeting;
    private readonly string _hello;
    private readonly string _extendedHello;
    private readonly string _closing;
    private readonly string _help;

    private SessionTexts(ISessionOrder order, SessionSettings settings, bool hasTerminals)
    {
        _greeting = $"{settings.HostName} Service ready";
        _hello = settings.HostName;
        _closing = $"{settings.HostName} Service closing transmission channel";
        var help = new StringBuilder("Commands:");
        var offered = new StringBuilder(settings.HostName);
        // STARTTLS and AUTH are offered where there is a certificate, and somebody to ask for passwords: not by the order alone
        foreach (var extension in (order.Rows?.Extensions ?? []).Where(extension => extension.Keyword is not ("STARTTLS" or "AUTH")))
        {
            offered.Append('\n').Append(extension.Keyword);
            if (extension.HasArgument)
            {
                // SIZE, which is all so far that says more than its keyword (RFC 1870 3)
                offered.Append(' ').Append(settings.MaxMessageSize);
            }
        }

        foreach (var verb in order.Commands)
        {
            help.Append('\n').Append(order.Syntax(verb));
            if (!order.IsRequired(verb) && (verb is Verb.HELP or Verb.EXPN || (hasTerminals && verb is Verb.SEND or Verb.SOML or Verb.SAML)))
            {
                // EHLO names what is offered beyond the required commands (RFC 5321 4.1.1.1 and F.6)
                offered.Append('\n').Append(verb);
            }
        }

        _help = help.ToString();
        _extendedHello = offered.ToString();
    }

    public static SessionTexts For(ISessionOrder order, SessionSettings settings, bool hasTerminals) => new(order, settings, hasTerminals);

    public string Of<TOrder>(TOrder order, Verb verb, int code, ReadOnlySpan<byte> argument) where TOrder : struct, ISessionOrder => code switch
    {
        >= 500 when code == order.NotImplemented => "Command not implemented",
        >= 400 => "Requested action not taken",
        334 => "",
        354 => "Start mail input; end with <CRLF>.<CRLF>",
        _ => verb switch
        {
            Verb.Connection => _greeting,
            Verb.HELO => _hello,
            Verb.EHLO => _extendedHello,
            Verb.QUIT => _closing,
            Verb.HELP => Help(order, argument),
            _ => "OK",
        },
    };

    private string Help<TOrder>(TOrder order, ReadOnlySpan<byte> argument) where TOrder : struct, ISessionOrder =>
        argument.IsEmpty ? _help : order.Syntax(order.Recognize(argument)) ?? _help;
}
