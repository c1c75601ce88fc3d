using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 3207, SMTP Service Extension for Secure SMTP over Transport Layer Security (February 2002): STARTTLS secures the channel, and
/// the session begins again.
/// </summary>
public static class Rfc3207
{
    private static Clause Section(string number) => new("RFC 3207", number);

    /// <summary>The command. Behind 220 comes the TLS handshake, and the session is as it was behind the greeting.</summary>
    public static readonly Command STARTTLS = new("STARTTLS", InputKind.Line, OnAccept: RSET.OnAccept, OnRefuse: []);

    // what a session knows of its channel, whatever else it does
#pragma warning disable CS1591 // each state says what it means in its own text, each rule what it asks
    public static readonly State Plain = new("Plain", "the channel is in clear");
    public static readonly State Secured = new("Secured", "the channel is in TLS");

    public static readonly Rule TLS1 = new("TLS1", Section("2"), Level.Must, "The keyword STARTTLS stands alone.");
    public static readonly Rule TLS2 = new(
        "TLS2",
        Section("4"),
        Level.Must,
        "STARTTLS draws 220, and the TLS handshake follows; or 454, or 501 where it has an argument, and nothing changes."
    );
    public static readonly Rule TLS3 = new(
        "TLS3",
        Section("4.2"),
        Level.Must,
        "Behind the handshake the session is as behind the greeting: what was said in clear is forgotten."
    );
    public static readonly Rule TLS4 = new(
        "TLS4",
        Section("4.2"),
        Level.Should,
        "Inside TLS, where it must not be offered, STARTTLS is not accepted."
    );
    public static readonly Rule TLS5 = new(
        "TLS5",
        Section("4"),
        Level.May,
        "Before EHLO or inside a transaction STARTTLS is served, or is out of order."
    );
    public static readonly Rule TLS6 = new("TLS6", Section("4.2"), Level.Must, "STARTTLS is not offered inside TLS.");
    public static readonly Rule TLS7 = new(
        "TLS7",
        Section("6"),
        Level.Must,
        "What was sent in clear behind STARTTLS is never obeyed inside TLS."
    );
    public static readonly Rule TLS8 = new(
        "TLS8",
        Section("4"),
        Level.Should,
        "Where TLS is demanded, all but NOOP, EHLO, STARTTLS and QUIT draws 530 in clear."
    );
#pragma warning restore CS1591

    private static readonly Doubt[] Doubts =
    [
        new("What does STARTTLS draw inside TLS?", "RFC 3207 4.2",
            "503 from ours; a tester takes any code that refuses it, and calls 220 not strict.",
            "The section forbids to offer it there and says nothing of a client that sends it all the same."),
        new("Is STARTTLS in order before EHLO, or inside a transaction?", "RFC 3207 4, 4.2",
            "503 from ours. A server that says 220 breaks nothing, as long as it forgets the transaction.",
            "No sentence says where the command may come; all of them say what is forgotten behind the handshake."),
        new("Is STARTTLS in order behind HELO?", "RFC 3207 4",
            "It is served as behind EHLO; 503 is no breach.", "Who said HELO was offered nothing; the section names neither."),
        new("What becomes of octets that came in the same packet behind STARTTLS?", "RFC 3207 4.2, 6; RFC 5321 4.1.1",
            "Ours throws them away. A server that closes, or fails the handshake, is right too; one that answers them inside TLS is not.",
            "The command is the last before the handshake, and nothing that was said in clear may count behind it."),
    ];

    // Left out: that a server which everybody sends mail to does not demand TLS (4), which a tester cannot know; what is
    // answered where TLS is too weak (4.1). To demand TLS is the site's to choose: Demanded has a machine in which it does (TLS8).
    // A handshake is no input of the machine: where it fails there is no session any more.

    /// <summary>STARTTLS as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(STARTTLS, Section("4"), success: [220], failure: [454]);
            v.State(TLS1, TLS2, TLS3, TLS4, TLS5, TLS6, TLS7, TLS8);
            v.Secures(STARTTLS);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Region("security", Plain, Secured);
            m.Configure(Plain).Permit([STARTTLS / 220], Secured, TLS2);
            m.Configure(Secured).OutOfOrder([503, 454, 501, 502, 554], TLS4, [STARTTLS]);
            m.Forget([STARTTLS / 220], TLS3);

            m.Configure(Ready)
                .Complete(STARTTLS, Connected, TLS2)
                .Refuse(STARTTLS, TLS2);
            m.Configure(Transaction).OutOfOrder([503], TLS5, [STARTTLS])
                .Tolerate([STARTTLS / 220], Connected, TLS5);
            foreach (var state in new[] { MailGiven, RecipientsGiven })
            {
                m.Configure(state).Tolerate([STARTTLS / 454, STARTTLS / 501, STARTTLS / 502, STARTTLS / 554], state, TLS5);
            }

            m.Configure(Connected).OutOfOrder([503], TLS5, [STARTTLS])
                .Tolerate([STARTTLS / 220, STARTTLS / 454, STARTTLS / 501], Connected, TLS5);
        })
    {
        Extension = new ServiceExtension("STARTTLS", "the channel is secured by TLS", Section("2"))
        {
            Form = TLS1,
            FromSite = new SiteValue("tls"),
            ServedFirst = [NOOP, STARTTLS, QUIT],
        },
        Properties =
        [
            Property.Never("STARTTLS-begins-again", Section("4.2"),
                "Behind STARTTLS that was accepted the session is where it was behind the greeting, with nothing in its buffers.",
                Accepted(STARTTLS) & (!In(Connected) | Holds(ReversePath) | Holds(ForwardPath) | Holds(MailData))),

            Property.Never("no-TLS-in-TLS", Section("4.2"), "STARTTLS is not accepted in a channel that is secured.",
                Accepted(STARTTLS) & WasIn(Secured)),

            Property.Never("login-in-clear-is-forgotten", Section("4.2"),
                "Whoever was authenticated in clear is nobody behind STARTTLS.",
                Accepted(STARTTLS) & In(Rfc5321.KnownClient)),

            Property.Only("offer-in-clear-is-forgotten", Section("4.2"),
                "Behind STARTTLS a parameter of an extension is taken only behind another EHLO.",
                what: Accepted() & HasParameter(), after: Offered, anewBehind: Accepted(STARTTLS)),
        ],
    };
}
