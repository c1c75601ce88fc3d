using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 1870, SMTP Service Extension for Message Size Declaration (November 1995): SIZE at EHLO and at MAIL.</summary>
public static class Rfc1870
{
    private static Clause Section(string number) => new("RFC 1870", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule SZ1 = new("SZ1", Section("7"), Level.Must, "A server that offers SIZE takes MAIL with a SIZE parameter.");

    /// <summary>What is refused for its size.</summary>
    public static readonly Rule SZ2 = new(
        "SZ2",
        Section("6.1"),
        Level.Should,
        "MAIL whose declared size is over the fixed maximum draws 552."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule SZ3 = new(
        "SZ3",
        Section("3"),
        Level.Must,
        "Behind the keyword SIZE stands the maximum in digits, 0 for none, or nothing."
    );

    /// <summary>What ends mail data.</summary>
    public static readonly Rule SZ4 = new("SZ4", Section("6"), Level.Must, "The declared size does not decide where the mail data ends.");

    /// <summary>A promise.</summary>
    public static readonly Rule SZ5 = new(
        "SZ5",
        Section("6.3"),
        Level.Should,
        "A message that is no larger than was declared and taken does not draw 552 at its end."
    );

    /// <summary>The value in octets, with CRLF and without the dots added for transparency (4, 5).</summary>
    private static readonly ValueSyntax Octets = new("1*20DIGIT", "[0-9]{1,20}")
    {
        Valid = ["1000", "1", "0", "00000000000000001000"],
        Malformed = ["", "abc", "-1", "1k", "0x10"],
    };

    /// <summary>The parameter.</summary>
    public static readonly Parameter SIZE = new("SIZE", [MAIL], Octets, Taken: SZ1) { Limit = SZ2, LimitRefusing = [552] };

    private static readonly Doubt[] Doubts =
    [
        new(
            "What does a SIZE draw that is no number, or is given twice?",
            "RFC 1870 3, 6",
            "501 from ours; a tester reports what comes and accuses nobody.",
            "The text only says that one may be given, and gives no reply for what is written wrong."
        ),
        new(
            "Must a server refuse a declared size over its maximum with 552, or may it take it, or refuse it otherwise?",
            "RFC 1870 6.1, 7",
            "552, as a SHOULD.",
            "The text is older than the words MUST and SHOULD; section 7 says must of a minimal server, section 6.1 lets every error code "
                + "of MAIL come."
        ),
        new(
            "May a declaration that is too small be held against the client?",
            "RFC 1870 6.2, 6.3",
            "No; the message is refused only when it is over the maximum.",
            "6.3 says that a server should not refuse with 552 what keeps to what was declared."
        ),
    ];

    // Left out: 452 for want of room, and a refusal at RCPT (6.1,
    // 6.4), which are for the site to choose.

    /// <summary>SIZE as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(SZ1, SZ2, SZ3);
            v.StateOfLines(SZ4, SZ5);
            v.MayAlsoDraw([MAIL, RCPT], 452, 552);
            v.Parameter(SIZE);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("SIZE", "the size of a message is declared", Section("3"))
        {
            Argument = new ValueSyntax("[1*DIGIT]", "[0-9]*") { Valid = ["35882577", "0", ""], Malformed = ["many", "-1", "1 2"] },
            Form = SZ3,
            FromSite = new SiteValue("max-message-size"),
        },
    };
}
