using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>A site with terminals, users, lists, or the will to turn.</summary>
internal sealed class Site : SitePolicy
{
    public bool Terminals { get; init; }

    public bool Turns { get; init; }

    public SiteDirectory Known { get; init; } = SiteDirectory.Empty;

    /// <summary>Forward-paths whose domain is this are refused.</summary>
    public string Refused { get; init; } = "refused.example";

    public override bool HasTerminals => Terminals;

    public override SiteDirectory Directory => Known;

    public override Decision OnTurn(in SessionRequest request) => Turns ? Decision.Accept : base.OnTurn(request);

    public override Decision OnForwardPath(in SessionRequest request)
    {
        // by characters: the allocation test runs through here
        var domain = request.Domain;
        var isRefused = domain.Length == Refused.Length;
        for (var at = 0; isRefused && at < domain.Length; at++)
        {
            isRefused = domain[at] == Refused[at];
        }

        return isRefused ? Decision.Refuse(550, "No such user here") : Decision.Accept;
    }
}
