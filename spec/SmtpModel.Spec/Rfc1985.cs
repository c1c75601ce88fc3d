using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 1985, SMTP Service Extension for Remote Message Queue Starting (August 1996): ETRN asks for the mail that waits for a host.
/// </summary>
public static class Rfc1985
{
    private static readonly Clause Section5 = new("RFC 1985", "5");

    /// <summary>The command. It does nothing to the buffers.</summary>
    public static readonly Command ETRN = new("ETRN", InputKind.Line, OnAccept: [], OnRefuse: []);

    /// <summary>The name of a host; behind @ a domain with all its hosts, behind # a queue (5.3).</summary>
    public static readonly Argument Node = new("node", "<node name>", Required: true)
    {
        Value = new ValueSyntax("[\"@\" / \"#\"] node-name", "[@#]?(?=[A-Za-z0-9])[A-Za-z0-9._-]*[A-Za-z0-9]")
        {
            Valid = ["client.example.test", "@example.test", "#queue"],
            Malformed = [".example.test", "@"],
        },
    };

    /// <summary>Where it is in order.</summary>
    public static readonly Rule Q1 = new(
        "Q1",
        Section5,
        Level.Must,
        "ETRN is in order in a session in which no transaction is open, and changes nothing."
    );

    /// <summary>Where it is not.</summary>
    public static readonly Rule Q2 = new(
        "Q2",
        Section5,
        Level.Should,
        "ETRN inside a transaction is out of order; a server that can process it may, and the transaction stays."
    );

    /// <summary>Before the greeting.</summary>
    public static readonly Rule Q3 = new("Q3", Section5, Level.May, "Before EHLO or HELO ETRN is served, or is out of order.");

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule Q4 = new("Q4", new Clause("RFC 1985", "2"), Level.Must, "The keyword ETRN stands alone.");

    private static readonly Doubt[] Doubts =
    [
        new(
            "Is ETRN in order before EHLO?",
            "RFC 1985 5",
            "It may be or not; ours says 503.",
            "It may come at any time once a session is established, and the section does not say what establishes one."
        ),
        new(
            "Must a server refuse ETRN inside a transaction?",
            "RFC 1985 5 (the command is illegal there)",
            "It should; one that serves it is not strict.",
            "The sentence is about when it may be issued, and no sentence says what a server does with one that comes all the same."
        ),
        new(
            "Does a syntax error draw 550 or 551, as section 5.2 says, or 500 or 501?",
            "RFC 1985 5.1, 5.2",
            "500 or 501.",
            "5.1 lists these; the erratum 4130 calls 5.2 a misprint."
        ),
    ];

    /// <summary>ETRN as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(ETRN, Section5, Node, success: [250, 251, 252, 253], failure: [458, 459]);
            v.State(Q1, Q2, Q3, Q4);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Configure(Ready).Accept(ETRN, Stay, Q1, refused: R1);
            m.Configure(Session).OutOfOrder([503], Q2, [ETRN]);
            m.Configure(Connected).OutOfOrder([503], Q3, [ETRN])
                .Tolerate([ETRN / 250, ETRN / 251, ETRN / 252, ETRN / 253, ETRN / 458, ETRN / 459, ETRN / 501], Connected, Q3);
        })
    {
        Extension = new ServiceExtension("ETRN", "a queue of mail is started from afar", new Clause("RFC 1985", "2")) { Form = Q4 },
        Properties =
        [
            Property.Never("no-ETRN-in-a-transaction", Section5, "ETRN is not accepted while a transaction is open.",
                Accepted(ETRN) & WasIn(Transaction)),
        ],
    };
}
