using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 6531, SMTPUTF8, asks of a receiver.</summary>
internal static class Rfc6531Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        MustNot("3.1", "The keyword SMTPUTF8 has no parameters.", "UT3"),
        Must("3.1", "8BITMIME is offered too.", "UT4"),
        Must("3.2", "A mailbox in UTF-8 is taken wherever a mailbox can stand.", "UT5")
            .But("MAIL and RCPT are tried; VRFY and EXPN may be answered with 252."),
        Must("3.2", "Names are looked up as IDNA says.").But(Reasons.Names),
        Should("3.2", "A message that cannot be sent on for want of SMTPUTF8 is refused, or a notice is sent.").But(Reasons.Relaying),
        Must("3.2", "A server that offers DSN as well implements RFC 6533.").But("Its addresses of the kind utf-8 are not tried."),
        Must("3.4", "The parameter SMTPUTF8 at MAIL is taken, without a value.", "UT1", "UT2"),
        Should("3.7", "Names of domains are in U-labels where SMTPUTF8 is there, and in A-labels elsewhere.").But(Reasons.ReplyWords),
        Must("3.7.1", "Names of domains in the reply to EHLO have LDH or A-labels.", "W27")
            .But("Octets over 127 are seen; whether xn-- is a valid label is not."),
        Should("3.7.3", "A trace line of such a message has U-labels.").But(Reasons.Delivered),
        MustNot("3.7.4.1", "251 and 551 have no mailbox in UTF-8 where MAIL had not the parameter; 250 and 550 stand in for them.")
            .But(Reasons.Mailbox),
        MustNot("3.7.4.2", "VRFY and EXPN without the parameter draw no UTF-8.", "R6"),
        Must("3.7.4.2", "Where the reply would need UTF-8, 252 or 550 is drawn.").But(Reasons.Mailbox),
        Must("3.7.4.2", "A 250 to VRFY or EXPN has the mailbox in it.", "W26").But(Reasons.FreeText),
        MustNot("3.7.4.2", "Replies have octets over 127 nowhere else.", "R6"),
    ];
}
