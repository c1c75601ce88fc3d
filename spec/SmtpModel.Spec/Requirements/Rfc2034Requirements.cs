using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 2034, ENHANCEDSTATUSCODES, asks of a receiver.</summary>
internal static class Rfc2034Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "The keyword ENHANCEDSTATUSCODES stands alone.", "ES2"),
        SmallMust("4", "Every 2yz, 4yz and 5yz but the greeting and replies to HELO and EHLO has a code before its text.", "ES1"),
        SmallMust("4", "The class of the code is the first digit of the reply.", "ES1"),
        SmallMust("4", "All lines of a reply begin with the same code.", "ES1"),
        SmallMust("4", "The codes come whether or not the client said EHLO.")
            .But("It shows behind HELO, where EHLO listed the keyword before; no case looks there, for what was not offered "
                + "in a session is not counted on."),
    ];
}
