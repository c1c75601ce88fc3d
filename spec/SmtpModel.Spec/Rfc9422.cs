using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 9422, The LIMITS SMTP Service Extension (February 2024): a server says how many MAIL and RCPT it takes.</summary>
public static class Rfc9422
{
    private static Clause Section(string number) => new("RFC 9422", number);

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule LI1 = new(
        "LI1",
        Section("3"),
        Level.Must,
        "Behind the keyword LIMITS stand limits, parted by single spaces, each a name and mostly a value behind =; those of MAILMAX, "
            + "RCPTMAX and RCPTDOMAINMAX are numbers of one to six digits that do not begin with 0."
    );

    /// <summary>MAIL.</summary>
    public static readonly Rule LI2 = new(
        "LI2",
        Section("4.1"),
        Level.Should,
        "A server that lists MAILMAX takes so many MAIL in a session."
    );

    /// <summary>RCPT.</summary>
    public static readonly Rule LI3 = new(
        "LI3",
        Section("4.2"),
        Level.Should,
        "A server that lists RCPTMAX takes so many RCPT in a transaction."
    );

    private const string Known = "(?:MAILMAX|RCPTMAX|RCPTDOMAINMAX)";
    private const string One = $@"(?:(?i:{Known})=[1-9][0-9]{{0,5}}|(?!(?i:{Known})(?:[= ]|\z))[A-Za-z0-9_-]+(?:=[!-:<-~]+)?)";

    private static readonly Doubt[] Doubts =
    [
        new(
            "Is a server bound to what it lists?",
            "RFC 9422 4",
            "It is not strict when 452, 421 or 552 refuses one that is within the number, where others were taken before.",
            "The sections say what the numbers mean, without MUST or SHOULD."
        ),
        new(
            "Must RCPTMAX be at least 100?",
            "RFC 9422 3.5, RFC 5321 4.5.3.1.8",
            "No.",
            "Section 3.5 says that nothing here asks for that."
        ),
        new(
            "What does a server answer to one too many?",
            "RFC 9422 3, RFC 5321 4.5.3.1.10",
            "Whatever it likes; a tester never sends one.",
            "No reply is named, and a client is told to stop before."
        ),
        new(
            "May a limit have a name that is not registered?",
            "RFC 9422 3.1",
            "A tester says nothing of it.",
            "The registry grows, and what is in it is not seen from outside."
        ),
        new(
            "May the keyword stand alone?",
            "RFC 9422 3",
            "It breaks nothing here.",
            "The grammar begins with a limit; a list of none limits nothing, and accuses nobody."
        ),
    ];

    // Left out: RCPTDOMAINMAX, different domains of recipients in a session: a tester has recipients at one domain, and what a server
    // takes
    // at another one is its own affair. Other limits in another reply to EHLO (3.6): the newest counts, as for every extension.

    /// <summary>LIMITS as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(LI1, LI2, LI3);
            v.MayLimit(new CountLimit("MAILMAX", [MAIL], [], LI2));
            v.MayLimit(new CountLimit("RCPTMAX", [RCPT], [MAIL], LI3));
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("LIMITS", "how many commands are taken is said beforehand", Section("2"))
        {
            Argument = new ValueSyntax("[limit *(SP limit)]", $"(?:{One}(?: {One})*)?")
            {
                Valid = ["RCPTMAX=1000", "RCPTMAX=20 MAILMAX=5", "", "OTHER", "OTHER=a,b rcptdomainmax=3"],
                Malformed = ["RCPTMAX=0", "RCPTMAX", "MAILMAX=05", "MAILMAX=1000000", "OTHER=a;b", "RCPTMAX=20,MAILMAX=5"],
            },
            Form = LI1,
            FromSite = new SiteValue("max-recipients") { Before = "RCPTMAX=", Most = 999_999 },
        },
    };
}
