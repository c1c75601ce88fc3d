using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 4865, FUTURERELEASE, asks of a receiver.</summary>
internal static class Rfc4865Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "Behind the keyword stand the longest time, 1 to 999999999, and the last moment in UTC, parted by spaces.", "FR5"),
        Stated("3", "A line with MAIL may be 34 characters longer.").But(Reasons.LongerLine),
        Must("4.2", "A server that offers FUTURERELEASE keeps to the rules of submission.")
            .But("Whether a server is one for submission is how it is set up."),
        MustNot("4.2", "FUTURERELEASE is not offered on another port than that for submission.")
            .But(Reasons.Port),
        Must("4.2", "The keyword is listed with both maxima.", "FR5"),
        Must("4.2", "MAIL with a valid HOLDFOR or HOLDUNTIL is accepted.", "FR1"),
        MustNot("4.2", "A message that was accepted with HOLDFOR is not released before the time is over.").But(Reasons.Later),
        MustNot("4.2", "A message that was accepted with HOLDUNTIL is not released before the moment.").But(Reasons.Later),
        Must("4.2", "MAIL with a HOLDFOR that is over the maximum or not valid is refused.", "FR2", "FR4"),
        Must("4.2", "MAIL with a HOLDUNTIL that is over the maximum or not valid is refused.", "FR2", "FR4"),
        Must("4.2", "MAIL with more than one of them is refused.", "FR3"),
        Should("4.2", "These refusals have the code 501.")
            .But("The code is in the reply, and any 5yz is taken: to refuse is what is a MUST."),
        Should("4.2", "These refusals have the enhanced code 5.5.4.").But(Reasons.EnhancedCode),
        Must("5.1.2", "Notifications hold the date of arrival and the request.").But(Reasons.Notices),
        Must("5.2.2", "MAIL is refused where the message would be held longer than BY of DELIVERBY lets it.")
            .But("No case gives parameters of two extensions on one line: a case of a parameter knows its own extension alone."),
        Should("5.2.2", "That refusal has the code 501, with 5.5.4.")
            .But("No case gives parameters of two extensions on one line: a case of a parameter knows its own extension alone."),
        Should("6", "There is a quota for each user.").But(Reasons.Site),
        Must("6", "MAIL that would go over a user's quota is refused.").But(Reasons.Site),
        Should("6", "That refusal has the code 552 and an enhanced code of its own.").But(Reasons.Site),
    ];
}
