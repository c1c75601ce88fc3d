using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 5321, Simple Mail Transfer Protocol (October 2008), without extensions, written as what it changes in RFC 821:
/// EHLO, what may come before a greeting, a server that is up but turns everybody away, the replies of its table 4.3.2,
/// and for each rule of RFC 821 where it stands now and how binding it is. What is not mentioned is as in Rfc821.cs.
/// </summary>
public static class Rfc5321
{
    private static Clause Section(string number) => new("RFC 5321", number);

    // ------------------------------------------------------------------ what is new: a command, two states, arguments

    /// <summary>EHLO: as HELO, also for the buffers, and the client knows of service extensions (4.1.1.1).</summary>
    public static readonly Command EHLO = new("EHLO", InputKind.Line, OnAccept: HELO.OnAccept, OnRefuse: HELO.OnRefuse);

    /// <summary>The greeting was 554: there is no SMTP service here, but the session goes on until QUIT (3.1).</summary>
    public static readonly State TurnedAway = new("TurnedAway", "554 has been sent, only QUIT is served");

    /// <summary>Some servers say 354 though there is no recipient; the end of data must then be refused (3.3).</summary>
    public static readonly State DataInVain = new("DataInVain", "354 has been sent without a recipient, the end of data must be refused");

    /// <summary>And some do before EHLO too.</summary>
    public static readonly State DataTooEarly = new("DataTooEarly", "354 has been sent before EHLO, the end of data must be refused");

    // what extensions may bring states for, so that others can speak of it: RFC 5321 itself asks nobody who it is
    /// <summary>The client has said who it is, and is believed.</summary>
    public static readonly Tag KnownClient = new("known-client", "the client has said who it is, and is believed");

    /// <summary>Nobody has said who the client is, in a session in which that can be said.</summary>
    public static readonly Tag UnknownClient = new("unknown-client", "nobody has said who the client is");

    /// <summary>The name or the address of the client (4.1.1.1).</summary>
    public static readonly Argument DomainOrLiteral = new("domain or address literal", "<domain or address literal>", Required: true);

    /// <summary>The reverse-path, and parameters of extensions (4.1.1.2).</summary>
    public static readonly Argument FromAndParameters = new(
        "reverse-path and parameters",
        "FROM:<reverse-path>[ <mail-parameters>]",
        Required: true
    );

    /// <summary>A forward-path or Postmaster without a domain, and parameters of extensions (4.1.1.3).</summary>
    public static readonly Argument ToAndParameters = new(
        "forward-path and parameters",
        "TO:<forward-path>[ <rcpt-parameters>]",
        Required: true
    );

    // ------------------------------------------------------------------ the replies, row by row (4.3.2); required: the minimum (4.5.1)

