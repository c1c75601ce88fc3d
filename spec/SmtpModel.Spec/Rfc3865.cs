using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 3865, A No Soliciting SMTP Service Extension (September 2004): classes of solicitations that are not wanted, and SOLICIT
/// at MAIL.</summary>
public static class Rfc3865
{
    private static Clause Section(string number) => new("RFC 3865", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule NS1 = new(
        "NS1",
        Section("2.3"),
        Level.Must,
        "A server that offers NO-SOLICITING knows the parameter SOLICIT of MAIL; it may refuse the message for the classes that are named."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule NS2 = new(
        "NS2",
        Section("2"),
        Level.Must,
        "Behind the keyword NO-SOLICITING stand classes of solicitations, parted by commas, of at most 1000 characters together; or "
            + "nothing."
    );

    private const string Classes = @"(?=.{1,1000}\z)[A-Za-z][A-Za-z0-9._:-]*(?:,[A-Za-z][A-Za-z0-9._:-]*)*";

    /// <summary>The parameter: the classes that the message belongs to (2.3).</summary>
    public static readonly Parameter SOLICIT = new(
        "SOLICIT",
        [MAIL],
        new ValueSyntax("word *(\",\" word)", Classes)
        {
            Valid = ["test.example:NONE", "test.example:NONE,test.example:ADV:ADLT"],
            Malformed = ["", ",", "1st", "a,,b"],
        },
        Taken: NS1
    );

    private static readonly Doubt[] Doubts =
    [
        new(
            "Does a class that the server does not want refuse MAIL, or only RCPT?",
            "RFC 3865 2.3, 2.4",
            "Either, or neither; a tester reports what comes.",
            "The example refuses one recipient, and 2.4 speaks of a 550 or another reply that rejects the message."
        ),
        new(
            "What does a SOLICIT draw that is malformed or given twice?",
            "RFC 3865 2.3",
            "501 from ours; a tester accuses nobody.",
            "The section gives the syntax and no reply."
        ),
        new(
            "Is a list of exactly 1000 characters too long?",
            "RFC 3865 2.2",
            "No.",
            "The grammar lets 1000 be, the text asks for less than that of a single class."
        ),
    ];

    // Left out: the classes that are echoed in the text of a 250 or 550 to RCPT (2.3, 2.4), which is a SHOULD about a case that a tester
    // cannot bring about, not knowing what is refused; the header and the trace (2.5, 2.6), which are not looked at.

    /// <summary>NO-SOLICITING as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(NS1, NS2);
            v.Parameter(SOLICIT);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("NO-SOLICITING", "solicitations of some classes are not wanted", Section("2"))
        {
            Argument = new ValueSyntax("[word *(\",\" word)]", $"(?:{Classes})?")
            {
                Valid = ["", "net.example:ADV", "net.example:ADV,org.example:ADV:ADLT"],
                Malformed = ["net.example:ADV org.example:ADV", ","],
            },
            Form = NS2,
        },
    };
}
