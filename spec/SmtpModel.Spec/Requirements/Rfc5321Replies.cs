using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 5321 asks of a receiver from section 4.2 on: replies, trace, sizes, and what a site does with mail.</summary>
internal static class Rfc5321Replies
{
    public static readonly IReadOnlyList<Requirement> From42 =
    [
        Must("4.2", "Every command draws exactly one reply.", "R5", "W10", "W15"),
        Should("4.2", "Only the codes that are listed are sent.", "R1"),
        Should("4.2", "The text is that of the examples where it fits.").But(Reasons.ReplyWords),
        MustNot("4.2", "No code begins with another digit than 2 to 5.", "R6"),
        ShouldNot("4.2", "No code is sent without a text.").But(Reasons.AnyText),
        Stated("4.2", "The greeting begins with the name of the server, or its address.", "W28"),
        Must("4.2.1", "All lines of a reply have the same code.", "R6"),
        Stated("4.2.1", "All lines of a reply but the last have a hyphen behind the code.", "R6"),
        Should("4.2.1", "A code without text is followed by a space.").But(Reasons.AnyText),
        Stated("4.2.1", "A command that draws 4yz or 5yz was not accepted, and what it asks for did not happen.", "R1"),
        Stated("4.2.2", "The text of 221 and 421 begins with the server's name.").But("No case holds it: a client has to take any text."),
        Should("4.2.4", "A command that is known and not implemented draws 502.")
            .But("Which commands a server knows is not seen but by this."),
        Should("4.2.4", "A command that is not recognized draws 500.", "R3", "W3"),
        MustNot("4.2.4", "EHLO lists nothing that draws 502 or 500.", "L1"),
        MustNot("4.2.5", "A message whose end of data drew 4yz is not delivered.").But(Reasons.WhereItDelivers),
        MustNot("4.2.5", "A message whose end of data drew 5yz is not delivered.").But(Reasons.WhereItDelivers),
        Must("4.3.1", "The codes keep their meaning, whatever the text.", "R1"),
        Should("4.3.1", "The table of replies is kept to strictly.", "R1"),
        MustNot("4.3.2", "No code has other than three digits.", "R6"),
        Stated("4.3.2", "A command that every server has does not draw 500, nor a line under 512 octets for its length.", "M1", "W5"),
        Should("4.3.2", "An argument of DATA, RSET or QUIT draws 501.", "A9"),
        Must("4.4", "A trace line is put at the beginning of the message.").But(Reasons.TraceLines),
        Must("4.4", "The trace line has the form that the section gives.").But(Reasons.TraceLines),
        Must("4.4", "Its FROM clause is there.").But(Reasons.TraceLines),
        Should("4.4", "The FROM clause has both the name from EHLO and the address of the client.").But(Reasons.TraceLines),
        Must("4.4", "Its FOR clause, where there is one, has exactly one path.").But(Reasons.TraceLines),
        MustNot("4.4", "Received lines that are there are not changed, deleted, or put in another order.").But(Reasons.WhereItDelivers),
        Should("4.4", "Dates in them have offsets in digits, of local time where that is feasible.").But(Reasons.TraceLines),
        Should("4.4", "The name of a time zone stands in a comment.").But(Reasons.TraceLines),
        MustNot("4.4", "Dates in them have none of the obsolete forms.").But(Reasons.TraceLines),
        ShouldNot("4.4", "No clause, link or protocol is named there that is not registered.").But(Reasons.TraceLines),
        Must("4.4", "A Return-path line is put in at the final delivery.").But(Reasons.TraceLines),
        MustNot("4.4", "A relay does not inspect the message data.").But(Reasons.Looking),
        Should("4.4", "A delivered message has exactly one return path.").But(Reasons.TraceLines),
        Should("4.4", "A gateway to elsewhere puts in a Return-path line, where the other side needs one.").But(Reasons.Gateway),
        Should("4.4", "A gateway from elsewhere takes it out, and makes the reverse-path of it.").But(Reasons.Gateway),
        Must("4.4", "Where a message can be delivered to some recipients only, the end of data draws an OK.").But(Reasons.Mailbox),
        Must("4.4", "A notice about the others is sent to the originator, for all in one or for each, with the null reverse-path.")
            .But(Reasons.Notices),
        Must("4.4", "A notice about a message goes to its reverse-path.").But(Reasons.Notices),
        Must("4.4", "Notices are sent with MAIL, whatever began the transaction.").But(Reasons.Notices),
        Should("4.4", "One notice lists all that failed.").But(Reasons.Notices),
        Must("4.5.1", "EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY are there.", "M1"),
        Must("4.5.1", "Postmaster is taken in either case of letters, without a domain and at each domain that the server serves.", "A4")
            .But("Which domains a server serves is not seen; at a domain a refusal is a remark."),
        Should("4.5.1", "A block on mail to Postmaster, against an attack, is narrow.").But(Reasons.Site),
        Stated("4.5.2", "A dot at the beginning of a line of mail data is taken off; alone on its line it ends the data.", "W17", "W18")
            .But(Reasons.TakenOff),
        Stated("4.5.2", "All characters of the mail data are delivered.").But(Reasons.WhereItDelivers),
        Must("4.5.2", "What is changed in the data for storage can be changed back.").But(Reasons.WhereItDelivers),
        Must("4.5.3.1.1", "A local-part of 64 octets is taken.", "W7"),
        Must("4.5.3.1.2", "A domain of 255 octets is taken.", "W8")
            .But("253 is the longest that the DNS can have, and no more is asked for."),
        Must("4.5.3.1.3", "A path of 256 octets is taken.", "W6"),
        Must("4.5.3.1.4", "A command line of 512 octets is taken.", "W5"),
        Stated("4.5.3.1.5", "A reply line has no more than 512 octets.", "R6"),
        Must("4.5.3.1.6", "A text line of 1000 octets is taken.", "W9"),
        Must("4.5.3.1.7", "A message of 64K octets is taken.", "W23"),
        Should("4.5.3.1.7", "A server that has to restrict the size offers SIZE.").But("That it restricts is not seen but by SIZE."),
        Must("4.5.3.1.8", "A transaction may have 100 recipients.", "W11"),
        Must("4.5.3.1.8", "Recipients over a limit are refused; those that were taken are not dropped.")
            .But(Reasons.OverTheLimit),
        MustNot("4.5.3.1.8", "A relay tests no header fields for their validity.").But(Reasons.WhichReason),
        ShouldNot("4.5.3.1.8", "A delivering server does not refuse for the number of recipients in the header.").But(Reasons.WhichReason),
        Must("4.5.3.1.10", "A limit on RCPT that is reached draws 452.")
            .But(Reasons.OverTheLimit),
        Should("4.5.3.2.7", "The server waits at least five minutes for a command.").But(Reasons.TestersTime),
        Should("4.5.4.2", "A server listens at all times, and for more than one connection.", "W29")
            .But("Sessions beside each other are played; at all times is not."),
        Stated("4.5.5", "Notices come with the null reverse-path, which MAIL takes.", "A3"),
        ShouldNot("4.5.5", "The null reverse-path is made no other one on the way.").But(Reasons.WhereItDelivers),
        ShouldNot("4.5.5", "No program answers mail that has the null reverse-path.").But(Reasons.Later),
        MustNot("5.1", "A relay does not complete names that are not fully qualified.").But(Reasons.Relaying),
        ShouldNot("5.1", "A server for first submission does not either.").But(Reasons.Relaying),
        Must("5.1", "A relay puts the MX records in order, and leaves out those that are its own or behind them.").But(Reasons.Names),
        Must("5.1", "Where none is left the message is returned.").But(Reasons.Names),
        Should("5.1", "The others are tried, the most preferred first.").But(Reasons.Names),
        MustNot("6.1", "A message that was taken is not lost for frivolous reasons.").But(Reasons.WhereItDelivers),
        Must("6.1", "A failure behind that is reported by a notice with the null reverse-path, to the return path.").But(Reasons.Notices),
        MustNot("6.1", "No notice is sent to the null return path.").But(Reasons.Notices),
        Must("6.1", "A return path with a source route is stripped to its last hop.").But(Reasons.Notices),
        Must("6.1", "The reply to the end of data comes as soon as it can.").But("No number is given that a time could be held against."),
        Should("6.2", "Mail is dropped for its return address only where that is nearly certain to be invalid.").But(Reasons.Later),
        ShouldNot("6.2", "No notice is sent about hostile content, unless it will be of use.").But(Reasons.Notices),
        Should("6.3", "A server that counts Received lines stops at 100 or more.").But(Reasons.WhichReason),
        Must("6.3", "Trivial loops are found and stopped.")
            .But("It takes a server that sends back what it was sent; no case makes such a loop."),
        MustNot("6.4", "A relay repairs no messages.").But(Reasons.WhereItDelivers),
        Should("6.4", "What was repaired is written into trace fields or comments.").But(Reasons.Delivered),
        ShouldNot("7.2", "The arguments of all RCPT are not copied into the header.").But(Reasons.Delivered),
        ShouldNot("7.2", "The header is not changed by what the envelope says.").But(Reasons.Delivered),
        ShouldNot("7.2", "No header field Apparently-to is put in.").But(Reasons.Delivered),
        MustNot("7.3", "VRFY and EXPN that are turned off do not seem to verify.", "W32"),
        Must("7.3", "VRFY and EXPN that are turned off for security draw 252.")
            .But("Why they are turned off is not seen; 502 is in their rows too."),
        Stated("7.3", "VRFY does not refuse every address with 550.")
            .But("No case holds it: a server may have its reasons, as a client that has not logged in."),
        Should("7.3", "EXPN is supported.").But("EXPN may be turned off, and is then reported as not there."),
        Should("7.5", "Type and version of the server can be learned in some way.").But(Reasons.ReplyWords),
        Should("7.9", "Relaying can be limited to known clients.").But(Reasons.Site),
        Should("7.9", "Mail that is refused for policy draws 550.", "R1")
            .But("Why a command was refused is the server's to know; only the codes of its row are asked for."),
        MustNot("Appendix B", "A message from elsewhere does not come in by its header alone.").But(Reasons.Gateway),
        Must("Appendix C", "A server that is named first in a route takes its name off before it sends on.").But(Reasons.Relaying),
        MustNot("Appendix C", "The header does not decide where a message goes.").But(Reasons.Relaying),
        ShouldNot("Appendix C", "The reverse-path is not changed on the way.").But(Reasons.WhereItDelivers),
        Must("Appendix C", "A relay that adds itself to the route of a reverse-path has the name there by which the next server knows it.")
            .But(Reasons.Relaying),
        Should("Appendix C", "A message is returned to the mailbox of its reverse-path, without the route.").But(Reasons.Notices),
        ShouldNot("F.1", "TURN is not served for a client that is not authenticated.")
            .But("No case holds it: T1 has where TURN is in order for who serves it, and the roles are not turned."),
        Must("F.2", "The syntax of source routes is still accepted.", "A5").But(Reasons.ReverseRoutes),
        Must("F.2", "A server that uses a route sends to its first domain, and guesses at no shortcut.").But(Reasons.AsClient),
        Must("F.3", "HELO is still accepted.", "M1", "O1"),
        Must("F.5", "Years in dates have four digits.").But(Reasons.TraceLines),
        Must("F.6", "SEND, SOML and SAML, where they are there, do what RFC 821 says.", "O5", "O8")
            .But("What they show on a terminal is not seen."),
        Must("F.6", "SEND, SOML and SAML, where they are there, are listed by EHLO.", "L2"),
    ];
}
