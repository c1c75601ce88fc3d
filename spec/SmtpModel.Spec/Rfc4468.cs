using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 4468, Message Submission BURL Extension (May 2006): mail data that the server fetches from where a URL says. Its order only: what
/// is
/// fetched is seen by nobody.
/// </summary>
public static class Rfc4468
{
    private static Clause Section(string number) => new("RFC 4468", number);

    private static readonly IReadOnlyList<Effect> Drop = RSET.OnAccept;

    // a scheme, a colon, and what a URI may have (RFC 3986)
    private const string Uri = "[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]+";

    /// <summary>A part of a message that is not the last one; it goes into the mail data as a chunk does (RFC 3030).</summary>
    public static readonly Command BURL = new("BURL", InputKind.Line, OnAccept: [new Effect(MailData, EffectKind.Append)], OnRefuse: Drop);

    /// <summary>The last part, or the only one.</summary>
    public static readonly Command BURLLAST = new("BURL LAST", InputKind.Line, OnAccept: Drop, OnRefuse: Drop)
    {
        Variant = new CommandVariant("BURL", "(?i) LAST\\z"),
    };

    /// <summary>Where the part is; the examples name a host that cannot be.</summary>
    public static readonly Argument Url = new("absolute-URI", "<absolute-URI>", Required: true)
    {
        Value = new ValueSyntax("absolute-URI", Uri)
        {
            Valid = ["imap://nobody.invalid/none;uid=1;urlauth=anonymous:internal:00"],
            Malformed = ["nobody", "LAST"],
        },
    };

    /// <summary>The same of the last one.</summary>
    public static readonly Argument LastUrl = new("last absolute-URI", "<absolute-URI> LAST", Required: true)
    {
        Value = new ValueSyntax("absolute-URI SP \"LAST\"", $"{Uri} (?i:LAST)")
        {
            Valid =
            [
                "imap://nobody.invalid/none;uid=1;urlauth=anonymous:internal:00 LAST",
                "imap://nobody.invalid/none;uid=1;urlauth=anonymous:internal:00 last",
            ],
            Malformed = ["nobody LAST"],
        },
    };

    /// <summary>Its place.</summary>
    public static readonly Rule BU1 = new(
        "BU1",
        Section("3.1"),
        Level.Must,
        "BURL is in order only inside a transaction that has a recipient."
    );

    /// <summary>The last one.</summary>
    public static readonly Rule BU2 = new("BU2", Section("3.2"), Level.Must, "BURL with LAST ends the message, which is handed over.");

    /// <summary>One that is not the last.</summary>
    public static readonly Rule BU3 = new(
        "BU3",
        Section("3.2"),
        Level.May,
        "Without LAST more follows, by BURL, or by BDAT where CHUNKING is offered too."
    );

    /// <summary>One that fails.</summary>
    public static readonly Rule BU4 = new("BU4", Section("3.2"), Level.May, "Where a URL cannot be fetched the whole transaction fails.");

    /// <summary>DATA and RCPT behind one.</summary>
    public static readonly Rule BU5 = new(
        "BU5",
        Section("3.1"),
        Level.May,
        "BURL stands in the place of DATA: behind one that is not the last DATA is out of order, and RCPT may be."
    );

    /// <summary>8BITMIME.</summary>
    public static readonly Rule BU6 = new("BU6", Section("4"), Level.Must, "8BITMIME is offered where BURL is.");

    private static readonly Doubt[] Doubts =
    [
        new("What does BURL draw without a recipient?", "RFC 4468 3.2, 6", "503 from ours; 554 is no worse.", "The section has both."),
        new(
            "Where is a session behind a BURL that was refused?",
            "RFC 4468 3.2",
            "With ours the transaction is over; with others it may go on, or everything is refused until RSET.",
            "The transaction fails, and nothing says what comes then."
        ),
        new(
            "Is BURL without LAST served where CHUNKING is not offered?",
            "RFC 4468 3.2",
            "It may be, and refused as well.",
            "The text has it where the server advertises CHUNKING too, and does not forbid it elsewhere."
        ),
        new(
            "May BURL be offered by a server that is no submission server?",
            "RFC 4468 3.1",
            "A tester cannot know which it is.",
            "MUST NOT is said of port 25 of a relay."
        ),
    ];

