using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 2645, On-Demand Mail Relay (August 1999): ATRN turns the roles for a client that has logged in. Where AUTH is no part of a
/// profile, nobody has.
/// </summary>
public static class Rfc2645
{
    private static Clause Section(string number) => new("RFC 2645", number);

    /// <summary>The command. Behind 250 the client greets as a server.</summary>
    public static readonly Command ATRN = new("ATRN", InputKind.Line, OnAccept: RSET.OnAccept, OnRefuse: []);

    /// <summary>The domains whose mail is asked for; all that the client may have where there is none, which a tester never
    /// says.</summary>
    public static readonly Argument Domains = new("domains", "[<domain> *(\",\" <domain>)]", Required: false)
    {
        Value = new ValueSyntax("[domain *(\",\" domain)]",
            "|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+(?:,|\\z))+(?<!,)")
        {
            Valid = ["nobody.invalid", "nobody.invalid,nowhere.invalid"],
            Malformed = ["nobody", "nobody.invalid,", "nobody.invalid, nowhere.invalid", "-nobody.invalid"],
        },
    };

    /// <summary>Without a login.</summary>
    public static readonly Rule AT1 = new(
        "AT1",
        Section("5.2.1"),
        Level.Must,
        "ATRN is refused in a session in which nobody has logged in, with 530."
    );

    /// <summary>The way to log in. The text has MUST, of a time in which AUTH was offered in clear.</summary>
    public static readonly Rule AT2 = new("AT2", Section("5.1.1"), Level.Should, "AUTH is offered where ATRN is.");

    /// <summary>Behind a login.</summary>
    public static readonly Rule AT3 = new("AT3", Section("5.2.1"), Level.Must,
        "Behind a login ATRN is in order; 250 turns the roles, so that this receiver's session is over, and a refusal changes nothing.");

    /// <summary>Elsewhere.</summary>
    public static readonly Rule AT4 = new(
        "AT4",
        Section("5.2"),
        Level.May,
        "Before EHLO and inside a transaction ATRN is out of order, or is served."
    );

    // what refuses it behind a login
    private static readonly int[] Refusing = [450, 451, 453];

    private static readonly Doubt[] Doubts =
    [
        new(
            "Which code refuses ATRN without a login?",
            "RFC 2645 5.2.1",
            "530; a tester takes any other that refuses it.",
            "MUST stands with the refusal; that the code is 530 is said in a sentence of its own."
        ),
        new(
            "Is ATRN in order inside a transaction, or before EHLO?",
            "RFC 2645 5",
            "503 from ours, as it would be with TURN.",
            "The service need have no MAIL at all, and no sentence speaks of one that has."
        ),
        new(
            "Has a server to list AUTH that offers it inside TLS only?",
            "RFC 2645 5.1.1, RFC 4954 4",
            "It is not strict in clear.",
            "The text wants it of every reply to EHLO, and is older than the rule by which a password waits for TLS."
        ),
    ];

    // Left out: which mail is sent behind 250, and to whom (5.2.1, 5.3), which no tester asks for; ten minutes for a reply (5.2.1);
    // CRAM-MD5 (5.1.2), which a site may switch off.

    /// <summary>ATRN as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(ATRN, Section("5.2.1"), Domains, success: [250], failure: Refusing);
            v.State(AT1, AT2, AT3, AT4);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Configure(Session).OutOfOrder([503, 530], AT4, [ATRN]);
            if (m.Vocabulary.Commands.Any(use => use.Command == Rfc4954.AUTH))
            {
                m.Configure(Rfc4954.Anonymous).OutOfOrder([530], AT1, [ATRN]);
                m.Configure(Ready).Accept(ATRN, Closed, AT3, refused: AT3);
            }
            else
            {
                // who was logged in in front of the session draws what has nothing to do with the login
                m.Configure(Ready).OutOfOrder([530], AT1, [ATRN])
                    .Tolerate(Refusing.Select(code => ATRN / code), Ready, AT3);
            }
        })
    {
        Extension = new ServiceExtension("ATRN", "the roles are turned for who has logged in", Section("5.1.1"))
        {
            Needs = new Dictionary<string, Rule> { ["AUTH"] = AT2 },
        },
        Properties =
        [
            Property.Only("ATRN-behind-a-login", Section("5.2.1"), "ATRN is accepted only behind a login.",
                what: Accepted(ATRN), after: In(Rfc5321.KnownClient), anewBehind: In(Rfc5321.UnknownClient)),
        ],
    };
}
