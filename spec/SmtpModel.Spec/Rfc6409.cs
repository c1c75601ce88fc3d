using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 6409, Message Submission for Mail (November 2011), written as what it adds to RFC 5321: who has not logged in sends no mail, and
/// which extensions there are. Where AUTH is no part of a profile, its sessions are played behind a login.
/// </summary>
public static class Rfc6409
{
    private static Clause Section(string number) => new("RFC 6409", number);

    /// <summary>
    /// Nobody sends without a login. 4.3 says MUST, by default, and lets go whoever is known otherwise, as by an address; and 3.2 lets
    /// a server take what it has to refuse, and send it back: so no more than a SHOULD.
    /// </summary>
    public static readonly Rule SU1 = new("SU1", Section("4.3"), Level.Should,
        "MAIL (or SEND, SOML, SAML) draws 530 in a session in which nobody has logged in.");

    /// <summary>The way to log in.</summary>
    public static readonly Rule SU2 = new("SU2", Section("7"), Level.Must, "AUTH is there.");

    /// <summary>What a server should have besides.</summary>
    public static readonly Rule SU3 = new("SU3", Section("7"), Level.Should,
        "PIPELINING, ENHANCEDSTATUSCODES, DSN and 8BITMIME are there.");

    /// <summary>What is for servers that relay.</summary>
    public static readonly Rule SU4 = new("SU4", Section("7"), Level.Must, "ETRN and ATRN are not there.");

    private static Doubt Asked(string question, string sections, string reading, string reason) =>
        new(question, "RFC 6409 " + sections, reading, reason);

    private static readonly Doubt[] Doubts =
    [
        Asked("Is a server wrong that takes MAIL from somebody who has not logged in?", "3.2, 4.3",
            "It is not strict.",
            "4.3 exempts clients that are known otherwise, which a tester on the same machine may be, and 3.2 allows to bounce later."),
        Asked("Which command is refused without a login?", "4.3",
            "MAIL, and what begins a transaction as it does. With ours all others are served; RFC 4954 6 lets a server refuse more.",
            "The section names MAIL."),
        Asked("Does MAIL before EHLO draw 503 or 530?", "4.3, RFC 5321 4.1.4",
            "Either; ours says 530.", "Both sentences hold, and neither comes first."),
        Asked("Which code refuses a path?", "4.1, 5.1, 6.1, 6.2, RFC 5321 4.3.2",
            "Those of RFC 5321, and 554.", "4.1 has 554 for what is improper and has no better code."),
        Asked("Has a name that is not fully qualified to be refused?", "4.2",
            "It may be completed as well, so that a tester says nothing of it.",
            "What a server makes of a name is seen in the message that it sends on."),
        Asked("Are VRFY, EXPN and RSET other than in SMTP?", "7", "No.", "The text does not speak of them."),
        Asked("Is AUTH there when a server lists it no more behind a login?", "7, RFC 4954 4",
            "Yes.",
            "Another AUTH would draw 503, and nothing says whether it is listed then; where the session logged in with it, it is there."),
    ];

    // Left out: what a server does to the message (8), what it asks of addresses and users (4.2, 5.1, 6.1 to 6.3), which 250 does not
    // show; two minutes for a reply (5.3); the reply code 521 (7), which a greeting would have.

    /// <summary>RFC 6409 as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(SU1, SU2, SU3, SU4);
            v.MayAlsoDraw([MAIL, RCPT], 554);
            v.DemandsOffers(SU2, "AUTH");
            v.DemandsOffers(SU3, "PIPELINING", "ENHANCEDSTATUSCODES", "DSN", "8BITMIME");
            v.ForbidsOffers(SU4, "ETRN", "ATRN");
            v.Doubt(Doubts);
        },
        static m =>
        {
            // without AUTH there is no region in which somebody could be unknown: its sessions are played behind a login
            foreach (var unknown in m.Vocabulary.Meaning(Rfc5321.UnknownClient))
            {
                m.Configure(unknown).OutOfOrder([530, 503], SU1, Beginning);
            }
        })
    {
        Properties =
        [
            Property.Only("mail-behind-a-login", Section("4.3"), "A transaction begins only behind a login.",
                what: Accepted(Beginning), after: In(Rfc5321.KnownClient), anewBehind: In(Rfc5321.UnknownClient)),
        ],
    };
}
