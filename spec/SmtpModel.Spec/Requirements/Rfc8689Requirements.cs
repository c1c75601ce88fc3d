using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 8689, REQUIRETLS, asks of a receiver.</summary>
internal static class Rfc8689Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("2", "MAIL takes REQUIRETLS, which has no value, inside TLS.", "RQ1"),
        Stated("2", "A line with MAIL may be 11 octets longer.").But(Reasons.LongerLine),
        Must("2", "A server that supports it lists REQUIRETLS in the reply to EHLO behind STARTTLS.")
            .But("That a server supports it is not seen but by the offer, which the report prints."),
        Must("4.1", "A message with the parameter is tagged, and one with the header field too.").But(Reasons.Later),
        Must("4.1", "Where both are given the header field is ignored.").But(Reasons.Later),
        Must("4.1", "All copies for an alias are tagged alike.").But(Reasons.Later),
        Must("4.2.1", "A tagged message goes only to servers that offer REQUIRETLS inside TLS, and whose name is certain.")
            .But(Reasons.AsClient),
        Must("4.2.1", "Where there is no such server a notice is sent.").But(Reasons.Notices),
        Should("4.2.1", "The notice has 5.7.30 or 5.7.10.").But(Reasons.Notices),
        Must("4.2.2", "A message that may go without TLS is tried without it.").But(Reasons.AsClient),
        Must("4.2.2", "Where a server demands TLS that cannot be had a notice is sent.").But(Reasons.Notices),
        Should("4.4", "Access to delivered mail is in TLS.").But(Reasons.Later),
        Must("5", "What is returned is as protected as the message, and without its body.").But(Reasons.Notices),
        ShouldNot("5", "A notice is not thrown away because the next server has not REQUIRETLS.").But(Reasons.Notices),
    ];
}
