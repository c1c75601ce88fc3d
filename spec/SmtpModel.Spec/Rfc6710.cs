using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 6710, SMTP Extension for Message Transfer Priorities (August 2012): MT-PRIORITY at MAIL, from -9 to 9.</summary>
public static class Rfc6710
{
    private static Clause Section(string number) => new("RFC 6710", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule MP1 = new(
        "MP1",
        Section("3"),
        Level.Must,
        "A server that offers MT-PRIORITY knows the parameter MT-PRIORITY of MAIL, with each number from -9 to 9; it may refuse a message "
            + "for its priority."
    );

    /// <summary>What is refused.</summary>
    public static readonly Rule MP2 = new(
        "MP2",
        Section("4.1"),
        Level.Must,
        "MAIL whose MT-PRIORITY is not written as it should be, or is given twice, is refused, for example with 501."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule MP3 = new(
        "MP3",
        Section("7"),
        Level.Must,
        "Behind the keyword MT-PRIORITY stands the name of a policy, of one to twenty letters, digits, hyphens, underscores and dots; or "
            + "nothing."
    );

    /// <summary>The parameter.</summary>
    public static readonly Parameter PRIORITY = new(
        "MT-PRIORITY",
        [MAIL],
        new ValueSyntax("([\"-\"] %x31-39) / \"0\"", "-?[1-9]|0")
        {
            Valid = ["0", "-1", "-9", "3", "9"],
            Malformed = ["", "10", "+3", "-0", "high"],
        },
        Taken: MP1
    )
    {
        Malformed = MP2,
        Twice = MP2,
        Refusing = [501, 500, 504, 550, 552, 553, 554, 555],
    };

    private static readonly Doubt[] Doubts =
    [
        new("May a server refuse a positive priority of somebody whom it does not know?", "RFC 6710 4.1",
            "Yes, or take the message at another priority; a tester reports a refusal that is not about the form.",
            "The MUST NOT is about what the message is then treated as, and the section lets a server change the priority or reject the "
                + "message."
        ),
        new("Which reply refuses what is malformed?", "RFC 6710 4.1", "501 from ours; any 5yz will do.", "\"An error, for example 501\"."),
    ];

    // Left out: the clause in Received (4.1) and what is logged, the order in which messages are relayed (5), which levels a policy has,
    // and the text behind X.3.6, all of which need more than a session; what a client does (4.2, 4.3).

    /// <summary>MT-PRIORITY as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(MP1, MP2, MP3);
            v.Parameter(PRIORITY);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("MT-PRIORITY", "a message has a priority", Section("3"))
        {
            Argument = new ValueSyntax("[1*20(ALPHA / DIGIT / \"-\" / \"_\" / \".\")]", "[A-Za-z0-9_.-]{0,20}")
            {
                Valid = ["", "MIXER", "STANAG4406"],
                Malformed = ["MIXER NSEP", "a-name-of-more-than-twenty"],
            },
            Form = MP3,
        },
    };
}
