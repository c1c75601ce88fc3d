using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 2920, SMTP Service Extension for Command Pipelining (September 2000): commands in groups, without waiting for each
/// reply.</summary>
public static class Rfc2920
{
    private static Clause Section(string number) => new("RFC 2920", number);

    /// <summary>What a group is.</summary>
    public static readonly Rule PL1 = new("PL1", Section("3.1"), Level.Must,
        "RSET, MAIL, SEND, SOML, SAML, RCPT and the end of data may stand anywhere in a group; every other command may only be its last.");

    /// <summary>The replies come in order.</summary>
    public static readonly Rule PL2 = new(
        "PL2",
        Section("3.2"),
        Level.Must,
        "The commands of a group are answered in the order in which they came, each as if it had come alone."
    );

    /// <summary>DATA without a recipient.</summary>
    public static readonly Rule PL3 = new(
        "PL3",
        Section("3.2"),
        Level.Should,
        "DATA draws 354 if and only if there is a valid recipient."
    );

    /// <summary>An empty message to nobody.</summary>
    public static readonly Rule PL4 = new(
        "PL4",
        Section("3.2"),
        Level.Must,
        "Where 354 was given without a recipient, nothing is sent to anybody."
    );

    /// <summary>Replies that are not held back.</summary>
    public static readonly Rule PL5 = new(
        "PL5",
        Section("3.2"),
        Level.Must,
        "The replies to EHLO, DATA, VRFY, EXPN, TURN, QUIT, NOOP and to what is no command are not held back."
    );

    /// <summary>Replies that wait for nothing.</summary>
    public static readonly Rule PL6 = new(
        "PL6",
        Section("3.2"),
        Level.Must,
        "All replies are sent as soon as there is nothing more to read."
    );

    /// <summary>Nothing is lost.</summary>
    public static readonly Rule PL7 = new(
        "PL7",
        Section("3.2"),
        Level.Must,
        "What has come is not thrown away, whatever the reply to what came before it."
    );

    /// <summary>As PL2 and PL7, for packets of commands that the order has nothing against.</summary>
    public static readonly Rule W21 = new("W21", Section("3.2"), Level.Must,
        "Commands that come in one packet are answered in order, and none is lost, where PIPELINING is offered.");

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule PL8 = new("PL8", Section("2"), Level.Must, "The keyword PIPELINING stands alone.");

    private static readonly Doubt[] Doubts =
    [
        new(
            "What does a server do with a group that is none, with commands behind EHLO or DATA?",
            "RFC 2920 3.1, RFC 5321 4.3.1",
            "Whatever it likes; ours answers them. A tester never sends one.",
            "The rule binds the client; servers that refuse such a group are right."
        ),
        new(
            "May HELO and HELP stand in a group?",
            "RFC 2920 3.1",
            "As its last only.",
            "The section lists what may stand anywhere, and they are not in it."
        ),
    ];

    /// <summary>PIPELINING as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(PL1, PL2, PL3, PL4, PL5, PL6, PL7, PL8);
            v.StateOfLines(W21);
            v.Groups(PL1, PL2, [RSET, MAIL, SEND, SOML, SAML, RCPT, EndOfData]);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("PIPELINING", "commands are sent in groups", Section("2")) { Form = PL8 },
        Properties =
        [
            Property.Never(
                "group-answered",
                PL2.Clause,
                "Every input of a group draws a reply; only 421 ends a session with inputs that wait.",
                In(Closed) & Accepted() & Waiting
            ),
            Property.Never(
                "group-as-in-lockstep",
                PL2.Clause,
                "Whatever is sent in a group, each input is read as what it was sent as and draws its own reply, and the session is where "
                + "lockstep leads.",
                !InLockstep),
        ],
    };
}
