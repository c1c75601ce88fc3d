using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>Serves a mutant over TCP, for other tools to be tried against it.</summary>
public static class MutantServing
{
    /// <summary>
    /// The same options for a server that is a mutant. So that edges of refusals can be reached, it gives the reply that an
    /// argument or the mail data asks for with the word <c>reply-451</c>, where the profile lists it for the command.
    /// </summary>
    /// <param name="options">The options of a server.</param>
    /// <param name="mutant">The mutant; its profile is served.</param>
    public static SmtpServerOptions Serving(this SmtpServerOptions options, Mutant mutant)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mutant);
        return options with
        {
            Profile = mutant.Profile.Name,
            Policy = new ProvokedSite(options.Policy),
            Store = new ProvokedStore(options.Store),
            MakeSession = (settings, policy) => SmtpSession.Create(mutant.Order, settings, policy),
        };
    }

    private sealed class ProvokedSite(SitePolicy inner) : SitePolicy
    {
        public override bool HasTerminals => inner.HasTerminals;

        public override SiteDirectory Directory => inner.Directory;

        public override Decision OnConnection() => inner.OnConnection();

        public override Decision Decide(in SessionRequest request)
        {
            var code = Provocation.In(request.Argument);
            return code != 0 && request.MayDraw(code) ? new Decision(code, null) : inner.Decide(request);
        }
    }
}
