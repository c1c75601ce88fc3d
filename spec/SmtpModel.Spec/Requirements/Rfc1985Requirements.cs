using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 1985, ETRN, asks of a receiver.</summary>
internal static class Rfc1985Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "The keyword ETRN stands alone.", "Q4"),
        Stated("5", "ETRN may come at any time in a session while there is no transaction.", "Q1"),
        Stated("5", "ETRN is illegal from MAIL to the reply to the end of data.", "Q2"),
        SmallShould("5.1", "What is not honoured draws a code that says so: 458 or 459.", "R1")
            .But("What a server honours is its own; the codes are those of the row."),
        SmallShould("5.1", "The reply comes at once, before the queue is through.").But("A queue that takes long is not to be had."),
        Stated("5.1", "The replies are 250, 251, 252, 253, 458, 459, 500 and 501.", "Q1", "R1"),
        SmallShould("5.1", "251, 252 and 253 tell more, where the server can.").But(Reasons.Site),
        SmallShould("5.1", "Wrong syntax draws 500 or 501.", "R1"),
    ];
}
