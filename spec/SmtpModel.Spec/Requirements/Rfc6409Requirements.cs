using static SmtpModel.Spec.Requirement;

namespace SmtpModel.Spec;

/// <summary>What RFC 6409, submission, asks of a receiver, beside what RFC 5321 does.</summary>
internal static class Rfc6409Requirements
{
    public static readonly IReadOnlyList<Requirement> All =
    [
        Should("3.2", "A message whose sender cannot be reached is refused at once.").But(Reasons.Names),
        MustNot("3.2", "No message is refused for the null reverse-path in itself.", "A3")
            .But("A refusal for policy is not strict, and no failure."),
        Must("4.1", "MAIL, RCPT or DATA with something improper draws 554, where no other code is more precise.")
            .But("Which code is more precise is the server's to say: every code of the row is taken."),
        Must("4.2", "All domains in the envelope are fully qualified.")
            .But("A server may complete a name, which shows in the message only."),
        Must("4.2", "A server that changes a message makes the domains in its addresses fully qualified.").But(Reasons.Delivered),
        Must("4.2", "MAIL, RCPT or DATA with such a name as cannot be used draws 554.")
            .But("Whether a name can be completed is the server's to say, and every code of the row is taken."),
        Should("4.2", "Names of more than one level that are not complete are refused.").But(Reasons.Names),
        Must("4.3", "MAIL without a login draws an error, by default.", "SU1")
            .But("Clients that are known otherwise are exempt, and 3.2 allows to bounce later: 250 is not strict, and no failure."),
        Must("4.3", "That error is 530.", "SU1").But("503 is taken as well, and another code is not strict, and no failure."),
        Should("5.1", "Paths of illegal syntax are refused.", "O8", "R1"),
        Should("5.1", "The code for such a path is 501.", "O8")
            .But("553 is taken as well, and of RCPT every code of the row."),
        Should("5.1", "A server that changes a message refuses illegal addresses in its header.").But(Reasons.WhichReason),
        Should("5.1", "Addresses in the header that turn out wrong behind the data draw 554.").But(Reasons.WhichReason),
        Should("5.2", "Errors are logged.").But(Reasons.Site),
        Should("5.3", "Every command is answered in fewer than two minutes.")
            .But("No case times a reply: a test waits for less, and a case without an answer by then is undecided."),
        Should("7", "PIPELINING is there.", "SU3"),
        Should("7", "ENHANCEDSTATUSCODES is there.", "SU3"),
        Should("7", "Enhanced codes are given, and used as RFC 2034 says.", "SU3")
            .But("SU3 looks for the keyword; the rules of RFC 2034 hold a server to what it lists."),
        MustNot("7", "ETRN is not there.", "SU4"),
        Should("7", "DSN is there.", "SU3"),
        MustNot("7", "The reply code 521 is not there.")
            .But("A greeting with it ends the test, and the report says so; no case fails for it."),
        Should("7", "8BITMIME is there.", "SU3"),
        Must("7", "AUTH is there.", "SU2"),
        MustNot("7", "ATRN is not there.", "SU4"),
        Must("8", "What is sent on conforms to RFC 5321 and RFC 5322.").But(Reasons.Relaying),
        Must("8.1", "An address that is put into Sender is valid.").But(Reasons.Delivered),
        Should("8.3", "A Message-ID that is missing or not valid is put in.").But(Reasons.Delivered),
        MustNot("8.8", "A destination address is not rewritten against what RFC 5321 says of local-parts.").But(Reasons.Relaying),
    ];
}
