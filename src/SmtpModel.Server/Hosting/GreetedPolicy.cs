using System.Text;

namespace SmtpModel.Server;

/// <summary>The site's policy as one session sees it, which remembers how the client called itself.</summary>
internal sealed class GreetedPolicy(SitePolicy site) : SitePolicy
{
    private const string Plain = "SMTP";
    private string _protocol = Plain;

    public string ClientName { get; private set; } = "";

    /// <summary>What a time stamp line says behind "with" (RFC 5321 4.4, RFC 3848).</summary>
    public string Protocol(SmtpSession session) =>
        _protocol is Plain ? Plain : $"{_protocol}{(session.IsSecured ? "S" : "")}{(session.Identity is null ? "" : "A")}";

    public override bool HasTerminals => site.HasTerminals;

    public override SiteDirectory Directory => site.Directory;

    public override Decision OnConnection() => site.OnConnection();

    public override Decision Decide(in SessionRequest request)
    {
        var decision = site.Decide(request);
        if (request.Verb is Verb.HELO or Verb.EHLO or Verb.LHLO && decision.Code is >= 0 and < 400)
        {
            ClientName = Encoding.Latin1.GetString(request.Argument);
            _protocol = request.Verb switch { Verb.EHLO => "ESMTP", Verb.LHLO => "LMTP", _ => Plain };
        }

        return decision;
    }

    public void Reset() => (ClientName, _protocol) = ("", Plain);
}
