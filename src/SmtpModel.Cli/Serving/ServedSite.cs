using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Cli.Serving;

/// <summary>The site that <c>serve</c> is told of on its command line.</summary>
/// <param name="domains">The domains it takes mail for; all when there are none.</param>
/// <param name="directory">What VRFY and EXPN know.</param>
/// <param name="hasTerminals">Whether anybody is at a terminal.</param>
internal sealed class ServedSite(IReadOnlyList<string> domains, SiteDirectory directory, bool hasTerminals) : SitePolicy
{
    public override SiteDirectory Directory => directory;

    public override bool HasTerminals => hasTerminals;

    public override Decision OnForwardPath(in SessionRequest request)
    {
        // Postmaster without a domain is this site's own (RFC 5321 4.5.1)
        if (domains.Count == 0 || request.Domain.IsEmpty)
        {
            return Decision.Accept;
        }

        foreach (var domain in domains)
        {
            if (Ascii.EqualsIgnoreCase(request.Domain, domain))
            {
                return Decision.Accept;
            }
        }

        return Decision.Refuse(550, "No mailbox of this domain here");
    }
}
