using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 3865, NO-SOLICITING, asks of a receiver.</summary>
internal static class Rfc3865Requirements
{
    private const string Listed = "No case gives a class that EHLO lists, which is what such a refusal could be had by.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "Behind the keyword NO-SOLICITING stand classes of solicitations, parted by commas, or nothing.", "NS2"),
        Must("2.2", "A class has fewer than 1000 characters.", "NS2"),
        Stated("2.3", "SOLICIT at MAIL has classes of solicitations as its value.", "NS1"),
        Should("2.3", "A refusal for a class says which classes are not wanted.").But(Listed),
        Should("2.3", "A server that refuses for classes declares them, at EHLO or for each recipient.")
            .But("A refusal for a class that was not declared looks like any other."),
        ShouldNot("2.3", "A message of a class that was declared is not delivered.").But(Reasons.Later),
        Should("2.4", "A limit by class is reported with the status that belongs to the limit.")
            .But("A tester does not know which limits there are."),
        Should("2.4", "A refusal holds the parameter SOLICIT in its text, with the classes that matched.").But(Listed),
        Should("2.6", "Which classes a message has is looked up in its header.").But(Reasons.Looking),
        Should("2.7", "Behind a client without the extension the parameter is set from the header.").But(Reasons.AsClient),
        ShouldNot("2.8", "No class is refused before somebody has said so.").But(Reasons.Site),
        ShouldNot("2.8", "Who sets a server up lets no class be refused for users who have not asked for it.").But(Reasons.Site),
        Stated("4.1", "A line with MAIL may be 1007 characters longer.").But(Reasons.LongerLine),
    ];
}
