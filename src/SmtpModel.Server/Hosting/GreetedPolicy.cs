using System.Text;

namespace SmtpModel.Server;

/// <summary>The site's policy as one session sees it, which remembers how the client called itself.</summary>
internal sealed class GreetedPolicy(SitePolicy site) : SitePolicy
{
    public string ClientName { get; private set; } = "";

    public string Protocol { get; private set; } = "SMTP";

    public override bool HasTerminals => site.HasTerminals;

    public override SiteDirectory Directory => site.Directory;

    public override Decision OnConnection() => site.OnConnection();

    public override Decision Decide(in SessionRequest request)
    {
        var decision = site.Decide(request);
        if (request.Verb is Verb.HELO or Verb.EHLO && decision.Code is >= 0 and < 400)
        {
            ClientName = Encoding.Latin1.GetString(request.Argument);
            Protocol = request.Verb is Verb.EHLO ? "ESMTP" : "SMTP";
        }

        return decision;
    }

    public void Reset() => (ClientName, Protocol) = ("", "SMTP");
}
