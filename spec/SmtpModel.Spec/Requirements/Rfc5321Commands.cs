using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 5321 asks of a receiver in section 4.1: each command, its argument, and the order.</summary>
internal static class Rfc5321Commands
{
    public static readonly IReadOnlyList<Requirement> Of41 =
    [
        Stated("4.1.1", "Reverse-path, forward-path and mail data have a buffer each.", "B1", "W29"),
        Should("4.1.1", "Blanks before the CRLF of a command are tolerated.", "A7"),
        Should("4.1.1", "RSET, DATA and QUIT with a parameter are refused.", "A9"),
        Must("4.1.1.1", "HELO is supported and answered properly.", "M1", "O1"),
        Stated("4.1.1.1", "An accepted EHLO or HELO leaves no transaction and empty buffers.", "O2", "E1"),
        Stated("4.1.1.1", "The argument of EHLO is a domain or an address literal.", "A1"),
        Stated("4.1.1.1", "The reply to EHLO begins with a domain; a keyword and its parameters stand on each line behind it.",
            "W27", "L3"),
        Must("4.1.1.1", "The reply to EHLO lists every command that 4.5.1 does not require, but those of private use.", "L2"),
        Stated("4.1.1.2", "MAIL clears the buffers and sets the reverse-path; the path stands in angle brackets.", "B1", "A11"),
        Must("4.1.1.3", "The syntax of source routes is recognized.", "A5"),
        Should("4.1.1.3", "The route is stripped off, and the mailbox is used as if it had not been there.").But(Reasons.Relaying),
        MustNot("4.1.1.3", "Names of a route are not copied into the reverse-path.").But(Reasons.Relaying),
        Stated("4.1.1.3", "RCPT appends to the forward-path; the path stands in angle brackets.", "B1", "A12"),
        MustNot("4.1.1.4", "Lines that end in LF alone are not taken.", "W12", "W17"),
        MustNot("4.1.1.4", "LF, dot, LF does not end the mail data.", "W17"),
        Stated("4.1.1.4", "Mail data may have any of the 128 ASCII characters in it.", "W31")
            .But("NUL is not sent, nor a CR or LF alone: what servers make of these is about the ends of lines, and has cases of its own."),
        Stated("4.1.1.4", "When the end of data has been dealt with, the buffers are cleared.", "B2"),
        Must("4.1.1.4", "The end of data draws an OK where the message was taken, and a failure where it was not.", "O7", "B2")
            .But("That it was really taken is seen at the embedded server only."),
        Must("4.1.1.4", "Errors that are found later are reported by mail.").But(Reasons.Notices),
        Must("4.1.1.5", "RSET drops sender, recipients and mail data.", "O6"),
        Must("4.1.1.5", "RSET without an argument draws 250.", "O6"),
        MustNot("4.1.1.5", "RSET does not close the connection.", "O6", "R4"),
        Stated("4.1.1.5", "RSET before EHLO has no effect.", "H2"),
        Should("4.1.1.5", "A lost connection is taken for a QUIT.", "W19"),
        Stated("4.1.1.6", "VRFY does nothing to the buffers.", "K1"),
        Stated("4.1.1.7", "EXPN does nothing to the buffers.", "K2"),
        Should("4.1.1.8", "HELP without an argument is supported.")
            .But("502 is among its replies in 4.3.2; a server without it is reported as that."),
        Stated("4.1.1.8", "HELP does nothing to the buffers.", "K3"),
        Stated("4.1.1.9", "NOOP draws 250 and does nothing to the buffers.", "K4", "O4"),
        Should("4.1.1.9", "An argument of NOOP is ignored.", "A8"),
        Must("4.1.1.10", "QUIT draws 221, and the channel is closed.", "O10", "W20"),
        MustNot("4.1.1.10", "The channel is not closed before QUIT, also not for an error.", "R4"),
        Must("4.1.1.10", "When the channel is lost, an open transaction is cancelled.", "W19"),
        MustNot("4.1.1.10", "What was completed before the channel was lost is not undone.").But(Reasons.WhereItDelivers),
        Must("4.1.1.10", "What was in progress when the channel was lost counts as refused for now.").But(Reasons.WhereItDelivers),
        Stated("4.1.1.11", "A parameter of MAIL or RCPT that is not recognized draws 555.", "A10"),
        SmallShould("4.1.1.11", "A parameter that cannot be served for now draws 455, where its own document says nothing else.")
            .But(Reasons.Site),
        Must("4.1.2", "A path with a source route is accepted as a path.", "A5").But(Reasons.ReverseRoutes),
        Stated("4.1.2", "A local-part is a dot-string of atoms, or a quoted string.", "A13", "A6"),
        Should("4.1.2", "No mailboxes are defined that need quotes or a certain case of letters.").But(Reasons.Site),
        Must("4.1.2", "All quoted forms of a local-part mean the same.")
            .But("A6 gives the recipient in quotes and without; one that is refused though its form is not is told, and no failure."),
        MustNot("4.1.2", "No mailboxes are defined that need octets over 127 or control characters.").But(Reasons.Site),
        Must("4.1.2", "A command with invalid character codes in a domain, and nothing else wrong, draws 501.", "W30")
            .But("NUL and the octet 1 are tried in the domain of MAIL, and not the underscore that the text names, which many names "
                + "of hosts have; any refusal is taken, for another reason cannot be told from this one."),
        Stated("4.1.3", "An address literal may be one of IPv6.", "A2"),
        Should("4.1.4", "Commands that are about no mail are served before EHLO.", "H1"),
        Must("4.1.4", "A later EHLO that is accepted clears the buffers and resets the state as RSET does.", "O2"),
        Must("4.1.4", "An EHLO that is not accepted draws 501, 500, 502 or 550.", "O3"),
        Must("4.1.4", "Behind it the state is what it was.", "O3"),
        MustNot("4.1.4", "No message is refused because the name in EHLO does not belong to the client's address.")
            .But("Every session of the test gives such a name. A refusal does not say that this is why, and no case gives the client's own "
                + "address beside it."),
        Should("4.1.4", "NOOP, HELP, EXPN, VRFY and RSET are served before EHLO, without 503.", "H1", "H2"),
        Stated("4.1.4", "NOOP, HELP, EXPN, VRFY and RSET may come at any time.", "O4", "O6"),
        Stated("4.1.4", "A transaction is a beginning command, one or more RCPT, and DATA, in that order.", "O5"),
        Stated("4.1.4", "RSET, a new EHLO, or QUIT aborts a transaction.", "O6", "O2", "O10"),
        Stated("4.1.4", "There may be any number of transactions in a session.", "O7", "W24"),
        Must("4.1.4", "A beginning command whose argument is not acceptable draws 501, and the state stays.", "O8")
            .But("What is acceptable is the server's to say: one that takes it, or refuses it with another code than 501 and 553, is not "
                + "strict, and no failure."),
        Must("4.1.4", "Commands of a transaction that cannot be processed where they come draw 503, and the state stays.",
            "O9", "E4", "E5", "E6", "E7")
            .But("A server that can process them may; for a beginning command that is not strict, and no failure."),
        Must("4.1.5", "Commands that do not begin with X are registered.")
            .But("The registry is open and grows: a command that is not known here may be in it."),
    ];
}
