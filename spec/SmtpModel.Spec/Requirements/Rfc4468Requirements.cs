using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 4468, BURL, asks of a submission server.</summary>
internal static class Rfc4468Requirements
{
    private const string Fetched = "It is about how a URL is fetched; a tester has none that can be.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        MustNot("3.1", "A relay does not offer BURL on port 25.").But(Reasons.Port),
        Must("3.1", "The argument imap is listed where URLs of IMAP are taken.").But(Fetched),
        Stated("3.1", "BURL is in order in a transaction, behind a recipient that was taken.", "BU1"),
        Stated("3.2", "A message may be one BURL with LAST.", "BU2").But(Fetched),
        Stated("3.2", "Without a recipient BURL fails, and nothing is fetched.", "BU1").But("What is fetched is not seen."),
        Stated("3.2", "The URL is fetched before the reply.").But(Fetched),
        Stated("3.2", "BURL and BDAT may take turns, where both are offered.", "BU3").But(Fetched),
        Stated("3.2", "Where a URL cannot be fetched the whole transaction fails.", "BU4")
            .But("Where a refusal leads may be seen behind RSET only."),
        Must("3.3", "The credentials of the server's own are configurable.").But(Reasons.Site),
        Must("3.3", "A URL with submit+ is refused to all but the user whom it names.").But(Fetched),
        Should("3.3", "The client's credentials go only to servers of the same domain.").But(Fetched),
        Must("3.3", "STARTTLS and PLAIN can be used to fetch.").But(Fetched),
        Must("4", "8BITMIME is offered as well.", "BU6"),
        Must("4", "Data of eight bits is converted for a server that takes seven.")
            .But("It takes a next server without 8BITMIME, and that of test --delivered has it."),
        Should("8", "Behind STARTTLS the URL is fetched in TLS, too.").But(Fetched),
    ];
}
