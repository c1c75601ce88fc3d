using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 3030, SMTP Service Extensions for Transmission of Large and Binary MIME Messages (December 2000): BDAT, mail data by octet
/// count.</summary>
public static class Rfc3030
{
    private static Clause Section(string number) => new("RFC 3030", number);

    /// <summary>A transaction that is given its data in chunks.</summary>
    public static readonly State ChunksGiven = new(
        "ChunksGiven",
        "a chunk of the message has come, and not the last one",
        ReversePath,
        ForwardPath,
        MailData
    );

    /// <summary>What section 2 calls indeterminate: another server may be so behind what it refused, until RSET. Ours never is.</summary>
    public static readonly State ChunksFailed = new(
        "ChunksFailed",
        "a chunk, or DATA behind one, was refused, and RSET has not come yet",
        ReversePath,
        ForwardPath
    );

    // the number may be found in what is wrong otherwise: the octets come all the same
    private static readonly CountedBlock Chunk = new(@"\A0*[0-9]{1,18}(?= |\z)");

    private static readonly IReadOnlyList<Effect> Drop = RSET.OnAccept;

    /// <summary>A chunk that is not the last one.</summary>
    public static readonly Command BDAT = new("BDAT", InputKind.Line, OnAccept: [new Effect(MailData, EffectKind.Append)], OnRefuse: Drop)
    {
        Block = Chunk,
    };

    /// <summary>The last chunk, with which the message is whole; what is behind the number says so, in either case.</summary>
    public static readonly Command BDATLAST = new("BDAT LAST", InputKind.Line, OnAccept: Drop, OnRefuse: Drop)
    {
        Variant = new CommandVariant("BDAT", "(?i) LAST\\z"),
        Block = Chunk,
    };

    /// <summary>The size of a chunk in octets; one of more than 18 digits, zeros before them not counted, cannot be counted by
    /// ours.</summary>
    public static readonly Argument Size = new("chunk-size", "<chunk-size>", Required: true)
    {
        Value = new ValueSyntax("1*DIGIT", "0*[0-9]{1,18}") { Valid = ["86", "0000000000000000000012"], Malformed = ["x", "LAST"] },
    };

    /// <summary>The same of the last one, which may be empty.</summary>
    public static readonly Argument LastSize = new("last chunk-size", "<chunk-size> LAST", Required: true)
    {
        Value = new ValueSyntax("1*DIGIT SP \"LAST\"", "0*[0-9]{1,18} (?i:LAST)")
        {
            Valid = ["86 LAST", "12 last", "0 LAST"],
            Malformed = ["x LAST"],
        },
    };

    /// <summary>A chunk.</summary>
    public static readonly Rule CH1 = new(
        "CH1",
        Section("2"),
        Level.Must,
        "BDAT is in order behind an accepted recipient, again and again; each chunk that is taken draws 250."
    );

    /// <summary>The last chunk.</summary>
    public static readonly Rule CH2 = new(
        "CH2",
        Section("2"),
        Level.Must,
        "BDAT with LAST ends the message, which is handed over; its chunk may be empty."
    );

    /// <summary>A chunk that is refused.</summary>
    public static readonly Rule CH3 = new(
        "CH3",
        Section("2"),
        Level.Must,
        "Whatever refuses BDAT, its octets are taken and thrown away before it is answered, and are never read as commands."
    );

    /// <summary>A transaction that failed.</summary>
    public static readonly Rule CH4 = new(
        "CH4",
        Section("2"),
        Level.May,
        "Behind a BDAT that was refused nothing is said of the transaction until RSET; with ours it is over."
    );

    /// <summary>No transaction.</summary>
    public static readonly Rule CH5 = new(
        "CH5",
        new Clause("RFC 5321", "4.1.4"),
        Level.Must,
        "BDAT without a transaction is out of order."
    );

    /// <summary>Behind the last chunk.</summary>
    public static readonly Rule CH6 = new("CH6", Section("2"), Level.Must, "BDAT behind the last chunk of a message draws 503.");

    /// <summary>No recipient: RFC 3030 has no sentence of it, and the 503 of RFC 5321 is for what cannot be processed.</summary>
    public static readonly Rule CH7 = new(
        "CH7",
        new Clause("RFC 5321", "4.1.4"),
        Level.Should,
        "BDAT in a transaction without an accepted recipient is refused."
    );

    /// <summary>DATA behind a chunk.</summary>
    public static readonly Rule CH8 = new("CH8", Section("2"), Level.Must, "DATA behind a chunk of the same transaction draws 503.");

