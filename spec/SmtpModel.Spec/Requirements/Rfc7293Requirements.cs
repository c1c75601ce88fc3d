using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 7293, RRVS, asks of a receiver.</summary>
internal static class Rfc7293Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3.1", "The keyword RRVS stands alone.", "RV2"),
        Stated("3.1", "RCPT takes RRVS with a time, and C, R or nothing behind it.", "RV1"),
        Stated("3.1", "A line with RCPT may be 33 characters longer.").But(Reasons.LongerLine),
        Stated("5.1", "A role account is delivered to whatever the parameter says.").But(Reasons.Mailbox),
        Stated("5.1", "A recipient who has not had the mailbox since then draws 550.").But(Reasons.Mailbox),
        Should("5.1.1", "A relay that does not check hands the parameter on.").But(Reasons.AsClient),
        Must("5.1.1", "A message that needs the extension is refused where the next server does not have it.").But(Reasons.AsClient),
        Must("5.1.1", "What is to be done without support goes on as the client said it.").But(Reasons.AsClient),
        Stated("5.2", "The header field is followed where the parameter was not given.").But("The header is not looked at."),
        Should("5.2", "A server that refuses in the session has enhanced codes for it.")
            .But("Which enhanced code belongs to which reply is not looked at."),
        Must("5.3", "The clock is set by a protocol for that.").But(Reasons.Site),
    ];
}
