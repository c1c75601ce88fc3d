using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 2852, DELIVERBY, asks of a receiver.</summary>
internal static class Rfc2852Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated(
            "2",
            "Behind the keyword DELIVERBY stands the minimum in one to nine digits, or none, and other options behind commas; or nothing.",
            "DB4"
        ),
        Stated("2", "A line with MAIL may be 17 characters longer.").But(Reasons.LongerLine),
        Stated(
            "3",
            "A server that offers DELIVERBY takes MAIL with BY, or refuses the request, there or later in the transaction.",
            "DB1"
        ),
        Stated("3", "A time under the listed minimum, in the mode R, draws a 55z reply.", "DB3"),
        SmallShould("4", "A time of zero or less in the mode N is not refused as an error.", "DB1"),
        Should("4", "A time of zero or less in the mode R draws 501.", "DB2"),
        Should("4", "A time that the server cannot honor draws 455 or 555.", "DB1"),
        Should("4", "Enhanced codes go with these refusals, as 5.5.4 with 501.")
            .But(Reasons.EnhancedCode),
        SmallMust("4.1", "A message with BY is delivered, returned or notified of in time.").But(Reasons.Later),
        Must("4.1.2", "A message that cannot be delivered is notified of as failed.").But(Reasons.Later),
        Must("4.1.3", "When the time is over a notification says so, and in the mode R nothing is tried any more.").But(Reasons.Later),
        Must("4.1.4", "BY goes on to a server that offers DELIVERBY, with the time that is left.").But(Reasons.AsClient),
        Should("4.1.4", "What is sent on with T is notified of as relayed to all but who said NEVER.").But(Reasons.AsClient),
        MustNot("4.1.4.1", "A message in the mode R does not go to a server without DELIVERBY, or with too high a minimum.")
            .But(Reasons.AsClient),
        Must("4.1.4.2", "A message in the mode N that goes to a server without DELIVERBY is notified of as relayed.")
            .But(Reasons.AsClient),
        Should("4.1.4.2", "To a server with DSN it goes on with a NOTIFY that has DELAY, but for NEVER.").But(Reasons.AsClient),
        SmallShould("5", "Notifications say when the message came and until when it was to be delivered.").But(Reasons.Later),
    ];
}
