using SmtpModel.Peers;

namespace SmtpModel.Interop.Tests.Fuzzing;

/// <summary>What is known of the servers. Each entry was traced by hand to what the server says and to the text of the RFC.</summary>
internal static class KnownDeviations
{
    public static IReadOnlyList<Deviation> Of(string peer) => peer switch
    {
        PeerNames.Postfix => Postfix,
        // these four keep the order of commands: refused before a greeting, without MAIL, without a recipient, inside a transaction
        PeerNames.PostfixStrict or PeerNames.Exim or PeerNames.Aiosmtpd or PeerNames.Nodemailer => [],
        _ => throw new ArgumentException($"nothing is known of '{peer}'", nameof(peer)),
    };

    private static readonly Deviation[] Postfix =
    [
        new("Connected", "MAIL", "O1", "RFC 5321 4.1.4", """
            As installed (smtpd_helo_required = no) it begins a transaction, and takes a message, though neither EHLO nor HELO was sent. A
            session with transactions must first be initialised by one of them. That a server has to refuse is our reading (see
            the doubts of the profile); Postfix itself refuses with 503 once smtpd_helo_required is set.
            """),
    ];
}
