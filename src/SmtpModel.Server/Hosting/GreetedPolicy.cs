using System.Text;

namespace SmtpModel.Server;

/// <summary>The site's policy as one session sees it, which remembers how the client called itself.</summary>
internal sealed class GreetedPolicy(SitePolicy site) : SitePolicy
{
    private bool _isExtended;

    public string ClientName { get; private set; } = "";

    /// <summary>What a time stamp line says behind "with" (RFC 5321 4.4, RFC 3848).</summary>
    public string Protocol(SmtpSession session) => (_isExtended, session.IsSecured, session.Identity) switch
    {
        (false, _, _) => "SMTP",
        (true, false, null) => "ESMTP",
        (true, false, _) => "ESMTPA",
        (true, true, null) => "ESMTPS",
        (true, true, _) => "ESMTPSA",
    };

    public override bool HasTerminals => site.HasTerminals;

    public override SiteDirectory Directory => site.Directory;

    public override Decision OnConnection() => site.OnConnection();

    public override Decision Decide(in SessionRequest request)
    {
        var decision = site.Decide(request);
        if (request.Verb is Verb.HELO or Verb.EHLO && decision.Code is >= 0 and < 400)
        {
            ClientName = Encoding.Latin1.GetString(request.Argument);
            _isExtended = request.Verb is Verb.EHLO;
        }

        return decision;
    }

    public void Reset() => (ClientName, _isExtended) = ("", false);
}
