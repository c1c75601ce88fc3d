using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 6531, SMTPUTF8, asks of a receiver.</summary>
internal static class Rfc6531Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        MustNot("3.1", "The keyword SMTPUTF8 has no parameters.", "UT3"),
        Stated("3.1", "A line with MAIL may be 10 characters longer.").But(Reasons.LongerLine),
        Stated("3.1", "VRFY and EXPN take the parameter SMTPUTF8, without a value.").But("No case gives them the parameter."),
        Must("3.1", "8BITMIME is offered too.", "UT4"),
        Must("3.2", "A mailbox in UTF-8 is taken wherever a mailbox can stand.", "UT5")
            .But("MAIL and RCPT are tried; VRFY and EXPN may be answered with 252."),
        Must("3.2", "Names are looked up as IDNA says.").But(Reasons.Names),
        Should("3.2", "A message that cannot be sent on for want of SMTPUTF8 is refused, or a notice is sent.")
            .But("It takes a next server without SMTPUTF8, and that of test --delivered has it."),
        Must("3.2", "Such a notice is as RFC 5321, RFC 3464 and RFC 6533 have it.").But(Reasons.Notices),
        Must("3.2", "A server that offers DSN as well implements RFC 6533.")
            .But("No case gives ORCPT an address of the kind utf-8: DSN's cases know nothing of SMTPUTF8."),
        Must("3.4", "The parameter SMTPUTF8 at MAIL is taken, without a value.", "UT1", "UT2"),
        Stated("3.5", "A recipient that has to be in ASCII draws 553, a sender 550, and the end of data 554, with X.6.7 and X.6.9.")
            .But("It takes a recipient for whom ASCII alone will do, and a tester knows none."),
        Should("3.7", "Names of domains are in U-labels where SMTPUTF8 is there, and in A-labels elsewhere.").But(Reasons.ReplyWords),
        Must("3.7.1", "Names of domains in the reply to EHLO have LDH or A-labels.", "W27")
            .But("Octets over 127 are seen; whether xn-- is a valid label is not."),
        Should("3.7.2", "All servers of a domain have SMTPUTF8, or none.").But(Reasons.Names),
        SmallMust("3.7.3", "Trace lines of a message without the parameter are as RFC 5321 has them.").But(Reasons.TraceLines),
        Should("3.7.3", "A trace line of such a message has U-labels.").But(Reasons.TraceLines),
        MustNot("3.7.4.1", "251 and 551 have no mailbox in UTF-8 where MAIL had not the parameter; 250 and 550 stand in for them.")
            .But(Reasons.Mailbox),
        MustNot("3.7.4.2", "VRFY and EXPN without the parameter draw no UTF-8.", "R6"),
        Must("3.7.4.2", "Where the reply would need UTF-8, 252 or 550 is drawn.").But(Reasons.Mailbox),
        Must("3.7.4.2", "A 250 to VRFY or EXPN has the mailbox in it.", "W26").But(Reasons.FreeText),
        MustNot("3.7.4.2", "Replies have octets over 127 nowhere else.", "R6"),
    ];
}
