using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 1870, SIZE, asks of a receiver.</summary>
internal static class Rfc1870Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "Behind the keyword SIZE stands the maximum in digits, 0 for none, or nothing.", "SZ3"),
        Stated("3", "The value of SIZE= at MAIL has 1 to 20 digits.", "SZ1"),
        Stated("3", "A line with MAIL may be 26 octets longer.").But(Reasons.LongerLine),
        Stated("4", "A message over the maximum is refused for good, with 552.").But(Reasons.NearTheLimit),
        MustNot("6", "The declared size does not decide where the mail data ends.", "SZ4"),
        SmallShould("6.1", "A declared size over the maximum draws 552.", "SZ2"),
        SmallShould("6.3", "A message that is no larger than was declared and taken is not refused with 552.", "SZ5"),
        SmallMust("7", "A server that offers SIZE takes it at MAIL.", "SZ1"),
        SmallMust("7", "A server with a maximum refuses what is declared to be larger, with 552.", "SZ2"),
        SmallMust("7", "A server that lists SIZE without a number takes a declaration only when it has looked for room.")
            .But(Reasons.Site),
    ];
}
