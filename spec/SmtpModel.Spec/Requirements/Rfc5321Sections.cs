using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 5321 asks of a receiver up to section 4.1: terms, procedures, and the commands with their arguments.</summary>
internal static class Rfc5321Sections
{
    public static readonly IReadOnlyList<Requirement> To41 =
    [
        Must("2.1", "A server that has taken a message delivers it, or reports that it could not.")
            .But($"{Reasons.WhereItDelivers} A test waits for no report."),
        Must("2.2.1", "EHLO is supported, also by a server without any extension.", "M1", "E1"),
        Must("2.2.1", "HELO is supported, for older clients.", "M1", "O1"),
        MustNot("2.2.2", "No keyword is offered that is neither registered nor begins with X.")
            .But("The registry is open and grows: a keyword that is not known here may be in it."),
        ShouldNot("2.3.4", "A server does not name itself by its address.")
            .But("No case holds it: a server without a name has nothing else, and whether it has one is not known."),
        MustNot("2.3.5", "No names are used that are not fully qualified.").But(Reasons.Names),
        Must("2.3.5", "Postmaster is taken without a domain.", "A4"),
        MustNot("2.3.8", "Nothing but CRLF is taken for the end of a line.", "W12", "W17"),
        MustNot("2.3.8", "Nothing but CRLF is sent as the end of a line.", "R6"),
        Must("2.3.11", "A local-part is interpreted only by the host that its domain names.").But(Reasons.Relaying),
        Stated("2.4", "Verbs, and arguments other than a local-part, mean the same in either case of letters.", "W1", "A15", "S1"),
        Must("2.4", "The case of a local-part is kept.").But(Reasons.WhereItDelivers),
        Stated("2.4", "A command line is acted on when its CRLF has come, and not before.", "W13", "W14"),
        Should("2.4", "A relay takes the content for valid and does not inspect it.").But(Reasons.Looking),
        Should("2.4", "A command with octets over 127 is refused where no extension allows them.", "W16"),
        Should("2.4", "8BITMIME is supported.")
            .But("LM5 and SU3 hold a server for LMTP or submission to it; in SMTP no case does: what is not offered is not "
                + "held against it."),
        Stated("3.1", "The server opens the session with a greeting.", "G1"),
        Must("3.1", "A server that greets with 554 waits for QUIT before it closes.", "E2"),
        Should("3.1", "It answers other commands with 503.", "E3"),
        Should("3.1", "The text of that 554 helps to find the mistake.").But(Reasons.ReplyWords),
        MustNot("3.2", "HELO is not answered as EHLO is, with a list of extensions.", "W25"),
        Stated("3.3", "MAIL begins a transaction and drops what was there before.", "E7", "B1"),
        Must("3.3", "The reply that refuses a reverse-path says whether that is for good or for now.", "O8", "R6"),
        Must("3.3", "A list of source routes in a forward-path is expected.", "A5"),
        Should("3.3", "The routes are ignored.").But(Reasons.Relaying),
        Must("3.3", "RCPT without MAIL draws 503.", "E4"),
        Stated("3.3", "No space stands on either side of the colon behind FROM and TO.", "A16"),
        SmallShould("3.3", "Behind 354 the end of data is refused only for an incomplete transaction, want of resources, or policy.",
            "E5")
            .But("A transaction without recipients is tried; other reasons of a refusal are the server's."),
        Should("3.3", "A recipient that is found wrong only behind the data is reported by mail.").But(Reasons.Later),
        ShouldNot("3.3", "No message is refused for a header or body that seems defective.").But(Reasons.WhichReason),
        MustNot("3.3", "No message is refused because its Resent fields do not match.").But(Reasons.WhichReason),
        MustNot("3.4", "A server that says 251 or 551 does not count on the client's remembering it.").But(Reasons.Site),
        Should("3.4", "251 and 551 can be turned off.").But(Reasons.Site),
        Should("3.5.1", "VRFY and EXPN are supported.", "M1").But("EXPN may be turned off, and is then reported as not there."),
        Must("3.5.1", "A 250 to VRFY or EXPN has the mailbox in it.", "W26").But(Reasons.FreeText),
        Must("3.5.1", "VRFY and EXPN know at least local mailboxes as names of users.").But("252 may answer any name."),
        Should("3.5.1", "VRFY and EXPN take local-part@domain for the name of a user.").But("252 may answer any name."),
        Should("3.5.1", "VRFY for a list that it would not deliver to as a whole is refused.").But(Reasons.Mailbox),
        Must("3.5.2", "A 2yz or 551 to VRFY or EXPN names the mailbox as local-part@domain.", "W26")
            .But($"{Reasons.FreeText} A 251 is not looked at."),
        Should("3.5.2", "Addresses there stand in pointed brackets.")
            .But("W26 looks for the mailbox; without brackets it is held against nobody."),
        Must("3.5.2", "VRFY and EXPN return only addresses that RCPT can use.")
            .But("No case gives RCPT what VRFY returned; W26 looks for the form alone."),
        Must("3.5.2", "Where mail goes to a program, the mailbox that leads to it is given.").But(Reasons.Mailbox),
        MustNot("3.5.2", "VRFY and EXPN return no source routes.").But("No case looks for a route: W26 looks for a mailbox."),
        Must("3.5.2", "EXPN is listed by EHLO where it is supported.", "L2"),
        MustNot("3.5.3", "VRFY and EXPN draw no 250 unless the address was verified.", "W32")
            .But("What a server verified is known only of an address that it refuses itself."),
        Should("3.5.3", "Where only the syntax was looked at, 502 or 500 is returned.").But("What a server looked at is not seen."),
        Should("3.5.3", "An address that seems valid and cannot be verified now draws 252.").But(Reasons.Mailbox),
        Should("3.5.3", "VRFY looks for an address harder than RCPT does.", "W32")
            .But("W32 has that VRFY does not verify what RCPT refuses; how hard a server looks is not seen otherwise."),
        ShouldNot("3.5.4", "Lists are not expanded to find duplicates.").But(Reasons.Later),
        Should("3.6.1", "Mail with a route goes to the last element of it.").But(Reasons.Relaying),
        Should("3.6.2", "A server that does not relay for reasons of policy says 550.", "R1")
            .But("Why RCPT was refused is the server's to know; only the codes of its row are asked for."),
        Must("3.6.3", "A relay that cannot deliver sends a notice to the reverse-path.").But(Reasons.Notices),
        Should("3.6.3", "The notice has one of the standard formats.").But(Reasons.Notices),
        MustNot("3.6.3", "No notice is sent about a notice.").But(Reasons.Notices),
        Must("3.6.3", "A notice has the null reverse-path.").But(Reasons.Notices),
        MustNot("3.6.3", "A relay acts on nothing in header or body but to add its Received line and to find loops.")
            .But(Reasons.WhereItDelivers),
        Must("3.7.2", "A gateway adds a Received line.").But(Reasons.Gateway),
        MustNot("3.7.2", "A gateway changes no Received line that is there.").But(Reasons.Gateway),
        Should("3.7.2", "A gateway names environment and protocol in the via clause.").But(Reasons.Gateway),
        MustNot("3.7.2", "No mail is refused for the form of a trace line.").But(Reasons.WhichReason),
        Should("3.7.2", "Trace lines of an unexpected form are borne.").But(Reasons.WhichReason),
        Should("3.7.3", "A gateway takes all valid addresses and all valid messages.").But(Reasons.Gateway),
        Must("3.7.3", "Addresses and header fields that a gateway makes conform to the standards.").But(Reasons.Gateway),
        Must("3.7.4", "Messages that a gateway brings in meet what Internet mail asks of header fields.").But(Reasons.Gateway),
        Should("3.7.4", "Error messages from elsewhere go to the reverse-path.").But(Reasons.Gateway),
        Should("3.7.5", "A gateway sets the return path by what the other side supplies.").But(Reasons.Gateway),
        MustNot("3.8", "The server does not close but behind QUIT, with 421, or when it has waited too long.", "R4", "R2"),
        Stated("3.8", "In particular it does not close for a command that it does not understand.", "W4", "W22"),
        Should("3.8", "A server that is shut down says 421 first.").But("A tester shuts no server down."),
        Should("3.9", "Both aliases and lists are supported.").But(Reasons.Later),
        Should("3.9", "The addresses on a list are used as they are.").But(Reasons.Later),
        Must("3.9", "Mail to the members of a list has the list's owner as its reverse-path.").But(Reasons.AsClient),
        Must("3.9", "Mail to the members of a list has its header unchanged.").But(Reasons.AsClient),
    ];
}
