using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc5321;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 2033, Local Mail Transfer Protocol (October 1996), written as what it changes in RFC 821, which it names: LHLO in place of HELO
/// and EHLO, no mail data without a recipient, one reply for each recipient, and the extensions that every server has. What is not
/// mentioned is as in Rfc821.cs, with LHLO wherever that says HELO.
/// </summary>
public static class Rfc2033
{
    private static Clause Section(string number) => new("RFC 2033", number);

    /// <summary>The TCP port on which LMTP must not be used (5): that of SMTP.</summary>
    public const int ForbiddenPort = 25;

    /// <summary>LHLO: what EHLO is in SMTP (4.1).</summary>
    public static readonly Command LHLO = new("LHLO", InputKind.Line, OnAccept: HELO.OnAccept, OnRefuse: HELO.OnRefuse);

    // ------------------------------------------------------------------ the rules

    /// <summary>The other protocol is told from this one.</summary>
    public static readonly Rule LM1 = new(
        "LM1",
        Section("4.1"),
        Level.Must,
        "HELO and EHLO are not served: no 2yz answers them; 500 is recommended."
    );

    /// <summary>DATA without a recipient.</summary>
    public static readonly Rule LM2 = new(
        "LM2",
        Section("4.2"),
        Level.Must,
        "DATA without a RCPT that drew 2yz in its transaction draws 503."
    );

    /// <summary>How many replies the end of data draws.</summary>
    public static readonly Rule LM3 = new("LM3", Section("4.2"), Level.Must,
        "The end of data draws one reply for each RCPT that drew 2yz, in their order, also where two of them gave the same path.");

    /// <summary>The same where the data does not end with a dot.</summary>
    public static readonly Rule LM7 = new(
        "LM7",
        Section("4.3"),
        Level.Must,
        "BDAT with LAST draws one reply for each RCPT that drew 2yz, in their order, also where two of them gave the same path; other "
            + "chunks draw one reply."
    );

    /// <summary>What every server has.</summary>
    public static readonly Rule LM4 = new("LM4", Section("5"), Level.Must, "The extensions PIPELINING and ENHANCEDSTATUSCODES are there.");

    /// <summary>What every server should have.</summary>
    public static readonly Rule LM5 = new("LM5", Section("5"), Level.Should, "The extension 8BITMIME is there.");

    /// <summary>A transaction without LHLO: no sentence of RFC 2033 says that a server refuses it.</summary>
    public static readonly Rule LM6 = new(
        "LM6",
        Section("4.1"),
        Level.May,
        "MAIL (or SEND, SOML, SAML) before LHLO draws 503, or begins a transaction."
    );

    private static readonly Rule[] Opened = [O1, O2, O3];

    // those of RFC 821 that name HELO; what LHLO does is said here, what else they ask stands where it stood
    private static IEnumerable<Rule> Renamed =>
        new[] { O1, O2, O3, C, M1, H1, H2 }.Select(rule =>
            rule with
            {
                Clause = Opened.Contains(rule) ? Section("4.1") : rule.Clause,
                Asks = rule.Asks.Replace(HELO.Name, LHLO.Name, StringComparison.Ordinal),
            }
        );

    // ------------------------------------------------------------------ the replies

    private static void Replies(Vocabulary v)
    {
        // the row of EHLO; the path commands with parameters, which draw what they draw with RFC 5321 as well
        v.Command(LHLO, Section("4.1"), DomainOrLiteral, success: [250], failure: [550], error: [500, 501, 502, 504, 421], required: true);
        v.Command(
            MAIL,
            Section("4"),
            FromAndParameters,
            success: [250],
            failure: [552, 451, 452, 550, 553, 455, 555],
            error: [500, 501, 421],
            required: true
        );
        v.Command(
            RCPT,
            Section("4"),
            ToAndParameters,
            success: [250, 251],
            failure: [550, 551, 552, 553, 450, 451, 452, 455, 555],
            error: [500, 501, 503, 421],
            required: true
        );

        // VRFY with the code that RFC 1123 adds to RFC 821, which section 4 names beside it; NOOP with the string that RFC 5321 has
        v.Command(
            VRFY,
            new("RFC 1123", "5.2.3"),
            Text,
            success: [250, 251, 252],
            failure: [550, 551, 553],
            error: [500, 501, 502, 504, 421]
        );
        v.Command(NOOP, Section("4"), OptionalText, success: [250], error: [500, 421], required: true);

        // each reply is about one mailbox, so that it may be what RCPT is told of one
        v.Command(EndOfData, Section("4.2"), success: [250], failure: [552, 554, 451, 452, 450, 550]);
        v.AnswersForEach(EndOfData, ForwardPath, LM3);
        v.DeliveriesAnswerForEach(ForwardPath, LM7);

        // named, so that they are refused as LM1 has it and not as a line that is no command
        v.Command(HELO, Section("4.1"), Domain, error: [500]);
        v.Command(EHLO, Section("4.1"), DomainOrLiteral, error: [500]);
        v.Withdraws(HELO, EHLO);

        // RFC 821's, and behind the paths what RFC 1869 adds: see the doubts
        v.ArgumentsFollow("Rfc1869");
    }

    // ------------------------------------------------------------------ the order: what is changed in RFC 821's

    private static void Order(ProtocolMachine m)
    {
        // Session (added): LHLO in HELO's place. Instead of 503 by O9: DATA.
        m.Configure(Session)
            .Accept(LHLO, Ready, O2, refused: O3)
            .OutOfOrder([500], LM1, [HELO, EHLO])
            .OutOfOrder([503], LM2, [DATA], demands: LM2);

        // Connected (added): LHLO leads on. Instead of 503 by O1: what needs a transaction, as in Session, and what begins one.
        m.Configure(Connected)
            .Accept(LHLO, Ready, O1, refused: O3)
            .OutOfOrder([503], LM6, Beginning)
            .OutOfOrder([503], O9, [RCPT], demands: O9)
            .OutOfOrder([503], LM2, [DATA], demands: LM2)
            .Tolerate(Beginning.Select(command => command / 250), MailGiven, LM6);
    }

