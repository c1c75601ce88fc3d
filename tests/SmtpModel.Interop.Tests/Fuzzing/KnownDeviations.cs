using SmtpModel.Peers;

namespace SmtpModel.Interop.Tests.Fuzzing;

/// <summary>What is known of the servers. Each entry was traced by hand to what the server says and to the text of the RFC.</summary>
internal static class KnownDeviations
{
    public static IReadOnlyList<Deviation> Of(string peer) => peer switch
    {
        // these keep the order of commands: what they take of it that a server should refuse is not strict, and no finding
        PeerNames.Postfix or PeerNames.PostfixStrict or PeerNames.Exim or PeerNames.Aiosmtpd or PeerNames.Nodemailer => [],
        _ => throw new ArgumentException($"nothing is known of '{peer}'", nameof(peer)),
    };
}
