using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 3461, DSN, asks of a receiver.</summary>
internal static class Rfc3461Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "The keyword DSN stands alone.", "DN5"),
        Should("4.5", "RET or ENVID given twice draws 501.", "DN2"),
        Should("4.5", "NOTIFY or ORCPT given twice draws 501.", "DN4"),
        Must("5.1", "MAIL with a valid ENVID or RET draws what it draws without.", "DN1"),
        MustNot("5.1", "MAIL is not refused for a valid ENVID or RET, or for having none.", "DN1"),
        Must("5.1", "MAIL whose ENVID or RET is not valid, or is there twice, draws 501.", "DN2"),
        Must("5.1", "RCPT with a valid NOTIFY or ORCPT draws what it draws without.", "DN3"),
        MustNot("5.1", "RCPT is not refused for NOTIFY or ORCPT, or for having none.", "DN3"),
        Should("5.1", "RCPT whose NOTIFY or ORCPT is not valid, or is there twice, draws 501.", "DN4")
            .But("Whether the kind of an address is registered is not looked at."),
        MustNot("5.2", "No notification is sent for a message with the null reverse-path.").But(Reasons.Notices),
        Should("5.2", "The local postmaster is told of such a failure.").But(Reasons.Later),
        Must("5.2.1", "All four are passed on as they came to a server that offers DSN; all but ORCPT are not made up.")
            .But(Reasons.NextWithout),
        Must("5.2.1", "ORCPT that is added has the address that RCPT had.").But(Reasons.NextWithout),
        MustNot("5.2.2", "The parameters are not sent to a server without DSN.").But(Reasons.Relaying),
        Must("5.2.2", "Notifications are sent in its place as NOTIFY asks, and not otherwise.").But(Reasons.Notices),
        Must("5.2.3", "Behind a delivery a notification is sent where NOTIFY asks for SUCCESS, and not otherwise.").But(Reasons.Notices),
        Should("5.2.4", "A gateway asks the other side for the same, or sends notifications itself.").But(Reasons.Gateway),
        MustNot("5.2.4", "With NEVER it sends no notification.").But(Reasons.Gateway),
        Should("5.2.4", "With NEVER it asks the other side to send none.").But(Reasons.Gateway),
        ShouldNot("5.2.4", "Without NOTIFY it sends no notification itself.").But(Reasons.Gateway),
        Should("5.2.4", "Without NOTIFY it sees to it that failures are notified on the other side, and successes are not.")
            .But(Reasons.Gateway),
        Should("5.2.4", "It does with RET what can be done on the other side.").But(Reasons.Gateway),
        MustNot("5.2.5", "No notice of delay is sent where NOTIFY does not ask for DELAY.").But(Reasons.Notices),
        Must("5.2.6", "A failure is notified where NOTIFY asks for FAILURE or is not there, and not otherwise.").But(Reasons.Notices),
        Must("5.2.6", "A message that went to the postmaster instead is notified of as failed.").But(Reasons.Notices),
        Must("5.2.7.1", "A list that takes a message is a delivery, and its own mail has parameters of its own.").But(Reasons.Later),
        Must("5.2.7.1", "A program at a list's return address hands what it does not know to the one in charge.").But(Reasons.Later),
        Should("5.2.7.1", "ORCPT of a list's own mail names the member.").But(Reasons.AsClient),
        ShouldNot("5.2.7.2", "An alias for one address draws no notification, and hands the parameters on.").But(Reasons.Later),
        ShouldNot("5.2.8", "A notification for some recipients tells nothing of others.").But(Reasons.Notices),
        Must("5.3", "Requests for notifications within a message are taken out before it is sent on.").But(Reasons.Relaying),
        Should("5.3", "A gateway from elsewhere asks in SMTP for what was asked of it.").But(Reasons.Gateway),
        Should("5.3", "It translates the notifications that come back.").But(Reasons.Gateway),
        Must("5.4", "ENVID of 100, NOTIFY of 28, ORCPT of 500 and RET of 8 characters are taken.", "DN1", "DN3", "DN6"),
        Must("5.4", "Command lines of 1036 octets are taken.").But(Reasons.LongerLine),
        Must("5.4", "Lines are taken with any parameters that may stand together.").But(Reasons.LongerLine),
        Must("6.1", "Notifications have the null reverse-path.").But(Reasons.Notices),
        MustNot("6.1", "They have no RET.").But(Reasons.Notices),
        Must("6.1", "NOTIFY of theirs, where there is one, is NEVER.").But(Reasons.Notices),
        Should("6.2", "With RET=FULL a notification of failure has the whole message in it.").But(Reasons.Notices),
        Should("6.2", "One without a failure has the header alone.").But(Reasons.Notices),
        Must("6.3", "They name the ENVID that was given, decoded, and none that was not.").But(Reasons.Notices),
        Must("6.3", "They name the server, as dns by its full name, or in another way where it has none.").But(Reasons.Notices),
        Must("6.3", "They name the ORCPT that was given, and none that was not.").But(Reasons.Notices),
        Must("6.3", "They name the recipient of the envelope.").But(Reasons.Notices),
        Must("6.3", "They have an action and a status.").But(Reasons.Notices),
        Must("6.3", "Behind an attempt to send on they name the other server and its reply.").But(Reasons.Notices),
    ];
}