    // a row given here replaces that of RFC 821 whole, also for the lines of RFC 821's order
    private static void Replies(Vocabulary v)
    {
        var table = Section("4.3.2");
        v.Command(Connection, table, success: [220], error: [554]);
        v.Command(EHLO, table, DomainOrLiteral, success: [250], error: [504, 550, 502, 500], required: true); // 500: 4.1.4
        v.Command(HELO, table, Domain, success: [250], error: [504, 550, 502, 500], required: true);
        v.Command(MAIL, table, FromAndParameters, success: [250], error: [552, 451, 452, 550, 553, 503, 455, 555], required: true);
        v.Command(
            RCPT,
            table,
            ToAndParameters,
            success: [250, 251],
            error: [550, 551, 552, 553, 450, 451, 452, 503, 455, 555],
            required: true
        );
        v.Command(DATA, table, intermediate: [354], error: [503, 554], required: true);
        v.Command(EndOfData, table, success: [250], error: [552, 554, 451, 452, 450, 550]); // the second half of the row of DATA
        v.Command(RSET, table, success: [250], required: true);
        v.Command(VRFY, table, Text, success: [250, 251, 252], error: [550, 551, 553, 502, 504], required: true);
        v.Command(EXPN, table, Text, success: [250, 252], error: [550, 500, 502, 504]);
        v.Command(HELP, table, OptionalText, success: [211, 214], error: [502, 504]);
        v.Command(NOOP, table, OptionalText, success: [250], required: true);
        v.Command(QUIT, table, success: [221], required: true);

        // obsolete and optional: who still has SEND, SOML and SAML keeps to RFC 821 (F.6); TURN should not be used (F.1)
        v.Command(SEND, Section("F.6"), From, success: [250], error: [552, 451, 452, 502]);
        v.Command(SOML, Section("F.6"), From, success: [250], error: [552, 451, 452, 502]);
        v.Command(SAML, Section("F.6"), From, success: [250], error: [552, 451, 452, 502]);
        v.Command(TURN, Section("F.1"), success: [250], error: [502, 503]);

        // a line that is no command, or is too long for one, draws 500
        v.Command(Unknown, table, error: [500]);
        v.Command(Any, table, error: [421]);

        // 501 may answer anything that has something wrong with it; what a server need not have it may also not know
        v.AnyCommandMayDraw(501);
        v.OptionalCommandsMayDraw(500, 502);
        v.PlacedByTheOrder(503, 421);

        // the grammar of the arguments is that of 4.1.2 and 4.1.3; it is in src/SmtpModel.Protocol/Grammar
        v.ArgumentsFollow("Rfc5321");
    }

    // ------------------------------------------------------------------ the rules: where they stand now, and how binding they are

    /// <summary>EHLO beside HELO.</summary>
    public static readonly Rule E1 = new("E1", Section("4.1.1.1"), Level.Must, "EHLO opens the session as HELO does; both are served.");

    /// <summary>A server that is up and takes no mail.</summary>
    public static readonly Rule E2 = new("E2", Section("3.1"), Level.Must, "A receiver may greet with 554; it still waits for QUIT.");

    /// <summary>What it answers until then.</summary>
    public static readonly Rule E3 = new("E3", Section("3.1"), Level.Should, "After a 554 greeting all but QUIT draws 503.");

    /// <summary>RCPT too early.</summary>
    public static readonly Rule E4 = new("E4", Section("3.3"), Level.Must, "RCPT without MAIL draws 503.");

    /// <summary>DATA too early.</summary>
    public static readonly Rule E5 = new(
        "E5",
        Section("3.3"),
        Level.Must,
        "DATA without a recipient draws 503 or 554; a server that says 354 all the same refuses the end of data."
    );

    /// <summary>A transaction without a greeting: the MUST is the client's (4.1.1.1, 4.1.4).</summary>
    public static readonly Rule E6 = new(
        "E6",
        Section("4.1.4"),
        Level.Should,
        "MAIL (or SEND, SOML, SAML) before EHLO or HELO draws 503; a server that can process it may."
    );

    /// <summary>A transaction inside another: the MUST NOT is the client's (4.1.4).</summary>
    public static readonly Rule E7 = new(
        "E7",
        Section("4.1.4"),
        Level.Should,
        "MAIL (or SEND, SOML, SAML) inside a transaction draws 503; a server that can process it may, and then begins anew."
    );