    /// <summary>RCPT behind a chunk.</summary>
    public static readonly Rule CH9 = new(
        "CH9",
        Section("2"),
        Level.May,
        "Behind a chunk of the same transaction RCPT is out of order, or is served; all but BDAT, RSET, NOOP and QUIT may be out of order."
    );

    /// <summary>RSET.</summary>
    public static readonly Rule CH10 = new(
        "CH10",
        Section("2"),
        Level.Must,
        "RSET before the last chunk drops all chunks of the transaction."
    );

    /// <summary>DATA goes on.</summary>
    public static readonly Rule CH11 = new(
        "CH11",
        Section("2"),
        Level.Must,
        "A server that offers CHUNKING serves DATA as well, also in a session that has had BDAT."
    );

    /// <summary>No size.</summary>
    public static readonly Rule CH12 = new(
        "CH12",
        Section("2"),
        Level.Should,
        "BDAT whose size is no number is refused; a server that cannot tell how many octets follow may end the session."
    );

    private static readonly Doubt[] Doubts =
    [
        new(
            "Where is a session behind a BDAT that was refused, behind DATA that was refused for a chunk, and behind a BDAT that is out "
                + "of order?",
            "RFC 3030 2",
            "With ours the transaction is over, or was never begun, and 503 alone changes nothing; with others everything may be refused "
                + "until RSET, or the transaction goes on.",
            "The section calls it indeterminate three times, and wants RSET of the client. A tester says nothing of what comes before one."
        ),
        new(
            "What does BDAT draw without a recipient?",
            "RFC 3030 2, RFC 5321 3.3, 4.1.4",
            "503 from ours; 554 is no worse.",
            "The section gives no code, and DATA may draw either there."
        ),
        new(
            "What does a size draw that is no number, and what becomes of what follows?",
            "RFC 3030 2",
            "501, and what follows is read as commands; a server may also end the session. Where the number is legible and only what is "
                + "behind it is wrong, the octets are thrown away.",
            "Nothing says how many octets follow; a server that goes on may take mail data for commands, and one that ends the session "
                + "cannot."
        ),
        new(
            "Is a chunk of size 0 that is not the last one in order?",
            "RFC 3030 2",
            "Ours takes it; a tester never sends one.",
            "The grammar has it, and the text speaks of 0 for the last one only."
        ),
        new(
            "Is RCPT or EHLO served between two chunks?",
            "RFC 3030 2, RFC 5321 4.1.4",
            "RCPT draws 503 from ours, and a server that serves it breaks nothing; EHLO does what RSET does, as anywhere, and 503 breaks "
                + "nothing either.",
            "The section has the chunks sent when all replies to MAIL and RCPT have come, which binds the client."
        ),
        new(
            "May anything stand behind the last chunk in a group?",
            "RFC 3030 2, 4.2, RFC 2920 3.1",
            "No; other chunks may stand anywhere in one.",
            "The section speaks of chunks in the pipeline, and its example ends with the last one."
        ),
        new(
            "Are lines, dots and single CRs and LFs in a chunk looked at?",
            "RFC 3030 2, 3",
            "No: the octets are counted and handed on as they are.",
            "That the chunks of a text have lines with CRLF binds the client."
        ),
        new(
            "Does a chunk that is refused for its size draw 552 before it has come?",
            "RFC 3030 2",
            "No: behind its last octet, however many there are.",
            "The octets are taken and thrown away first; where that takes too long, the limits of time end the session."
        ),
    ];

    // Left out: what a client has to do; when a message is too large for a server to take at all, and what is done about a MIME type
    // that says binary where BODY did not (3), which no reply shows.

