using System.Text;

namespace SmtpModel.Server;

/// <summary>The texts of replies, made once for a profile and a host name so that answering allocates nothing.</summary>
internal sealed class SessionTexts
{
    private readonly string _greeting;
    private readonly string _hello;
    // in clear, and inside TLS
    private readonly string[] _extendedHello;
    private readonly string _closing;
    private readonly string _help;

    private SessionTexts(ISessionOrder order, SessionSettings settings, bool hasTerminals)
    {
        _greeting = $"{settings.HostName} Service ready";
        _hello = settings.HostName;
        _closing = $"{settings.HostName} Service closing transmission channel";
        var help = new StringBuilder("Commands:");
        var offered = new StringBuilder();
        foreach (var verb in order.Commands)
        {
            if (order.Accepting(verb) == 0)
            {
                // it is only there to be refused
                continue;
            }

            help.Append('\n').Append(order.Syntax(verb));
            if (
                !order.IsRequired(verb)
                && (verb is Verb.HELP or Verb.EXPN || (hasTerminals && verb is Verb.SEND or Verb.SOML or Verb.SAML))
            )
            {
                // EHLO names what is offered beyond the required commands (RFC 5321 4.1.1.1 and F.6)
                offered.Append('\n').Append(verb);
            }
        }

        _help = help.ToString();
        _extendedHello = [Hello(isSecured: false), Hello(isSecured: true)];

        string Hello(bool isSecured) => $"{settings.HostName}{Extensions(order, settings, isSecured)}{offered}";
    }

    private static string Extensions(ISessionOrder order, SessionSettings settings, bool isSecured) =>
        string.Concat((order.Rows?.Extensions ?? []).Select(extension => Listed(extension, settings, isSecured)));

    private static string Listed(ExtensionRow extension, SessionSettings settings, bool isSecured)
    {
        var argument = extension.IsForTls && !isSecured ? null
            : extension.Site is { } site ? SiteValues.Of(site, settings, isSecured) : extension.Argument;
        return argument switch { null => "", "" => $"\n{extension.Keyword}", _ => $"\n{extension.Keyword} {argument}" };
    }

    public static SessionTexts For(ISessionOrder order, SessionSettings settings, bool hasTerminals) => new(order, settings, hasTerminals);

    public string Of<TOrder>(TOrder order, Verb verb, int code, ReadOnlySpan<byte> argument, bool isListing, bool isSecured)
        where TOrder : struct, ISessionOrder =>
        code switch
        {
            >= 500 when code == order.NotImplemented => "Command not implemented",
            >= 400 => "Requested action not taken",
            334 => "",
            354 => "Start mail input; end with <CRLF>.<CRLF>",
            _ => verb switch
            {
                Verb.Connection => _greeting,
                _ when isListing => _extendedHello[isSecured ? 1 : 0],
                Verb.HELO => _hello,
                Verb.QUIT => _closing,
                Verb.STARTTLS => "Ready to start TLS",
                Verb.AUTH or Verb.Response => "Authentication successful",
                Verb.HELP => Help(order, argument),
                _ => "OK",
            },
        };

    private string Help<TOrder>(TOrder order, ReadOnlySpan<byte> argument) where TOrder : struct, ISessionOrder =>
        argument.IsEmpty ? _help : order.Syntax(order.Recognize(argument)) ?? _help;
}
