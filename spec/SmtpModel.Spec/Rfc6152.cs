using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 6152, SMTP Service Extension for 8-bit MIME Transport (March 2011): BODY at MAIL.</summary>
public static class Rfc6152
{
    private static Clause Section(string number) => new("RFC 6152", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule EB1 = new(
        "EB1",
        Section("2"),
        Level.Must,
        "A server that offers 8BITMIME takes MAIL with BODY=7BIT and with BODY=8BITMIME."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule EB2 = new("EB2", Section("2"), Level.Must, "The keyword 8BITMIME stands alone.");

    /// <summary>The parameter; the case of its value counts for nothing (RFC 5321 2.4).</summary>
    public static readonly Parameter BODY = new(
        "BODY",
        [MAIL],
        new ValueSyntax("\"7BIT\" / \"8BITMIME\"", "(?i)7BIT|8BITMIME")
        {
            Valid = ["8BITMIME", "7BIT", "8bitmime"],
            Malformed = ["", "9BIT"],
        },
        Taken: EB1
    );

    private static readonly Doubt[] Doubts =
    [
        new(
            "What does another value of BODY draw, or BODY given twice?",
            "RFC 6152 2",
            "501 from ours; a tester reports what comes and accuses nobody.",
            "The text lists two values and gives no reply for others; an extension may add one, as RFC 3030 does."
        ),
        new(
            "Is mail data with the eighth bit set refused where BODY=8BITMIME was not given?",
            "RFC 6152 3, RFC 5321 2.4",
            "Ours takes it.",
            "RFC 5321 lets a server clear the bit or refuse; to keep it hurts nobody."
        ),
    ];

    // Left out: that all bits are kept (3), which is seen only where the message is delivered.

    /// <summary>8BITMIME as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(EB1, EB2);
            v.Parameter(BODY);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("8BITMIME", "mail data may have all eight bits", Section("2")) { Form = EB2 },
    };
}
