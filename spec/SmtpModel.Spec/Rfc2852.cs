using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 2852, Deliver By SMTP Service Extension (June 2000): BY at MAIL says within how many seconds a message is to be
/// delivered.</summary>
public static class Rfc2852
{
    private static Clause Section(string number) => new("RFC 2852", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule DB1 = new(
        "DB1",
        Section("3"),
        Level.Must,
        "A server that offers DELIVERBY takes MAIL with a BY parameter, or refuses the time it gives with 455 or 555; zero and less are "
            + "times too where the mode is N."
    );

    /// <summary>A time that has passed, in the mode that would return the message.</summary>
    public static readonly Rule DB2 = new(
        "DB2",
        Section("4"),
        Level.Should,
        "MAIL with BY in the mode R and a time of zero or less draws 501."
    );

    /// <summary>Less than the minimum.</summary>
    public static readonly Rule DB3 = new(
        "DB3",
        Section("3"),
        Level.Should,
        "MAIL with BY in the mode R and a time under the minimum that EHLO lists draws a 55z reply."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule DB4 = new(
        "DB4",
        Section("2"),
        Level.Must,
        "Behind the keyword DELIVERBY stands the minimum in one to nine digits, or none, and other options behind commas; or nothing."
    );

    /// <summary>The parameter: seconds, a mode, and whether a trace is wanted (4). Words in quotes are the same in either case.</summary>
    public static readonly Parameter BY = new(
        "BY",
        [MAIL],
        new ValueSyntax(
            "[\"-\" / \"+\"] 1*9DIGIT \";\" (\"N\" / \"R\") [\"T\"]",
            @"(?i)[-+]?[0-9]{1,9};NT?|\+?(?=[0-9]*[1-9])[0-9]{1,9};RT?"
        )
        {
            Valid = ["86400;N", "999999999;R", "0;N", "-30;N", "+86400;NT", "999999999;rt"],
            Malformed = ["0;R", "-30;R"],
        }, Taken: DB1)
    {
        Malformed = DB2,
        Limit = DB3,
        LimitRefusing = [555, 550, 551, 552, 553, 554],
        Bound = new OfferedBound(0, @"\A([0-9]{1,9})(?:,|\z)", @"(?i)\A\+?([0-9]{1,9});RT?\z", "1;R") { IsLeast = true },
        MayRefuse = [455, 555],
    };

    private static readonly Doubt[] Doubts =
    [
        new(
            "What does a BY draw that is written otherwise, or given twice?",
            "RFC 2852 4",
            "501 from ours; a tester sends none.",
            "The section names 501 for one mistake only, and says of no other what is answered."
        ),
        new(
            "Is a time under the listed minimum refused as a MUST?",
            "RFC 2852 3",
            "As a SHOULD.",
            "\"Will be rejected\" says what happens and is none of the words that section 1.1 defines."
        ),
        new(
            "May a time be refused with 555, which elsewhere says that a parameter is not known?",
            "RFC 2852 4",
            "Yes; 455 for a while, 555 for good.",
            "The section asks for these codes where the server cannot honor the time for a reason of its own."
        ),
    ];

    // Left out: what is done when the time is over, notifications, and relaying (4.1, 5), which are seen only where mail is delivered;
    // a refusal at RCPT, at DATA or at the end of data for want of time (3), which their rows have already.

    /// <summary>DELIVERBY as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(DB1, DB2, DB3, DB4);
            v.Parameter(BY);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("DELIVERBY", "a message is delivered in time, or returned", Section("2"))
        {
            Argument = new ValueSyntax("[1*9DIGIT] *(\",\" extension-token)", @"(?:[0-9]{1,9})?(?:,[\x21-\x2B\x2D-\x7E]+)*")
            {
                Valid = ["240", "", "240,later"],
                Malformed = ["soon", "-1", "240 300"],
            },
            Form = DB4,
        },
    };
}
