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
        Stated("5.1", "A role account is delivered to whatever the parameter says.")
            .But("No case gives the parameter at a role account: postmaster is asked for without it."),
        Stated("5.1", "A recipient who has not had the mailbox since then draws 550.").But(Reasons.Mailbox),
        Should("5.1.1", "A relay that does not check hands the parameter on.").But(Reasons.AsClient),
        Must("5.1.1", "A message that needs the extension is refused where the next server does not have it.").But(Reasons.AsClient),
        Must("5.1.1", "What is to be done without support goes on as the client said it.").But(Reasons.AsClient),
        Stated("5.2", "The header field is followed where the parameter was not given.").But("The header is not looked at."),
        Should("5.2", "The header field is taken out when the message is delivered or forwarded.").But(Reasons.Delivered),
        Should("5.2", "A server that refuses in the session has enhanced codes for it.")
            .But(Reasons.EnhancedCode),
        Must("5.3", "The clock is set by a protocol for that.").But(Reasons.Site),
        Should("6", "A message is not sent on to a server without the extension.").But(Reasons.AsClient),
        ShouldNot("6", "The parameter is not made a header field where 6.1 does not let it.").But(Reasons.AsClient),
        Should("6.1", "The header field of a client without the extension becomes the parameter.").But(Reasons.AsClient),
        Should("6.1", "The parameter becomes the header field where a server behind the next is known to have the extension.")
            .But(Reasons.AsClient),
        ShouldNot("8", "Neither is added to a message that came without.").But(Reasons.Relaying),
        Should("8.2", "Behind an alias whose new address was confirmed the later of both times counts.").But(Reasons.AsClient),
        Should("9", "With one owner since the mailbox was made, any time passes.").But(Reasons.Mailbox),
        Should("13.1", "Something is done against those who try many times.").But(Reasons.Site),
        Should("13.2", "A mailbox that had one owner only, or was not there at the time, is delivered to as without it.")
            .But(Reasons.Mailbox),
    ];
}