    // Left out: how a URL is fetched, and with whose rights (3.3); what becomes of eight bits in it (4); words behind the keyword (3.1,
    // 3.3).

    /// <summary>BURL as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(
                BURL,
                Section("3.5"),
                Url,
                success: [250],
                failure: [450, 451, 452, 454, 550, 551, 552, 553, 554],
                error: [501, 530]
            );
            v.Command(
                BURLLAST,
                Section("3.5"),
                LastUrl,
                success: [250],
                failure: [450, 451, 452, 454, 550, 551, 552, 553, 554],
                error: [501, 530]
            );
            v.State(BU1, BU2, BU3, BU4, BU5, BU6);
            v.Delivers(BURLLAST);
            v.MayBeGrouped(BURL);
            v.Doubt(Doubts);
        },
        m =>
        {
            Command[] parts = [BURL, BURLLAST];
            // each stands for all replies that refuse the command
            var failed = parts.Select(part => part / 503);
            m.Configure(Session).OutOfOrder([503, 530], BU1, parts);
            m.Configure(MailGiven).OutOfOrder([503, 554, 530], BU1, parts);
            m.Configure(RecipientsGiven)
                .Accept(BURL, Rfc3030.ChunksGiven, BU3, refused: BU4, refusedTo: Ready)
                .Accept(BURLLAST, Ready, BU2, refused: BU4, refusedTo: Ready)
                .MayAlsoLead(failed, Rfc3030.ChunksFailed, BU4);
            m.Configure(Rfc3030.ChunksGiven).SubstateOf(Transaction)
                .Accept(BURL, Stay, BU3, refused: BU4, refusedTo: Ready)
                .Accept(BURLLAST, Ready, BU2, refused: BU4, refusedTo: Ready)
                .MayAlsoLead(failed, Rfc3030.ChunksFailed, BU4);
            if (m.Vocabulary.Commands.All(use => use.Command != Rfc3030.BDAT))
            {
                m.Configure(Rfc3030.ChunksGiven).OutOfOrder([503], BU5, [DATA, RCPT])
                    .Tolerate([RCPT / 250, RCPT / 251], Rfc3030.ChunksGiven, BU5);
            }

            Rfc3030.LeaveOpen(m, BU4, parts);
            m.Configure(Rfc3030.ChunksFailed)
                .Tolerate([BURL / 250], Rfc3030.ChunksGiven, BU4)
                .Tolerate([BURLLAST / 250], Ready, BU4);
            m.Vocabulary.RefusalMoves(BU4, parts);
        })
    {
        Extension = new ServiceExtension("BURL", "mail data is fetched from a URL", Section("3.1"))
        {
            Argument = new ValueSyntax("*burl-param", "[!-~]*(?: [!-~]+)*") { Valid = ["imap", "imap imap://mail.example.test"] },
            Needs = new Dictionary<string, Rule> { ["8BITMIME"] = BU6 },
        },
        Properties =
        [
            Property.Only(
                "part-after-rcpt",
                Section("3.1"),
                "BURL is accepted only when a RCPT of the same transaction was accepted before.",
                what: Accepted(BURL, BURLLAST),
                after: Accepted(RCPT),
                anewBehind: Accepted(RSET, HELO, Rfc5321.EHLO, BURLLAST, EndOfData)
            ),
            Property.Never(
                "last-part-ends-transaction",
                Section("3.2"),
                "Behind the last part, accepted or not, no transaction is open and nothing is held.",
                Accepted(BURLLAST) & (In(Transaction) | Holds(ReversePath) | Holds(ForwardPath) | Holds(MailData))
            ),
        ],
    };
}
