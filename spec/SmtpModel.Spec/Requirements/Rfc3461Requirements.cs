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
        MustNot("5.2", "No notification is sent for a message with the null reverse-path.").But(Reasons.Later),
        Should("5.2", "The local postmaster is told of such a failure.").But(Reasons.Later),
        Must("5.2.1", "All four are passed on as they came to a server that offers DSN; all but ORCPT are not made up.")
            .But(Reasons.Relaying),
        Must("5.2.1", "ORCPT that is added has the address that RCPT had.").But(Reasons.Relaying),
        MustNot("5.2.2", "The parameters are not sent to a server without DSN.").But(Reasons.Relaying),
        Must("5.2.2", "Notifications are sent in its place as NOTIFY asks, and not otherwise.").But(Reasons.Later),
        Must("5.2.3", "Behind a delivery a notification is sent where NOTIFY asks for SUCCESS, and not otherwise.").But(Reasons.Later),
        Should("5.2.4", "A gateway asks the other side for the same, or sends notifications itself.").But(Reasons.Gateway),
        MustNot("5.2.5", "No notice of delay is sent where NOTIFY does not ask for DELAY.").But(Reasons.Later),
        Must("5.2.6", "A failure is notified where NOTIFY asks for FAILURE or is not there, and not otherwise.").But(Reasons.Later),
        Must("5.2.7.1", "A list that takes a message is a delivery, and its own mail has parameters of its own.").But(Reasons.Later),
        ShouldNot("5.2.7.2", "An alias for one address draws no notification, and hands the parameters on.").But(Reasons.Later),
        ShouldNot("5.2.8", "A notification for some recipients tells nothing of others.").But(Reasons.Later),
        Must("5.3", "Requests for notifications within a message are taken out before it is sent on.").But(Reasons.Relaying),
        Must("5.4", "ENVID of 100, NOTIFY of 28, ORCPT of 500 and RET of 8 characters are taken.", "DN1", "DN3")
            .But("ORCPT of 500 is not sent: it makes a longer line than 512 octets."),
        Must("5.4", "Command lines of 1036 octets are taken.").But(Reasons.LongerLine),
    ];
}
