using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 2645, ATRN, asks of a provider, who is the receiver until the roles are turned.</summary>
internal static class Rfc2645Requirements
{
    private const string NotAsked = "A tester asks for nobody's mail: no session that has logged in says ATRN.";

    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("4", "EHLO, AUTH, ATRN and QUIT are there.", "AT2").But("RFC 5321 and RFC 4954 hold the others to it."),
        Must("5.1.1", "The reply to EHLO has AUTH and ATRN.", "AT2")
            .But("Without ATRN in it nothing is tested; without AUTH it is not strict in clear, where no password may be said."),
        Must("5.1.2", "CRAM-MD5 is there, where the site has not switched it off.").But(Reasons.Site),
        Must("5.2.1", "ATRN is refused before somebody has logged in.", "AT1"),
        Stated("5.2.1", "530 is the code for it.", "AT1"),
        Stated("5.2.1", "ATRN has domains with commas between them, or none.").But(NotAsked),
        MustNot("5.2.1", "Where one of the domains is not the client's, mail for none of them is sent.").But(NotAsked),
        Must("5.2.1", "ATRN is refused with 450 then.")
            .But("It takes a login in a session of ATRN's own; what draws 250 then would turn the roles."),
        Stated("5.2.1", "453 says that there is no mail, 451 that it cannot be known who may have it.").But(NotAsked),
        Stated("5.3", "Behind 250 the roles are turned.").But(NotAsked),
    ];
}
