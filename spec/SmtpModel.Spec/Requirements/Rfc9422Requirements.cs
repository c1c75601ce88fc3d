using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 9422, LIMITS, asks of a receiver. The text could not be had; this is from a summary of it.</summary>
internal static class Rfc9422Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "Limits are names with values behind =, parted by spaces.", "LI1"),
        Must("3.1", "The name of a limit is registered.").But("The registry grows, and what is in it is not seen from outside."),
        Stated("4.1", "The value of MAILMAX is a number of one to six digits that does not begin with 0.", "LI1"),
        Stated("4.1", "MAILMAX is how many MAIL a session may have.", "LI2"),
        Stated("4.2", "The value of RCPTMAX is a number of one to six digits that does not begin with 0.", "LI1"),
        Stated("4.2", "RCPTMAX is how many RCPT a transaction may have.", "LI3"),
        Stated("4.3", "The value of RCPTDOMAINMAX is a number of one to six digits that does not begin with 0.", "LI1"),
        Stated("4.3", "RCPTDOMAINMAX is how many domains the recipients of a session may have.")
            .But("A tester has recipients at one domain that it knows to be served."),
    ];
}