    private static readonly Rule[] Rules =
    [
        // those of RFC 821; MUST unless another level is given
        O1 with
        {
            Clause = Section("4.1.4"),
            Asks = "EHLO or HELO opens the session.",
        },
        O2 with
        {
            Clause = Section("4.1.4"),
            Asks = "EHLO or HELO may come again later; it clears the buffers and resets the state as RSET does.",
        },
        O3 with
        {
            Clause = Section("4.1.4"),
            Asks = "An EHLO or HELO that is not acceptable draws 501, 500, 502 or 550 and leaves the state as it was.",
        },
        O4 with
        {
            Clause = Section("4.1.4"),
            Asks = "NOOP, HELP, EXPN and VRFY are in order at any time during a session and change nothing.",
        },
        O5 with
        {
            Clause = Section("4.1.4"),
            Asks = "A transaction is MAIL (or SEND, SOML, SAML), then one or more RCPT, then DATA, in that order.",
        },
        O6 with
        {
            Clause = Section("4.1.1.5"),
            Asks = "RSET draws 250, aborts the transaction and clears the buffers.",
        },
        O7 with
        {
            Clause = Section("4.1.4"),
            Asks = "A session may hold any number of transactions: where one has ended the next may begin.",
        },
        O8 with
        {
            Clause = Section("4.1.4"),
            Asks = "A transaction-beginning command whose argument is not acceptable draws 501; a refused one leaves the state as it was.",
        },
        O9 with
        {
            Clause = Section("4.1.4"),
            Asks = "A command of the transaction that cannot be processed where it comes draws 503 and leaves the state as it was.",
        },
        O10 with
        {
            Clause = Section("4.1.1.10"),
            Asks = "QUIT is in order at any time, draws 221, aborts an open transaction and ends the session.",
        },
        B1 with
        {
            Clause = Section("4.1.1"),
            Asks = "Reverse-path, forward-path and mail data have a buffer each, which each command sets, appends to, clears or keeps.",
        },
        B2 with
        {
            Clause = Section("4.1.1.4"),
            Asks = "The reply to the end of data finishes the transaction, whichever it is, and the buffers are cleared.",
        },
        S1 with
        {
            Clause = Section("2.4"),
            Asks = "A command line is a keyword in either case, a space and parameters if it has any, and CRLF.",
        },
        S2 with
        {
            Clause = Section("4.1.1"),
            Asks = "Which of the well-formed mailboxes are acceptable is for the receiving site to say.",
        },
        C with
        {
            Clause = Section("4.1.1"),
            Asks =
                "The commands are EHLO, HELO, MAIL, RCPT, DATA, RSET, VRFY, EXPN, HELP, NOOP, QUIT, and the obsolete SEND, SOML, SAML, "
                    + "TURN.",
        },
        M1 with
        {
            Clause = Section("4.5.1"),
            Asks = "EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT and VRFY are there in every receiver.",
        },
        G1 with
        {
            Clause = Section("3.1"),
            Asks = "The receiver speaks first: 220 when it serves.",
        },
        R1 with
        {
            Clause = Section("4.2.1"),
            Asks = "A command that draws 4yz or 5yz was not accepted: state and buffers stay.",
        },
        R2 with
        {
            Clause = Section("3.8"),
            Asks = "421 may come at any time; the receiver then closes the channel.",
        },
        R3 with
        {
            Clause = Section("4.2.4"),
            Level = Level.Should,
            Asks = "A line that is no command draws 500 and changes nothing.",
        },
        R4 with
        {
            Clause = Section("3.8"),
            Asks =
                "The receiver closes the channel only when it has answered QUIT, with 421, or when it has waited too long; not for a "
                    + "command it does not know.",
        },
        R5 with
        {
            Clause = Section("4.2"),
            Asks = "Every command draws exactly one reply.",
        },
        R6 with
        {
            Clause = Section("4.2"),
            Asks = "A reply's code has three digits, the first of them 2 to 5; each line ends with CRLF.",
        },
        H1 with
        {
            Clause = Section("4.1.4"),
            Level = Level.Should,
            Asks = "Before EHLO or HELO, NOOP, HELP, EXPN and VRFY are served normally.",
        },
        H2 with
        {
            Clause = Section("4.1.4"),
            Level = Level.Should,
            Asks = "Before EHLO or HELO, RSET is served normally; it does nothing.",
        },
        T1 with
        {
            Clause = Section("F.1"),
            Level = Level.May,
            Asks = "TURN should not be used; where it is, it reverses the roles as RFC 821 has it.",
        },
        // and new ones
        E1, E2, E3, E4, E5, E6, E7, .. ServiceOffers.Rules,
    ];

