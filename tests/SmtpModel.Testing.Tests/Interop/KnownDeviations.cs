using SmtpModel.Peers;

namespace SmtpModel.Testing.Tests.Interop;

/// <summary>Where real servers do what the rules forbid: the key of the violation, and why it is theirs and not the oracle's.</summary>
internal static class KnownDeviations
{
    public static IReadOnlyDictionary<string, string> Of(string peer) => peer switch
    {
        PeerNames.Postfix => new Dictionary<string, string>
        {
            ["Reply|Connected|MAIL|O1"] = "As installed, smtpd_helo_required is off: MAIL is taken from a client that never said HELO. RFC 821 4.1.1 names HELO the first command "
                + "of a session and asks for 503 out of order; RFC 5321 4.1.4 wants the session initialised before a transaction (the specification's first doubt on RFC 5321).",
        },
        _ => new Dictionary<string, string>(),
    };
}