    /// <summary>CHUNKING as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(BDAT, Section("2"), Size, success: [250], failure: [450, 451, 452, 550, 552, 554], error: [501]);
            v.Command(BDATLAST, Section("2"), LastSize, success: [250], failure: [450, 451, 452, 550, 552, 554], error: [501]);
            v.State(CH1, CH2, CH3, CH4, CH5, CH6, CH7, CH8, CH9, CH10, CH11, CH12);
            v.Delivers(BDATLAST);
            v.MayBeGrouped(BDAT);
            v.Doubt(Doubts);
        },
        m =>
        {
            Command[] chunks = [BDAT, BDATLAST];
            List<Exchange> disordered =
            [
                .. m
                    .Vocabulary.Commands.Select(use => use.Command)
                    .Where(command =>
                        command is { Kind: InputKind.Line, OnRefuse.Count: 0 } && command != RSET && command != NOOP && command != QUIT
                    )
                    .Select(command => command / 503),
            ];
            m.Configure(Session)
                .OutOfOrder([503], CH5, chunks)
                .Tolerate(chunks.Select(chunk => chunk / 521), Closed, CH12)
                .MayAlsoLead(chunks.Select(chunk => chunk / 503), ChunksFailed, CH4);
            m.Configure(MailGiven).OutOfOrder([503, 554], CH7, chunks);
            m.Configure(RecipientsGiven)
                .Accept(BDAT, ChunksGiven, CH1, refused: CH4, refusedTo: Ready)
                .Accept(BDATLAST, Ready, CH2, refused: CH4, refusedTo: Ready);

            m.Configure(ChunksGiven).SubstateOf(Transaction)
                .Accept(BDAT, Stay, CH1, refused: CH4, refusedTo: Ready)
                .Accept(BDATLAST, Ready, CH2, refused: CH4, refusedTo: Ready)
                .OutOfOrder([503], CH8, [DATA], demands: CH8)
                .OutOfOrder([503], CH9, [RCPT])
                .Tolerate([RCPT / 250, RCPT / 251, .. Refusing(m, RCPT)], ChunksGiven, CH9)
                .Tolerate(disordered, ChunksGiven, CH9)
                .MayAlsoLead(disordered, ChunksFailed, CH4);

            LeaveOpen(m, CH4, chunks);
            m.Configure(ChunksFailed)
                .Tolerate([BDAT / 250], ChunksGiven, CH4)
                .Tolerate([BDATLAST / 250], Ready, CH4);

            m.Vocabulary.RefusalMoves(CH4, chunks);
        })
    {
        Extension = new ServiceExtension("CHUNKING", "mail data in chunks of octets that are counted", Section("2")),
        Properties =
        [
            Property.Only(
                "chunk-after-rcpt",
                Section("2"),
                "A chunk is taken only when a RCPT of the same transaction was accepted before.",
                what: Accepted(BDAT, BDATLAST),
                after: Accepted(RCPT),
                anewBehind: Accepted(RSET, HELO, Rfc5321.EHLO, BDATLAST, EndOfData)
            ),
            Property.Not(
                "no-DATA-behind-a-chunk",
                Section("2"),
                "DATA is not accepted behind a chunk of the same transaction.",
                what: Accepted(DATA),
                behind: Accepted(BDAT),
                until: In(Ready, Connected)
            ),
            Property.Never(
                "last-chunk-ends-transaction",
                Section("2"),
                "Behind the last chunk, accepted or not, no transaction is open and nothing is held.",
                Accepted(BDATLAST) & (In(Transaction) | Holds(ReversePath) | Holds(ForwardPath) | Holds(MailData))
            ),
            Property.Not(
                "no-chunk-survives-RSET",
                Section("2"),
                "What was given before RSET, HELO or EHLO is in no message that is handed over behind it.",
                what: Accepted(BDATLAST) & HeldMarked(MailData),
                behind: Accepted(RSET, HELO, Rfc5321.EHLO),
                until: PutsMarked & HoldsMarked(MailData)
            ),
            Property.Not(
                "no-chunk-lost",
                Section("2"),
                "A message is handed over with every chunk that was taken since its MAIL.",
                what: Accepted(BDATLAST) & !HeldMarked(MailData),
                behind: PutsMarked & HoldsMarked(MailData),
                until: Accepted(MAIL, SEND, SOML, SAML, RSET, HELO, Rfc5321.EHLO) | Refused(BDAT, BDATLAST)
            ),
        ],
    };

    // left to other servers: a transaction that is still open, or in which all is refused
    internal static void LeaveOpen(ProtocolMachine m, Rule rule, params Command[] chunks) =>
        m.Configure(ChunksFailed)
            .SubstateOf(Transaction)
            .Tolerate([MAIL / 250], MailGiven, rule)
            .Tolerate([RCPT / 250, RCPT / 251], RecipientsGiven, rule)
            .Tolerate([DATA / 354], ReceivingData, rule)
            .Tolerate(
                m.Vocabulary.Commands.Select(use => use.Command)
                    .Where(command => command.Kind is InputKind.Line && command != RSET)
                    .Select(command => command / 503),
                ChunksFailed,
                rule
            )
            .Tolerate(
                [.. Refusing(m, MAIL), .. Refusing(m, RCPT), .. Refusing(m, DATA), .. chunks.SelectMany(chunk => Refusing(m, chunk))],
                ChunksFailed,
                rule
            );

    // what refuses a command by its row
    private static IEnumerable<Exchange> Refusing(ProtocolMachine m, Command command) =>
        m.Vocabulary[command].Replies.Refusing.Where(code => code is not (421 or 503)).Select(code => command / code);
}
