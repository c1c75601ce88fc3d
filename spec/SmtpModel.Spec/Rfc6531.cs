using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 6531, SMTP Extension for Internationalized Email (February 2012): SMTPUTF8 at MAIL, and addresses in UTF-8.</summary>
public static class Rfc6531
{
    private static Clause Section(string number) => new("RFC 6531", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule UT1 = new(
        "UT1",
        Section("3.4"),
        Level.Must,
        "A server that offers SMTPUTF8 takes MAIL with the parameter SMTPUTF8, also when all addresses are ASCII."
    );

    /// <summary>The parameter has no value.</summary>
    public static readonly Rule UT2 = new(
        "UT2",
        Section("3.1"),
        Level.Should,
        "The parameter SMTPUTF8 takes no value; with one, MAIL is refused."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule UT3 = new("UT3", Section("3.1"), Level.Must, "The keyword SMTPUTF8 stands alone.");

    /// <summary>What has to be offered with it.</summary>
    public static readonly Rule UT4 = new("UT4", Section("3.1"), Level.Must, "A server that offers SMTPUTF8 offers 8BITMIME too.");

    /// <summary>Where UTF-8 is taken.</summary>
    public static readonly Rule UT5 = new(
        "UT5",
        Section("3.2"),
        Level.Must,
        "Behind the parameter a mailbox may be in UTF-8, in MAIL and in RCPT."
    );

    /// <summary>The parameter.</summary>
    public static readonly Parameter SMTPUTF8 = new("SMTPUTF8", [MAIL], null, Taken: UT1) { Malformed = UT2, Refusing = [501, 555, 504] };

    private static readonly Doubt[] Doubts =
    [
        new(
            "Must a server refuse an address in UTF-8 where MAIL came without the parameter?",
            "RFC 6531 3.4, RFC 5321 2.4",
            "No; ours does.",
            "The MUST NOT binds the client; RFC 5321 says that a server should refuse octets over 127 in a command."
        ),
        new(
            "Which reply refuses SMTPUTF8 with a value?",
            "RFC 6531 3.1",
            "501 from ours, 555 and 504 are as good; who takes it is not strict.",
            "The text says that there is none, and gives no reply."
        ),
        new(
            "Does a refusal for an address that has to be ASCII draw 550 or 553?",
            "RFC 6531 3.5",
            "550 at MAIL, 553 at RCPT, both in the rows already.",
            "The section says so."
        ),
    ];

    // Left out: what relays do (3.7.1, 3.2), replies with mailboxes in UTF-8 (3.7.4), the header (3.6), which is not looked at.

    /// <summary>SMTPUTF8 as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(UT1, UT2, UT3, UT4, UT5);
            v.Parameter(SMTPUTF8);
            v.PathsMayBeUtf8(UT5, SMTPUTF8);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("SMTPUTF8", "addresses may be in UTF-8", Section("3.1"))
        {
            Form = UT3,
            Needs = new Dictionary<string, Rule> { ["8BITMIME"] = UT4 },
        },
    };
}
