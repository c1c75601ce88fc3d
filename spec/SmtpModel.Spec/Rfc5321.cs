using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 5321, Simple Mail Transfer Protocol (October 2008), without extensions, written as what it changes in RFC 821:
/// EHLO, what may come before a greeting, a server that is up but turns everybody away, the replies of its table 4.3.2,
/// and for each rule of RFC 821 where it stands now and how binding it is.
/// </summary>
public static class Rfc5321
{
    private static Clause Section(string number) => new("RFC 5321", number);

    // ------------------------------------------------------------------ what is new: a command, a state, arguments

    /// <summary>EHLO: as HELO, and the client knows of service extensions (4.1.1.1).</summary>
    public static readonly Command EHLO = new("EHLO", InputKind.Line, HELO.OnAccept, HELO.OnRefuse);

    /// <summary>The greeting was 554: there is no SMTP service here, but the session goes on until QUIT (3.1).</summary>
    public static readonly State TurnedAway = new("TurnedAway", "554 has been sent, only QUIT is served");

    /// <summary>The name or the address of the client (4.1.1.1).</summary>
    public static readonly Argument DomainOrLiteral = new("domain or address literal", "<domain or address literal>", Required: true);

    /// <summary>The reverse-path, and parameters of extensions (4.1.1.2).</summary>
    public static readonly Argument FromAndParameters = new("reverse-path and parameters", "FROM:<reverse-path>[ <mail-parameters>]", Required: true);

    /// <summary>A forward-path, and parameters of extensions (4.1.1.3).</summary>
    public static readonly Argument ToAndParameters = new("forward-path and parameters", "TO:<forward-path>[ <rcpt-parameters>]", Required: true);

    // ------------------------------------------------------------------ the replies, row by row (4.3.2), and the minimum (4.5.1)

    private static void Replies(Vocabulary v)
    {
        var table = Section("4.3.2");
        v.ArgumentsFollow("Rfc5321"); // 4.1.2, 4.1.3
        v.Command(Connection, table, success: [220], error: [554]);
        v.Command(EHLO, table, DomainOrLiteral, success: [250], error: [504, 550, 502], required: true);
        v.Command(HELO, table, Domain, success: [250], error: [504, 550, 502], required: true);
        v.Command(MAIL, table, FromAndParameters, success: [250], error: [552, 451, 452, 550, 553, 503, 455, 555], required: true);
        v.Command(RCPT, table, ToAndParameters, success: [250, 251], error: [550, 551, 552, 553, 450, 451, 452, 503, 455, 555], required: true);
        v.Command(DATA, table, intermediate: [354], error: [503, 554], required: true);
        v.Command(EndOfData, table, success: [250], error: [552, 554, 451, 452, 450, 550]);
        v.Command(RSET, table, success: [250], required: true);
        v.Command(VRFY, table, Text, success: [250, 251, 252], error: [550, 551, 553, 502, 504], required: true);
        v.Command(EXPN, table, Text, success: [250, 252], error: [550, 500, 502, 504]);
        v.Command(HELP, table, OptionalText, success: [211, 214], error: [502, 504]);
        v.Command(NOOP, table, OptionalText, success: [250], required: true);
        v.Command(QUIT, table, success: [221], required: true);

        // obsolete and optional (appendices F.1 and F.6): one who still has them keeps to RFC 821, where they take no parameters
        var obsolete = Section("F.6");
        v.Command(SEND, obsolete, From, success: [250], error: [552, 451, 452, 502]);
        v.Command(SOML, obsolete, From, success: [250], error: [552, 451, 452, 502]);
        v.Command(SAML, obsolete, From, success: [250], error: [552, 451, 452, 502]);
        v.Command(TURN, Section("F.1"), success: [250], error: [502, 503]);

        // 501 may answer anything that has something wrong with it, 500 only what need not be there (4.3.2);
        // 503 and 421 have their place in the order
        v.Command(Unknown, table, error: [500]);
        v.Command(Any, table, error: [421]);
        v.AnyCommandMayDraw(501);
        v.OptionalCommandsMayDraw(500, 502);
        v.PlacedByTheOrder(503, 421);
    }

    // ------------------------------------------------------------------ the rules: where they stand now, and how binding they are

    /// <summary>What may come before a greeting, and should then not draw 503.</summary>
    public static readonly Rule E1 = new("E1", Section("4.1.4"), Level.Should, "Before EHLO or HELO, NOOP, HELP, EXPN, VRFY and RSET are served normally.");

    /// <summary>EHLO beside HELO.</summary>
    public static readonly Rule E2 = new("E2", Section("4.1.1.1"), Level.Must, "EHLO opens the session as HELO does; both are served.");

    /// <summary>A server that is up and takes no mail.</summary>
    public static readonly Rule E3 = new("E3", Section("3.1"), Level.Must, "A receiver that greets with 554 still waits for QUIT.");

    /// <summary>What it answers until then.</summary>
    public static readonly Rule E4 = new("E4", Section("3.1"), Level.Should, "After a 554 greeting all but QUIT draws 503.");

