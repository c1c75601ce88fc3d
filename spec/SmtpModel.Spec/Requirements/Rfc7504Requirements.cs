using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 7504, the replies 521 and 556, asks of a receiver. What a server does behind 521 is left to it.</summary>
internal static class Rfc7504Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "521 is for the opening of a connection.", "R1"),
        Should("3", "A server that is there only to say that its host never accepts mail greets with 521.").But(Reasons.Site),
        ShouldNot("3", "521 is not said where mail from some hosts or for some addresses only is refused.").But(Reasons.Site),
        Stated("4", "RCPT draws 556 where the recipient's domain is known to accept no mail.").But(Reasons.Names),
    ];
}