    // ------------------------------------------------------------------ doubts

    private static Doubt In(string question, string sections, string reading, string reason) =>
        new(question, "RFC 2033 " + sections, reading, reason);

    private static readonly Doubt[] Doubts =
    [
        In("Is SMTP here what RFC 821 says, or what RFC 5321 made of it?", "4",
            "RFC 821, with its MUST: a command of the transaction that is out of order draws 503 and nothing else comes of it. Replies "
                + "that RFC 5321 lists for MAIL and RCPT are taken as well.",
            "The section names RFC 821, and no later document changes it; servers of today answer with the codes of today, which accuses "
                + "nobody."
        ),
        In(
            "Which syntax do paths and domains have?",
            "4, RFC 821 4.1.2, RFC 1123 2.1, RFC 1869",
            "That of RFC 5321 4.1.2, which has what RFC 1123 and RFC 1869 changed; rules of RFC 5321 on what a receiver has to take are "
                + "not applied.",
            "Names that begin with a digit and parameters are legal since then, and RFC 5321 is where all of it stands together."
        ),
        In(
            "May VRFY draw 252, and NOOP have an argument?",
            "4, RFC 1123 5.2.3, RFC 5321 4.1.1.9",
            "Yes.",
            "Section 4 names RFC 1123 beside RFC 821, and that defines 252. RFC 821 has NOOP without an argument, and forbids nobody to "
                + "take one; RFC 5321, which replaces it, asks for that."
        ),
        In(
            "Does a server have to refuse MAIL before LHLO?",
            "4.1, RFC 821 4.1.1 (the first command must be HELO), RFC 1869 4",
            "No; ours does, and one that takes it has begun a transaction.",
            "LHLO has the semantics of EHLO, which is asked of the client; what a server does without it is said nowhere."
        ),
        In(
            "May HELO and EHLO be refused with another code than 500?",
            "4.1",
            "Yes; it is not strict where the code says anything but that there is no such command.",
            "500 is recommended; only 2yz is forbidden."
        ),
        In(
            "Which RCPT counts?",
            "4 (\"successful\"), 4.2",
            "Every one that drew 2yz, 251 too, in the order in which they were sent.",
            "That is how section 4 defines a successful one."
        ),
        In(
            "What may one of the replies to the end of data be?",
            "4.2, RFC 821 4.3",
            "250, or any 4yz or 5yz, each for itself; those that RFC 5321 4.3.2 lists for the end of data are in the row.",
            "They may differ within one set, as the example shows, and the text lists none."
        ),
        In(
            "What does BDAT LAST draw where no recipient was taken?",
            "4.3 (zero replies), RFC 3030 2, RFC 5321 4.2",
            "One refusal from ours, as BDAT without LAST; a tester takes nothing for as good, and goes no further in that session.",
            "4.3 says that there are no replies then; a server that refuses the command as out of order has not served it, and one that "
                + "stays silent lets a client wait that does not count."
        ),
        In(
            "How many replies does a BDAT LAST draw that is refused for its line or its size?",
            "4.3, RFC 3030 2",
            "As many as one that is taken; a tester does not count them where the line is malformed.",
            "The section speaks of the command and not of what becomes of it."
        ),
        In(
            "What if one of them is 421?",
            "5, RFC 821 4.3",
            "It is the last: the channel closes, and none is missed behind it.",
            "421 may answer anything, and a client takes what has no reply for a temporary failure."
        ),
        In(
            "Is an extension implemented when LHLO does not list it?",
            "5, RFC 1869 4",
            "No.",
            "A client may use what is listed and nothing else, so that what is not listed is not there for it."
        ),
    ];

    // Not specified here: what the server promises with a 2yz (4.2) and how soon a reply is sent (5), which are not seen in the order;
    // TCP port 25, which a server must not listen on for LMTP (5) and ours refuses to.

    /// <summary>RFC 2033 as a part of a profile; it goes on top of RFC 821.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State([
                .. Renamed,
                R5 with
                {
                    Asks = "Every command draws exactly one reply; how many the end of data draws is said by LM3.",
                },
                B2 with
                {
                    Asks = "The replies to the end of data finish the transaction, whichever they are, and the buffers are cleared.",
                },
                LM1,
                LM2,
                LM3,
                LM7,
                LM4,
                LM5,
                LM6,
            ]);
            Replies(v);
            v.Conducts(new ConductRules(OneReply: R5, Form: R6, Closing: R4, Minimum: M1));
            v.Greets(LHLO);
            v.Lists(LHLO);
            v.DemandsOffers(LM4, "PIPELINING", "ENHANCEDSTATUSCODES");
            v.DemandsOffers(LM5, "8BITMIME");
            v.Doubt(Doubts);
        },
        Order)
    {
        Properties =
        [
            Property.Never("other-greetings-refused", LM1.Clause, "HELO and EHLO are never accepted.", Accepted(HELO, EHLO)),
            Property.Never(
                "data-for-nobody-503",
                LM2.Clause,
                "DATA draws 503, or 421, where no recipient is held.",
                Answered(DATA) & !Held(ForwardPath) & !Drew(503, 421)
            ),
            Property.Never(
                "data-ends-for-somebody",
                LM3.Clause,
                "Mail data never ends without a recipient, so that it draws at least one reply.",
                Answered(EndOfData) & !Held(ForwardPath)
            ),
        ],
    };
}