    private static readonly Rule[] Rules =
    [
        O1 with { Clause = Section("4.1.4"), Asks = "EHLO or HELO opens the session: before it no transaction can begin." },
        O2 with { Clause = Section("4.1.4"), Asks = "EHLO or HELO may come again later; it does what RSET does." },
        O3 with { Clause = Section("4.1.4"), Asks = "An EHLO or HELO that is refused leaves the state as it was." },
        O4 with { Clause = Section("4.1.4"), Asks = "NOOP, HELP, EXPN and VRFY are in order at any time and change nothing." },
        O5 with { Clause = Section("4.1.4") },
        O6 with { Clause = Section("4.1.1.5"), Asks = "RSET is in order at any time, draws 250, aborts the transaction and clears the buffers." },
        O7 with { Clause = Section("4.1.4") },
        O8 with { Clause = Section("4.1.4") },
        O9 with { Clause = Section("4.1.4"), Asks = "A command of the transaction that cannot be processed where it comes draws 503 and leaves the state as it was." },
        O10 with { Clause = Section("4.1.1.10"), Asks = "QUIT is in order at any time, draws 221, aborts an open transaction and ends the session." },
        B1 with { Clause = Section("4.1.1") },
        B2 with { Clause = Section("4.1.1.4") },
        S1 with { Clause = Section("4.1.1"), Asks = "A command line is a keyword in either case, a space and parameters if it has any, and CRLF." },
        S2 with { Clause = Section("4.1.1"), Asks = "Which of the well-formed mailboxes are acceptable is for the receiving site to say." },
        C with { Clause = Section("4.5.1"), Asks = "EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY are there." },
        G1 with { Clause = Section("3.1"), Asks = "The receiver speaks first: 220 when it serves, 554 or 421 when it does not." },
        R1 with { Clause = Section("4.2.1") },
        R2 with { Clause = Section("3.8") },
        R3 with { Clause = Section("4.3.2"), Asks = "A line that is no command draws 500 and changes nothing; the channel stays open (3.8)." },
        T1 with { Clause = Section("F.1"), Level = Level.May },
        E1, E2, E3, E4,
    ];

    // ------------------------------------------------------------------ the order of commands: what is added to RFC 821's

    private static void Order(ProtocolMachine m)
    {
        // Opening: a receiver without a service greets with 554 and waits for QUIT.
        m.Configure(Opening)
            .Permit([Connection / 554], TurnedAway, E3);
        m.Configure(TurnedAway).SubstateOf(Channel)
            .Accept(QUIT, Closed, E3, refused: R1)
            .Permit([Unknown / 500], null, R3)
            .OutOfOrder([503], E4, [EHLO, HELO, .. Beginning, RCPT, DATA, RSET, VRFY, EXPN, HELP, NOOP, TURN]);

        // Session: EHLO is in order wherever HELO is. DATA out of order may draw 554 too (3.3).
        m.Configure(Session)
            .Accept(EHLO, Ready, O2, refused: O3)
            .OutOfOrder([503, 554], O9, [DATA]);

        // Connected: what should be served before a greeting, RSET among it.
        m.Configure(Connected)
            .Accept(EHLO, Ready, E2, refused: O3)
            .Accept(RSET, null, E1, refused: R1)
            .Accept(NOOP, null, E1, refused: R1)
            .Accept(HELP, null, E1, refused: R1)
            .Accept(EXPN, null, E1, refused: R1)
            .Accept(VRFY, null, E1, refused: R1)
            .OutOfOrder([503, 554], O1, [DATA]);

        m.Vocabulary.RefusalMoves(E3, Connection);
    }

    // ------------------------------------------------------------------ doubts

    private static readonly Doubt[] Doubts =
    [
        new("Must a server refuse MAIL before EHLO or HELO, or is only the client bound?", "RFC 5321 4.1.1.1 and 4.1.4 (session must be initialised first), 4.1.4 (503 when out of order)",
            "It must refuse: 503.", "A transaction in a session that was never initialised is out of order; RFC 821 4.1.1, which 4.1.4 carries on, says so for the receiver too."),
        new("Must a server refuse a second MAIL, or may it process it (out of order \"to the degree that they cannot be processed\")?", "RFC 5321 4.1.4, 3.3",
            "It must refuse: 503.", "The client must not send it, and a server that takes it changes the sender of a transaction whose recipients it has accepted."),
        new("Is DATA without a recipient answered with 503 or with 554?", "RFC 5321 3.3, 4.1.4",
            "Either; ours says 503.", "3.3 allows both codes for it; 503 is what 4.1.4 asks for in general."),
        new("What does RSET before a greeting lead to?", "RFC 5321 4.1.1.5, 4.1.4",
            "It stays in Connected.", "It clears the buffers, which are empty, and does not count as a greeting."),
        new("Is the session over for QUIT in a transaction though its mail is lost?", "RFC 5321 4.1.1.10",
            "Yes; the transaction is aborted.", "The section says so; RFC 821 left it open."),
        new("Which commands may draw 503 after a 554 greeting?", "RFC 5321 3.1",
            "All but QUIT, EHLO too.", "The section asks for 503 for every command that comes before QUIT, as a SHOULD."),
    ];

    /// <summary>RFC 5321 as a part of a profile; it goes on top of RFC 821.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            Replies(v);
            v.State(Rules);
            v.Doubt(Doubts);
        },
        Order);
}
