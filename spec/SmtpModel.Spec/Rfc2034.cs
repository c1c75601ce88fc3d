using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc5321;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 2034, SMTP Service Extension for Returning Enhanced Error Codes (October 1996), with the codes of RFC 3463: each reply
/// begins its text with a code of three numbers.
/// </summary>
public static class Rfc2034
{
    private static Clause Section(string number) => new("RFC 2034", number);

    /// <summary>What a reply looks like.</summary>
    public static readonly Rule ES1 = new(
        "ES1",
        Section("4"),
        Level.Must,
        "The text of each line of a 2yz, 4yz or 5yz reply begins with an enhanced status code, whose class is the reply's first digit and "
            + "which is the same on each line."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule ES2 = new("ES2", Section("3"), Level.Must, "The keyword ENHANCEDSTATUSCODES stands alone.");

    // class "." subject "." detail, each without leading zeros (RFC 3463 2), then a space or the end of the line
    private const string Line = @"\A(?<class>[245])[0-9]{2}[ -](?<same>\k<class>\.(?:0|[1-9][0-9]{0,2})\.(?:0|[1-9][0-9]{0,2}))(?: |\z)";

    private static readonly Doubt[] Doubts =
    [
        new(
            "Do replies have codes before the client has said EHLO?",
            "RFC 2034 4, 5",
            "Yes; a tester holds it against nobody.",
            "The section says that the codes come whether or not the client used EHLO; what was not offered in this session is not "
                + "counted on."
        ),
        new(
            "Does a greeting with 421, 521 or 554 have a code?",
            "RFC 2034 4",
            "It may.",
            "The greeting is exempt, and a 421 may come in its place at any time."
        ),
    ];

    // Left out: which code belongs to which reply; RFC 3463 and RFC 5248 suggest pairs, and their registry grows.

    /// <summary>ENHANCEDSTATUSCODES as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(ES1, ES2);
            v.ReplyText(new ReplyTextRule(ES1, Line, Except: [Connection, .. v.Greeting.Union([HELO, EHLO])]));
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("ENHANCEDSTATUSCODES", "replies carry a code of three numbers", Section("3")) { Form = ES2 },
    };
}
