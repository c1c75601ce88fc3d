using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 6710, MT-PRIORITY, asks of a receiver.</summary>
internal static class Rfc6710Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "A server that offers MT-PRIORITY takes the parameter, from -9 to 9.", "MP1"),
        Stated("3", "A line with MAIL may be 15 octets longer.").But(Reasons.LongerLine),
        Must("4.1", "A value that is not written as it should be is refused.", "MP2"),
        Must("4.1", "The parameter given twice is refused.", "MP2"),
        Should("4.1", "The line Received has a clause with the priority.").But(Reasons.TraceLines),
        Should("4.1", "The priority is logged.").But(Reasons.Site),
        MustNot("4.1", "Nobody who is not trusted gets a positive priority.").But(Reasons.Later),
        Should("4.1", "Where the priority is changed a reply says so with X.3.6.")
            .But(Reasons.EnhancedCode),
        Should("4.1", "A message that is refused for its priority draws 450 or 550.")
            .But("A refusal does not say which of many reasons it has."),
        Must("4.1", "X.7.15 goes with a priority below the lowest one that is accepted.")
            .But(Reasons.EnhancedCode),
        Must("4.2", "The priority goes on to a server that offers MT-PRIORITY.").But(Reasons.AsClient),
        Should("4.4", "A list or an alias keeps the priority.").But(Reasons.Later),
        Should("4.5", "A gateway to what knows no priorities does as towards a server without the extension.").But(Reasons.Gateway),
        Should("4.5", "A gateway to what knows priorities hands the priority on in its way.").But(Reasons.Gateway),
        Should("4.6", "A notification has the priority of its message.").But(Reasons.Notices),
        Must("5", "All levels of the policy that the server has are told apart.").But(Reasons.Later),
        Must("5", "The priority that was determined goes on, whatever levels are told apart.").But(Reasons.AsClient),
        Should("5", "A message that is too large for its priority draws 552 with X.7.16.").But(Reasons.NearTheLimit),
        Stated("7", "Behind the keyword stands the name of a policy, of one to twenty characters, or nothing.", "MP3"),
    ];
}
