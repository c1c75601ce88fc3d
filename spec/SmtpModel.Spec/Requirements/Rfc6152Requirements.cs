using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 6152, 8BITMIME, asks of a receiver.</summary>
internal static class Rfc6152Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "The keyword 8BITMIME stands alone.", "EB2"),
        Stated("2", "MAIL may have BODY=7BIT or BODY=8BITMIME.", "EB1"),
        SmallMust("3", "All bits of each octet behind DATA are kept.").But(Reasons.WhereItDelivers),
        SmallMust("3", "What was taken with octets over 127 is delivered or sent on with all bits kept.").But(Reasons.WhereItDelivers),
        Stated("3", "A line of a single dot ends such data too, and a dot that was doubled is taken off.", "W17", "W18")
            .But(Reasons.TakenOff),
        SmallMust("3", "A conversion to 7 bits loses nothing and gives valid MIME.")
            .But("It takes a next server without 8BITMIME, and that of test --delivered has it."),
    ];
}
