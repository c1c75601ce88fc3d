using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 4954, AUTH, asks of a receiver.</summary>
internal static class Rfc4954Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Stated("3", "Behind the keyword AUTH stand the names of mechanisms, parted by spaces.", "AU15"),
        Stated("3", "A line with MAIL may be 500 octets longer.").But(Reasons.LongerLine),
        Must("4", "Behind a successful AUTH another draws 503.", "AU2"),
        Must("4", "AUTH inside a transaction draws 503.", "AU3"),
        Stated("4", "A mechanism that is not there, or wants encryption first, draws 504.", "R1")
            .But("It may be refused for other reasons; the codes of the row are asked for."),
        Should("4", "5.5.4 goes with that 504, where there are enhanced codes.").But(Reasons.EnhancedCode),
        MustNot("4", "334 has nothing behind the space but base64.", "AU4"),
        Must("4", "A line of a single asterisk draws 501.", "AU5"),
        Must("4", "Where the client begins and gave no initial response, an empty challenge asks for it.", "AU4")
            .But("PLAIN is tried where it is offered, and no other mechanism in which the client begins."),
        Must("4", "An initial response where the server begins draws 501.", "AU10"),
        Should("4", "5.7.0 goes with that 501.").But(Reasons.EnhancedCode),
        Must("4", "A response that is not base64, with = at its end only, draws 501.", "AU6", "AU9"),
        Must("4", "5.5.2 goes with that 501.").But(Reasons.EnhancedCode),
        Must("4", "Lines in the dialogue may be as long as the mechanisms need.", "AU12")
            .But("That it is one line is seen; what a server makes of a response is not."),
        Stated("4", "A response that is longer than the server can hold draws 500.", "AU12")
            .But("How much a server can hold is not known: any refusal is taken."),
        Should("4", "5.5.6 goes with that 500.").But(Reasons.EnhancedCode),
        Should("4", "Names are prepared by SASLprep.").But("It needs a user with such a name."),
        Must("4", "A name that cannot be prepared, or becomes empty, fails.").But("It needs a user with such a name."),
        Should("4", "A client that cannot be authenticated draws 535 or a code that says more.", "R1", "AU7"),
        Stated("4", "235 ends a dialogue that succeeded.", "AU1"),
        Must("4", "When a security layer of SASL begins, the session starts again.").But(Reasons.Layers),
        Must("4", "With TLS and such a layer, TLS is outside.").But(Reasons.Layers),
        Must("4", "There is a configuration in which no plaintext password is allowed without TLS.").But(Reasons.Site),
        ShouldNot("4", "Sites have no other.")
            .But("What is offered in clear is seen and printed; whether something else keeps others from listening, as a tunnel, is not."),
        Must("4", "PLAIN inside TLS is implemented.")
            .But("What is listed inside TLS is seen and printed; a site may have switched off what is implemented."),
        Must("5", "AUTH= at MAIL is taken, also from a client that has not authenticated.", "AU14"),
        MustNot("5", "AUTH=<> is not taken for the one who authenticated.").But(Reasons.NextWithout),
        Should("5", "AUTH= of a client that is trusted is passed on.").But(Reasons.NextWithout),
        Must("5", "AUTH= of a client that is not trusted counts as AUTH=<>.").But(Reasons.NextWithout),
        Must("5", "AUTH=<> is passed on as that; what a server makes up itself is a mailbox.").But(Reasons.NextWithout),
        Should("6", "Where a login is needed, all but AUTH, EHLO, HELO, NOOP, RSET and QUIT draws 530.", "AU13").But(Reasons.Demands),
        ShouldNot("6", "Mechanisms that need encryption are not listed without it.")
            .But("It takes AUTH in clear with each mechanism that is listed; no case asks for more than one or two of them."),
        Should("6", "The enhanced codes of the section go with the codes that it lists.").But(Reasons.EnhancedCode),
        Should("7", "The trace line says ESMTPA, or ESMTPSA.").But(Reasons.TraceLines),
        Must("8", "Words are known in either case of letters.", "S1")
            .But("AUTH= at MAIL is tried; no case spells the command or a mechanism otherwise than it is listed."),
        Must("9", "What was known before a security layer is dropped when it begins.").But(Reasons.Layers),
        ShouldNot("9", "The connection is not dropped before three attempts have failed.", "AU11"),
        Must("9", "There is a configuration in which mechanisms that can be overheard are not there without TLS.").But(Reasons.Site),
    ];
}
