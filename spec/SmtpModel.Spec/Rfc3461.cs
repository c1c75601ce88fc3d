using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 3461, SMTP Service Extension for Delivery Status Notifications (January 2003): RET and ENVID at MAIL, NOTIFY and ORCPT
/// at RCPT.
/// </summary>
public static class Rfc3461
{
    private static Clause Section(string number) => new("RFC 3461", number);

    /// <summary>RET and ENVID are taken.</summary>
    public static readonly Rule DN1 = new(
        "DN1",
        Section("5.1"),
        Level.Must,
        "MAIL with a valid RET or ENVID draws the reply that it draws without."
    );

    /// <summary>RET and ENVID that are wrong.</summary>
    public static readonly Rule DN2 = new(
        "DN2",
        Section("5.1"),
        Level.Must,
        "MAIL whose RET or ENVID is not valid, or is given twice, draws 501."
    );

    /// <summary>NOTIFY and ORCPT are taken.</summary>
    public static readonly Rule DN3 = new(
        "DN3",
        Section("5.1"),
        Level.Must,
        "RCPT with a valid NOTIFY or ORCPT draws the reply that it draws without."
    );

    /// <summary>NOTIFY and ORCPT that are wrong.</summary>
    public static readonly Rule DN4 = new(
        "DN4",
        Section("5.1"),
        Level.Should,
        "RCPT whose NOTIFY or ORCPT is not valid, or is given twice, draws 501."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule DN5 = new("DN5", Section("2"), Level.Must, "The keyword DSN stands alone.");

    /// <summary>A long one.</summary>
    public static readonly Rule DN6 = new("DN6", Section("5.4"), Level.Must, "ORCPT of 500 characters is taken.") { Size = LongestOrcpt };

    /// <summary>How long ORCPT may be with its keyword, in characters (4.2, 5.4).</summary>
    public const int LongestOrcpt = 500;

    // xtext (4): printable but for + and =, or + and two digits of base 16, in upper case
    private const string XText = @"(?:[!-*,-<>-~]|\+[0-9A-F]{2})";
    private const string Atom = @"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

    /// <summary>What is returned of the message (4.3).</summary>
    public static readonly Parameter RET = new("RET", [MAIL],
        new ValueSyntax("\"FULL\" / \"HDRS\"", "(?i)FULL|HDRS") { Valid = ["HDRS", "FULL", "hdrs"], Malformed = ["", "SOME"] }, Taken: DN1)
    { Malformed = DN2, Twice = DN2 };

    /// <summary>A name of the sender's for the envelope (4.4); up to 100 characters have to be taken (5.4).</summary>
    public static readonly Parameter ENVID = new(
        "ENVID",
        [MAIL],
        new ValueSyntax("xtext", $"{XText}{{1,100}}")
        {
            Valid = ["QQ314159", "a+2Bb+3Dc", new string('x', 100)],
            // none that is empty: xtext may be, and the value of a parameter may not
            Malformed = ["a+3db", "a+"],
        },
        Taken: DN1
    )
    {
        Malformed = DN2,
        Twice = DN2,
    };

    /// <summary>What is notified (4.1); NEVER stands alone.</summary>
    public static readonly Parameter NOTIFY = new(
        "NOTIFY",
        [RCPT],
        new ValueSyntax(
            "\"NEVER\" / 1#( \"SUCCESS\" / \"FAILURE\" / \"DELAY\" )",
            "(?i)NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY))*"
        )
        {
            Valid = ["FAILURE", "NEVER", "SUCCESS,FAILURE,DELAY", "failure,delay"],
            Malformed = ["", "NEVER,FAILURE", "SOMETIMES"],
        }, Taken: DN3)
    { Malformed = DN4, Twice = DN4 };

    /// <summary>The recipient as its sender named it (4.2): a kind of address and the address; up to 500 characters have to be taken
    /// (5.4).</summary>
    public static readonly Parameter ORCPT = new(
        "ORCPT",
        [RCPT],
        new ValueSyntax("atom \";\" xtext", $@"(?=.{{1,500}}\z){Atom};{XText}+")
        {
            Valid = ["rfc822;user@example.test", "rfc822;a+2Bb@example.test"],
            Malformed = ["", "user", "rfc822;a+3d"],
        },
        Taken: DN3
    )
    {
        Malformed = DN4,
        Twice = DN4,
    };

    private static readonly Doubt[] Doubts =
    [
        new(
            "Is a parameter given twice refused as a MUST (5.1) or as a SHOULD (4.5)?",
            "RFC 3461 4.5, 5.1",
            "For RET and ENVID as a MUST, for NOTIFY and ORCPT as a SHOULD.",
            "5.1 says how a server answers, and tells the two kinds apart."
        ),
        new(
            "Is an ENVID of more than 100 characters refused?",
            "RFC 3461 5.4",
            "Ours refuses it; a tester never sends one.",
            "The section says how much has to be taken, and nothing of what is more."
        ),
    ];

    // Left out: what is notified and to whom (5.2, 6), which is seen only where mail is delivered; longer lines (5.4) are a setting.

    /// <summary>DSN as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(DN1, DN2, DN3, DN4, DN5);
            v.StateOfLines(DN6);
            v.Parameter(RET);
            v.Parameter(ENVID);
            v.Parameter(NOTIFY);
            v.Parameter(ORCPT);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("DSN", "notifications are asked for", Section("2")) { Form = DN5 },
    };
}