    // ------------------------------------------------------------------ the order of commands: what is added to RFC 821's

    private static void Order(ProtocolMachine m)
    {
        // Opening (added): a receiver without a service greets with 554 and waits for QUIT.
        m.Configure(Opening)
            .Permit([Connection / 554], TurnedAway, E2);
        m.Configure(TurnedAway).SubstateOf(Channel)
            .Accept(QUIT, Closed, E2, refused: R1)
            .Permit([Unknown / 500], Stay, E3)
            .Tolerate([Unknown / 503], TurnedAway, E3)
            .Otherwise([503], E3);

        // Session (added): EHLO is in order wherever HELO is.
        // Session (instead of 503 by O9): a transaction inside another, RCPT without MAIL, and DATA without a recipient, which may
        // draw 554 too, or what the server sees fit: 3.3 is a MAY.
        m.Configure(Session)
            .Accept(EHLO, Ready, O2, refused: O3)
            .OutOfOrder([503], E7, Beginning, demands: O9)
            .OutOfOrder([503], E4, [RCPT], demands: E4)
            .OutOfOrder([503, 554], E5, [DATA]);

        // Connected (added): EHLO, as HELO. RSET is served, which RFC 821 has out of order here.
        // Connected (instead of 503 by O1): a transaction without a greeting; as above for RCPT and DATA.
        m.Configure(Connected)
            .Accept(EHLO, Ready, E1, refused: O3)
            .Accept(RSET, Stay, H2, refused: R1)
            .OutOfOrder([503], E6, Beginning, demands: O9)
            .OutOfOrder([503], E4, [RCPT], demands: E4)
            .OutOfOrder([503, 554], E5, [DATA]);

        // left to other servers, ours never does it: a transaction that begins without a greeting, or in place of another
        Exchange[] begun = [.. Beginning.Select(command => command / 250)];
        m.Configure(Connected).Discourage(begun, MailGiven, E6);
        m.Configure(Transaction).Discourage(begun, MailGiven, E7);

        // DataInVain, DataTooEarly (left to other servers, ours never does it): 354 without a recipient, if the end of data is
        // then refused.
        m.Configure(Connected).Discourage([DATA / 354], DataTooEarly, E5);
        m.Configure(Ready).Discourage([DATA / 354], DataInVain, E5);
        m.Configure(MailGiven).Discourage([DATA / 354], DataInVain, E5);
        Exchange[] refusals = [EndOfData / 552, EndOfData / 554, EndOfData / 451, EndOfData / 452, EndOfData / 450, EndOfData / 550];
        m.Configure(DataInVain).SubstateOf(Channel).Permit(refusals, Ready, E5);
        m.Configure(DataTooEarly).SubstateOf(Channel).Permit(refusals, Connected, E5);

        // the greeting 554 is the third refusal that changes something
        m.Vocabulary.RefusalMoves(E2, Connection);
    }

    // ------------------------------------------------------------------ doubts

    private static Doubt In(string question, string sections, string reading, string reason) =>
        new(question, "RFC 5321 " + sections, reading, reason);

    private static readonly Doubt[] Doubts =
    [
        In(
            "Must a server refuse MAIL before EHLO or HELO, or is only the client bound?",
            "4.1.1.1 (a client MUST issue it), 4.1.4 (a session with transactions MUST first be initialised; 503 for what is out of order "
                + "\"to the degree that they cannot be processed\")",
            "The client is bound. A server should refuse; one that takes MAIL is not strict, and has begun a transaction.",
            "The MUST of 4.1.1.1 names the client, and 503 is a MUST only where the server cannot process what came; one that can breaks "
                + "no sentence of it. RFC 821 has no such words, and keeps its MUST."
        ),
        In(
            "Must a server refuse a second MAIL, or may it process it?",
            "4.1.4 (MUST NOT be sent; 503 for what cannot be processed), 3.3 and 4.1.1.2 (MAIL clears the buffers)",
            "It should refuse; one that takes it is not strict, and has to begin anew: where the old sender or recipients live on, it "
                + "fails.",
            "The MUST NOT is about sending. What MAIL does to the buffers is said without a condition, so that whoever takes it has "
                + "forgotten what was before."
        ),
        In(
            "Which code refuses what is out of order?",
            "4.1.4 (a 503 MUST be returned), 3.3 (RCPT without MAIL: MUST 503), 3.3 (DATA: MAY 503 or 554)",
            "503, but for DATA. Another code is a violation, 4yz most of all, though the state was kept; 421 is not, nor is 530.",
            "The sentences name the code. A temporary code tells the client to send the same again. 421 may come at any time, and 530 is "
                + "what extensions say when they want TLS or a password first."
        ),
        In(
            "Which code accepts QUIT and RSET?",
            "4.1.1.10 (MUST send 221), 4.1.1.5 (MUST send 250) against 4.3.2 (clients look at the first digit)",
            "These, and no other.",
            "Both sections say MUST and name the code; that clients have to bear with others does not allow them."
        ),
        In(
            "Is DATA without a recipient answered with 503, with 554, or with 354 and a refused end of data?",
            "3.3, 4.1.4",
            "Any of the three; ours says 503. A 354 whose end of data is accepted is a violation.",
            "3.3 allows both codes, and lets DATA fail at its end when the transaction was incomplete."
        ),
        In(
            "May DATA draw 503 though there are recipients?",
            "4.3.2 (503 in the row), 4.5.3.1.10",
            "Only after too many recipients, and fewer than 100 are never too many; so not here.",
            "4.5.3.1.10 names it for a limit on recipients; 4.5.3.1.8 forbids to refuse fewer than 100."
        ),
        In(
            "What does RSET before a greeting lead to?",
            "4.1.1.5, 4.1.4",
            "It stays in Connected.",
            "4.1.1.5 calls it a NOOP before EHLO. That it draws 250 is a MUST there and a SHOULD in 4.1.4: taken as a SHOULD."
        ),
        In(
            "Which codes refuse EHLO?",
            "4.1.4 (501, 500, 502, 550) against 4.3.2 (504, 550, 502; 500 is a violation for a required command)",
            "All of them.",
            "4.1.4 is about EHLO and names them."
        ),
        In(
            "Is VRFY required, though it may be answered with 502 or 252?",
            "4.5.1 against 3.5.2, 3.5.3, 7.3",
            "The command must be known; 252 or 502 answers it, 500 does not.",
            "4.3.2 calls 500 in reply to a required command a violation, and 7.3 asks for 252 of a server that has it disabled. That "
                + "3.5.3 names 500 beside 502 is for a server that is \"not in full compliance\", as it says itself."
        ),
        In(
            "Which of 250, 251 and 252 does VRFY draw?",
            "3.5.2, 3.5.3, 4.3.2",
            "Any: 250 when the user was verified, 251 when mail will be forwarded, 252 when the server cannot or will not tell.",
            "All are in the row and none changes anything."
        ),
        In(
            "Where is TURN in order?",
            "F.1",
            "As in RFC 821: after HELO or EHLO while no transaction is open; elsewhere 503, but a server that turns there breaks nothing.",
            "The section only says that it should not be used."
        ),
        In(
            "May EXPN draw 251 or 551?",
            "3.5.3 against 4.3.2",
            "Not strictly: they are not in its row.",
            "The row is the later and more precise statement."
        ),
        In(
            "May HELO give an address instead of a name?",
            "4.1.1.1 (helo = domain)",
            "Ours takes it; that is a choice of the site.",
            "Clients without a name have done so for long."
        ),
        In(
            "May VRFY have a mailbox as its argument, though String is an atom or a quoted string?",
            "4.1.1.6 and 4.1.2 against 3.5.1",
            "Yes.",
            "3.5.1 asks for local-part and domain to be understood."
        ),
        In("May 421 be the greeting?", "4.3.2 (not in its row), 3.8", "Yes.", "3.8 allows 421 at any time."),
        In(
            "Is NOOP, HELP, EXPN or VRFY in order before HELO or EHLO?",
            "4.1.4",
            "Yes; a server that says 503 is not strict.",
            "The section says SHOULD."
        ),
        In(
            "Which commands draw 503 after a 554 greeting?",
            "3.1",
            "All but QUIT, EHLO too; to a line that is no command 500 is as good.",
            "The section asks for 503 for every command that comes before QUIT, as a SHOULD."
        ),
        In(
            "May a site refuse Postmaster, as it may refuse any mailbox?",
            "2.3.5 (\"MUST be accepted if so used\"), 4.5.1 (MUST be supported; MAY be blocked \"in extreme cases\")",
            "Not without a domain, where it takes another recipient in the same breath; in one case of letters and not in the other not "
                + "at all. At a domain it is a remark.",
            "The sentences are about the server and name no exception but an attack, which would not let others in. Whether a domain is "
                + "one that the server provides mail service for is not seen from outside."
        ),
        In(
            "May a site refuse the null reverse-path?",
            "3.6.3 and 6.1 (notifications MUST be sent with it), 4.1.2 (Reverse-path), 4.5.5",
            "It is not strict when it does, with a code that is for policy; one that finds its form wrong fails.",
            "The MUST is about sending. RFC 1123 5.2.9 had one for the receiver (\"MUST be supported\"), which RFC 5321 replaces and does "
                + "not repeat."
        ),
        In(
            "Is 250 the only code that accepts EHLO and HELO?",
            "4.1.1.1 (\"250 OK\", ehlo-ok-rsp) against 4.3.2 (\"usual possible replies\"; clients look at the first digit)",
            "It should be; another 2yz is not strict.",
            "Grammar and prose name it, and no sentence says MUST, as there is one for RSET and QUIT."
        ),
        In(
            "What of a server that answers 250 to a line that is no command?",
            "4.2.4 (SHOULD 500), 4.1.5 and 2.2.2 (verbs that do not begin with X must be registered)",
            "It is not strict as long as nothing comes of it; where a word that only begins with a keyword does what the command does, it "
                + "fails by 2.4.",
            "A server may know commands of its own, and what is registered is not seen from outside. A command begins with its verb, and "
                + "what follows is separated from it by a space."
        ),
        In(
            "May QUIT come inside a transaction, though its mail is lost?",
            "4.1.1.10",
            "Yes; the transaction is aborted.",
            "The section says so; RFC 821 left it open."
        ),
    ];

    // What is asked of octets and of arguments is in Rfc5321Lines.cs and Rfc5321Arguments.cs.
    //
    // Not specified here: the syntax of arguments (4.1.2, 4.1.3) and the transparency of mail data (4.5.2), which src/SmtpModel.Protocol
    // holds; timeouts (4.5.3.2), which are settings of the session and the server; Postmaster (4.5.1), relaying, trace lines and notices
    // of failed
    // delivery (3.6, 4.4, 6), which belong to the site and to what takes the message over.

    /// <summary>RFC 5321 as a part of a profile; it goes on top of RFC 821.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            Replies(v);
            v.State(Rules);
            v.StateOfLines(Rfc5321Lines.Rules);
            v.StateOfLines(Rfc5321Arguments.Rules);
            foreach (var (rule, command) in Rfc5321Arguments.Keeping)
            {
                v.KeepsBuffers(rule, command);
            }

            v.AcceptanceDemands(O10, QUIT);
            v.AcceptanceDemands(O6, RSET);
            v.Conducts(new ConductRules(OneReply: R5, Form: R6, Closing: R4, Minimum: M1));
            v.Greets(EHLO);
            v.Lists(EHLO);
            v.SettleDoubts();
            v.Doubt(Doubts);
        },
        Order);
}
