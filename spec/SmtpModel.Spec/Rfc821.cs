using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 821, the Simple Mail Transfer Protocol (August 1982), as its receiver must keep it. Read it beside the RFC, from the
/// top: buffers, states, arguments and commands (4.1.1, 4.1.2), replies (4.3), rules (4.1.1), order (4.1.1), doubts.
/// </summary>
public static class Rfc821
{
    private static Clause Section(string number) => new("RFC 821", number);

    // ------------------------------------------------------------------ the three buffers (4.1.1)

    /// <summary>Who the message comes from: the argument of MAIL, SEND, SOML or SAML.</summary>
    public static readonly DataBuffer ReversePath = new("reverse-path");

    /// <summary>Whom it goes to: the arguments of all RCPT of the transaction, in order.</summary>
    public static readonly DataBuffer ForwardPath = new("forward-path");

    /// <summary>The message: the lines between DATA and the end of data.</summary>
    public static readonly DataBuffer MailData = new("mail data");

    // ------------------------------------------------------------------ the states, what each means, the buffers held in it

#pragma warning disable CS1591 // each state says what it means in its own text
    public static readonly State Opening = new("Opening", "the channel is open, no greeting has been sent");
    public static readonly State Connected = new("Connected", "220 has been sent, no HELO yet");
    public static readonly State Ready = new("Ready", "HELO was accepted, no transaction is open");
    public static readonly State MailGiven = new("MailGiven", "a transaction is open, no recipient yet", ReversePath);
    public static readonly State RecipientsGiven = new("RecipientsGiven", "there is at least one recipient", ReversePath, ForwardPath);
    public static readonly State ReceivingData = new(
        "ReceivingData",
        "354 has been sent, lines are mail data",
        ReversePath,
        ForwardPath,
        MailData
    );
    public static readonly State Closed = new("Closed", "this receiver's session is over, it answers nothing");

    // Superstates say what holds in several states. They lie within each other like this:
    //
    //   Channel { Opening, Session { Connected, Greeted { Ready, Transaction { MailGiven, RecipientsGiven } } }, ReceivingData }
    //   Closed
    public static readonly State Channel = new("Channel", "the channel is open: the receiver may close it with 421");
    public static readonly State Session = new("Session", "commands are read: some are in order at any time");
    public static readonly State Greeted = new("Greeted", "HELO was accepted");
    public static readonly State Transaction = new("Transaction", "what RSET aborts");
#pragma warning restore CS1591

    // where a line of the order below says Stay, the session stays in the state it is in
    internal static State? Stay => null;

    // ------------------------------------------------------------------ what a command does to the buffers (4.1.1)

    private static readonly Effect[] Nothing = [];
    private static readonly Effect[] ClearAll = [Clear(ReversePath), Clear(ForwardPath), Clear(MailData)];
    private static readonly Effect[] Begin = [Clear(ReversePath), Clear(ForwardPath), Clear(MailData), Set(ReversePath)];

    private static Effect Clear(DataBuffer buffer) => new(buffer, EffectKind.Clear);

    private static Effect Set(DataBuffer buffer) => new(buffer, EffectKind.Set);

    private static Effect Append(DataBuffer buffer) => new(buffer, EffectKind.Append);

    // ------------------------------------------------------------------ the arguments (4.1.2)

    /// <summary>The name of the sending host.</summary>
    public static readonly Argument Domain = new("domain", "<domain>", Required: true);

    /// <summary>The reverse-path behind FROM:.</summary>
    public static readonly Argument From = new("reverse-path", "FROM:<reverse-path>", Required: true);

    /// <summary>A forward-path behind TO:.</summary>
    public static readonly Argument To = new("forward-path", "TO:<forward-path>", Required: true);

    /// <summary>A string that must be there.</summary>
    public static readonly Argument Text = new("string", "<string>", Required: true);

    /// <summary>A string that may be there.</summary>
    public static readonly Argument OptionalText = new("optional string", "[ <string>]", Required: false);

    // ------------------------------------------------------------------ the fourteen commands (4.1.2), and the buffers (4.1.1)

#pragma warning disable CS1591 // each command is described by its row below
    public static readonly Command HELO = Line("HELO", whenAccepted: ClearAll);
    public static readonly Command MAIL = Line("MAIL", whenAccepted: Begin);
    public static readonly Command RCPT = Line("RCPT", whenAccepted: Append(ForwardPath));
    public static readonly Command DATA = Line("DATA", whenAccepted: Append(MailData)); // from 354 on the buffer is being filled
    public static readonly Command RSET = Line("RSET", whenAccepted: ClearAll);
    public static readonly Command SEND = Line("SEND", whenAccepted: Begin);
    public static readonly Command SOML = Line("SOML", whenAccepted: Begin);
    public static readonly Command SAML = Line("SAML", whenAccepted: Begin);
    public static readonly Command VRFY = Line("VRFY", whenAccepted: Nothing);
    public static readonly Command EXPN = Line("EXPN", whenAccepted: Nothing);
    public static readonly Command HELP = Line("HELP", whenAccepted: Nothing);
    public static readonly Command NOOP = Line("NOOP", whenAccepted: Nothing);
    public static readonly Command QUIT = Line("QUIT", whenAccepted: ClearAll);
    public static readonly Command TURN = Line("TURN", whenAccepted: ClearAll);

    // and the inputs that are no command lines: the channel is opened; the mail data has ended; a line is no command; whatever comes
    public static readonly Command Connection = new("connection", InputKind.Opening, OnAccept: Nothing, OnRefuse: Nothing);
    public static readonly Command EndOfData = new("end of data", InputKind.Data, OnAccept: ClearAll, OnRefuse: ClearAll);
    public static readonly Command Unknown = new("unknown", InputKind.UnknownLine, OnAccept: Nothing, OnRefuse: Nothing);
    public static readonly Command Any = new("any", InputKind.Any, OnAccept: ClearAll, OnRefuse: ClearAll);
#pragma warning restore CS1591

    // a refused command line does nothing to the buffers
    private static Command Line(string keyword, params Effect[] whenAccepted) =>
        new(keyword, InputKind.Line, OnAccept: whenAccepted, OnRefuse: Nothing);

    // ------------------------------------------------------------------ the replies, row by row (4.3); required: the minimum (4.5.1)

    private static void Replies(Vocabulary v)
    {
        var table = Section("4.3");
        v.Command(Connection, table, success: [220], failure: [421]);
        v.Command(HELO, table, Domain, success: [250], error: [500, 501, 504, 421], required: true);
        v.Command(MAIL, table, From, success: [250], failure: [552, 451, 452], error: [500, 501, 421], required: true);
        v.Command(
            RCPT,
            table,
            To,
            success: [250, 251],
            failure: [550, 551, 552, 553, 450, 451, 452],
            error: [500, 501, 503, 421],
            required: true
        );
        v.Command(DATA, table, intermediate: [354], failure: [451, 554], error: [500, 501, 503, 421], required: true);
        v.Command(EndOfData, table, success: [250], failure: [552, 554, 451, 452]); // the second half of the row of DATA
        v.Command(RSET, table, success: [250], error: [500, 501, 504, 421], required: true);
        v.Command(SEND, table, From, success: [250], failure: [552, 451, 452], error: [500, 501, 502, 421]);
        v.Command(SOML, table, From, success: [250], failure: [552, 451, 452], error: [500, 501, 502, 421]);
        v.Command(SAML, table, From, success: [250], failure: [552, 451, 452], error: [500, 501, 502, 421]);
        v.Command(VRFY, table, Text, success: [250, 251], failure: [550, 551, 553], error: [500, 501, 502, 504, 421]);
        v.Command(EXPN, table, Text, success: [250], failure: [550], error: [500, 501, 502, 504, 421]);
        v.Command(HELP, table, OptionalText, success: [211, 214], error: [500, 501, 502, 504, 421]);
        v.Command(NOOP, table, success: [250], error: [500, 421], required: true);
        v.Command(QUIT, table, success: [221], error: [500], required: true);
        v.Command(TURN, table, success: [250], failure: [502], error: [500, 503]);

        // a line that is no command, or is too long for one, draws 500 (4.2.1)
        v.Command(Unknown, Section("4.2.1"), error: [500]);

        // 421 may be the reply to anything (the text above the table): its place is the superstate Channel, not each row
        v.Command(Any, table, error: [421]);

        // an argument that is wrong draws 501 (4.2.1), also where the row does not list it
        v.AnyCommandMayDraw(501);

        // the 503 and 421 of a row are no edges of its command: OutOfOrder says where 503 comes, Channel where 421 does
        v.PlacedByTheOrder(503, 421);

        // a site that wants TLS or a password first says so to whatever comes (RFC 3207 4, RFC 4954 6)
        v.ConditionsDraw(530);

        // what the receiver says to: a line that is no command, a wrong argument, a command it does not have; and when it closes
        v.FaultsDraw(new FaultReplies(Unrecognized: 500, NotAcceptable: 501, NotImplemented: 502, Closing: 421));

        // the grammar of the arguments is that of 4.1.2; it is in src/SmtpModel.Protocol/Grammar
        v.ArgumentsFollow("Rfc821");
    }

    // ------------------------------------------------------------------ the rules, in our words; RFC 821 knows no levels, all are MUST

#pragma warning disable CS1591 // each rule says what it asks in its own text
    public static readonly Rule O1 = Must("O1", "4.1.1", "HELO opens the session: before it no transaction can begin.");
    public static readonly Rule O2 = Must(
        "O2",
        "4.1.1",
        "HELO may come again later; it puts the session into its initial state and clears the buffers."
    );
    public static readonly Rule O3 = Must(
        "O3",
        "4.1.1",
        "A HELO whose argument is not acceptable draws 501; a refused HELO leaves the state as it was."
    );
    public static readonly Rule O4 = Must(
        "O4",
        "4.1.1",
        "NOOP, HELP, EXPN and VRFY are in order at any time during a session and change nothing."
    );
    public static readonly Rule O5 = Must(
        "O5",
        "4.1.1",
        "A transaction is MAIL (or SEND, SOML, SAML), then one or more RCPT, then DATA, in that order."
    );
    public static readonly Rule O6 = Must("O6", "4.1.1", "RSET aborts the transaction and clears the buffers.");
    public static readonly Rule O7 = Must(
        "O7",
        "4.1.1",
        "A session may hold any number of transactions: where one has ended the next may begin."
    );
    public static readonly Rule O8 = Must(
        "O8",
        "4.1.1",
        "A transaction-beginning command whose argument is not acceptable draws 501; a refused one leaves the state as it was."
    );
    public static readonly Rule O9 = Must(
        "O9",
        "4.1.1",
        "A command of the transaction that is out of order draws 503 and leaves the state as it was."
    );
    public static readonly Rule O10 = Must("O10", "4.1.1", "QUIT ends the session and is its last command; nothing is answered after it.");
    public static readonly Rule B1 = Must(
        "B1",
        "4.1.1",
        "Reverse-path, forward-path and mail data have a buffer each, which each command sets, appends to, clears or keeps."
    );
    public static readonly Rule B2 = Must(
        "B2",
        "4.1.1",
        "The reply to the end of data finishes the transaction, whichever it is, and the buffers are cleared."
    );
    public static readonly Rule S1 = Must(
        "S1",
        "4.1.2",
        "A command line is a keyword of letters in either case, spaces and parameters if it has any, and CRLF."
    );
    public static readonly Rule S2 = Must("S2", "4.1.1", "What counts as an acceptable mailbox is for the receiving site to say.");
    public static readonly Rule C = Must(
        "C",
        "4.1.2",
        "The fourteen commands are HELO, MAIL, RCPT, DATA, SEND, SOML, SAML, RSET, VRFY, EXPN, HELP, NOOP, QUIT, TURN."
    );
    public static readonly Rule M1 = Must("M1", "4.5.1", "HELO, MAIL, RCPT, DATA, RSET, NOOP and QUIT are there in every receiver.");
    public static readonly Rule G1 = Must("G1", "4.3", "The receiver speaks first: 220 when it is ready, 421 when it is not.");
    public static readonly Rule R1 = Must("R1", "Appendix E", "A command that draws 4yz or 5yz was not accepted: state and buffers stay.");
    public static readonly Rule R2 = Must("R2", "4.3", "421 may be the reply to anything; the receiver then closes the channel.");
    public static readonly Rule R3 = Must("R3", "4.2.1", "A line that is no command draws 500 and changes nothing.");
    public static readonly Rule R4 = Must("R4", "4.1.1", "The receiver closes the channel only when it has answered QUIT, or with 421.");
    public static readonly Rule R5 = Must("R5", "4.2", "Every command draws exactly one reply.");
    public static readonly Rule R6 = Must(
        "R6",
        "4.2",
        "A reply is a code of three digits, the first of them 2 to 5, and text; each of its lines ends with CRLF."
    );

    // before HELO the RFC contradicts itself (see the doubts), so a receiver that does otherwise breaks nothing
    public static readonly Rule H1 = May("H1", "4.1.1", "Before HELO, NOOP, HELP, EXPN and VRFY are served as at any time.");
    public static readonly Rule H2 = May("H2", "4.1.1", "Before HELO there is nothing for RSET to abort.");
    public static readonly Rule T1 = May("T1", "3.8", "TURN reverses the roles when it draws 250; 502 refuses to.");
#pragma warning restore CS1591

    private static Rule Must(string id, string section, string asks) => new(id, Section(section), Level.Must, asks);

    private static Rule May(string id, string section, string asks) => new(id, Section(section), Level.May, asks);

    // ------------------------------------------------------------------ the order of commands (4.1.1)

    /// <summary>The commands that begin a transaction.</summary>
    public static readonly Command[] Beginning = [MAIL, SEND, SOML, SAML];

    private static void Order(ProtocolMachine m)
    {
        // Where a state and the superstate around it both answer a command, the inner one counts. Where a state has a command
        // in order, what OutOfOrder says of it does not apply; "demands" names the rule that wants that very code of whoever
        // refuses. Tolerate: our receiver does not do this, but another one that does breaks nothing. Discourage: nor does ours
        // do this, and another one that does is not strict.

        // Channel: whatever comes, the receiver may say 421 and close.
        m.Configure(Channel)
            .Permit([Any / 421], Closed, R2);

        // Opening: the receiver greets with 220; with 421 it turns the sender away (any / 421, above).
        m.Configure(Opening).SubstateOf(Channel)
            .Permit([Connection / 220], Connected, G1);

        // Session: what is in order at any time. A transaction's commands are not: where no state below has them in order, 503.
        m.Configure(Session).SubstateOf(Channel)
            .Accept(HELO, Ready, O2, refused: O3)
            .Accept(NOOP, Stay, O4, refused: R1)
            .Accept(HELP, Stay, O4, refused: R1)
            .Accept(EXPN, Stay, O4, refused: R1)
            .Accept(VRFY, Stay, O4, refused: R1)
            .Accept(QUIT, Closed, O10, refused: R1)
            .Permit([Unknown / 500], Stay, R3)
            .OutOfOrder([503], O9, [MAIL, SEND, SOML, SAML, RCPT, DATA], demands: O9);

        // Connected: only HELO leads on. What is in order at any time is so here too; RSET and TURN wait for HELO.
        m.Configure(Connected).SubstateOf(Session)
            .Accept(HELO, Ready, O1, refused: O3)
            .Accept(NOOP, Stay, H1, refused: R1)
            .Accept(HELP, Stay, H1, refused: R1)
            .Accept(EXPN, Stay, H1, refused: R1)
            .Accept(VRFY, Stay, H1, refused: R1)
            .OutOfOrder([503], O1, [MAIL, SEND, SOML, SAML, RCPT, DATA], demands: O9)
            .OutOfOrder([503], H2, [RSET])
            .OutOfOrder([503], T1, [TURN])
            .Tolerate([RSET / 250], Connected, H2)
            .Tolerate([TURN / 250], Closed, T1);

        // Greeted: RSET leads back to Ready from everywhere.
        m.Configure(Greeted).SubstateOf(Session)
            .Accept(RSET, Ready, O6, refused: R1)
            .OutOfOrder([503], T1, [TURN]);

        // Ready: MAIL, SEND, SOML or SAML begins a transaction. Only here can the roles be turned.
        m.Configure(Ready).SubstateOf(Greeted)
            .Accept(MAIL, MailGiven, O5, refused: O8)
            .Accept(SEND, MailGiven, O5, refused: O8)
            .Accept(SOML, MailGiven, O5, refused: O8)
            .Accept(SAML, MailGiven, O5, refused: O8)
            .Accept(TURN, Closed, T1, refused: T1);

        // Transaction: first RCPT, then more RCPT or DATA. A second MAIL, or DATA too early, is out of order (503, at Session).
        m.Configure(Transaction).SubstateOf(Greeted)
            .Tolerate([TURN / 250], Closed, T1);
        m.Configure(MailGiven).SubstateOf(Transaction)
            .Accept(RCPT, RecipientsGiven, O5, refused: R1);
        m.Configure(RecipientsGiven).SubstateOf(Transaction)
            .Accept(RCPT, RecipientsGiven, O5, refused: R1)
            .Accept(DATA, ReceivingData, O5, refused: R1);

        // ReceivingData: lines are mail data until the end of data, whose reply finishes the transaction either way (B2);
        // in Ready the next may begin.
        m.Configure(ReceivingData).SubstateOf(Channel)
            .Accept(EndOfData, Ready, O7, refused: B2, refusedTo: Ready);

        // Closed: nothing is answered any more.
        m.Configure(Closed);

        // a session begins in Opening and is over in Closed, where QUIT leads it
        m.Vocabulary.Bounds(Opening, Closed, QUIT);

        // the only refusals that change something: the end of data finishes the transaction, and 421 closes
        m.Vocabulary.RefusalMoves(B2, EndOfData);
        m.Vocabulary.RefusalMoves(R2, Any);
    }

    // ------------------------------------------------------------------ doubts: where the RFC is silent or contradicts itself

    private static Doubt In(string question, string sections, string reading, string reason) =>
        new(question, "RFC 821 " + sections, reading, reason);

    private static readonly Doubt[] Doubts =
    [
        In(
            "Is NOOP, HELP, EXPN or VRFY in order before HELO?",
            "4.1.1 (HELO is the first command in a session) against 4.1.1 (they may come at any time during one)",
            "Yes; a receiver that says 503 breaks nothing (H1).",
            "The list of what may come at any time is the more specific sentence. RFC 5321 4.1.4 made it a SHOULD."
        ),
        In(
            "Is RSET in order before HELO?",
            "4.1.1",
            "No: 503; a receiver that says 250 breaks nothing (H2).",
            "It is not among the commands that may come at any time; but its own paragraph asks for 250 and its row has no 503. RFC 5321 "
                + "4.1.1.5 settled it the other way."
        ),
        In(
            "Is QUIT in order before HELO?",
            "4.1.1 (HELO is the first command) against 4.1.1 (QUIT)",
            "Yes.",
            "The receiver has to answer it and close, and its row has no 503; there is no other way to leave in order."
        ),
        In(
            "May MAIL, SEND, SOML or SAML draw 503?",
            "4.3 (no 503 in their rows) against 4.1.1",
            "Yes, when they are out of order: before HELO or inside a transaction.",
            "4.1.1 demands 503 for every command of a transaction that is out of order; a row lists what the command may draw when it is "
                + "in order."
        ),
        In(
            "Does a second MAIL restart the transaction, since it clears the buffers?",
            "4.1.1",
            "No: 503, and the transaction stays.",
            "The order is one beginning command, then RCPT, then DATA; RSET is how a transaction is aborted."
        ),
        In(
            "May QUIT come inside a transaction, though it may be used at no other time than last?",
            "4.1.1",
            "Yes; it aborts the transaction and clears the buffers.",
            "That it is the last command binds the sender. The receiver has to answer it and close; a channel that closes acts as RSET "
                + "does."
        ),
        In(
            "May 421 answer commands whose row does not list it (QUIT, TURN, the end of data)?",
            "4.3",
            "Yes.",
            "The text above the table allows 421 for any command."
        ),
        In(
            "May the receiver send 421 without a command, for instance when it has waited too long?",
            "4.3 (421 is a reply to a command)",
            "Yes.",
            "It has to be able to close; whoever reads it takes it for the reply to the command sent next. RFC 5321 3.8 says so."
        ),
        In(
            "May a command draw 501 though its row does not list it (NOOP, QUIT, TURN with an argument)?",
            "4.3 against 4.2.1",
            "Yes.",
            "They take no argument, so one that is there is a syntax error in the argument, and 501 is the code for it."
        ),
        In(
            "May RSET, NOOP and QUIT be refused (500, RSET also 504)?",
            "4.3 against 4.1.1 (the receiver must send an OK reply) and 4.5.1",
            "The row counts: it is an error reply to a line that was not understood, and nothing changes.",
            "4.3 asks for strict adherence to the table."
        ),
        In(
            "What does a user who is not local draw from VRFY, 250 or 251?",
            "3.3, 4.3",
            "250 when the user was verified, 251 when mail will be forwarded; a tester cannot know which, so either.",
            "Both are in the row and neither changes anything."
        ),
        In(
            "Where is TURN in order?",
            "3.8, 4.1.1, 4.3",
            "After HELO while no transaction is open; elsewhere 503, but a receiver that turns there breaks nothing (T1). After 250 this "
                + "receiver's session is over: it now waits for a greeting on the same channel.",
            "Its row lists 503, so there is a place where it is out of order, but no sentence says which; in mid-transaction it would "
                + "lose the transaction."
        ),
        In(
            "What does a HELO do that is refused with 500 or 504?",
            "4.1.1 (only 501 is named)",
            "As with 501 the state stays.",
            "A refused command did not happen (Appendix E)."
        ),
        In(
            "Is one space between keyword and argument required, or are more allowed?",
            "4.1.1 against 4.1.2",
            "One or more.",
            "4.1.2 is about syntax and says so in words."
        ),
        In(
            "Is the null reverse-path a path?",
            "3.6 and 4.1.1 (it may be null) against 4.1.2 (no such path in the grammar)",
            "Yes, for a reverse-path.",
            "Two sections use it; the grammar forgot it."
        ),
        In(
            "May the string of VRFY and EXPN hold spaces?",
            "3.3 (a user's name) against 4.1.2 (string without spaces)",
            "Yes.",
            "The examples of 3.3 verify names of people; a receiver that takes less refuses it with 550 or 553."
        ),
    ];

    // What is asked of octets is in Rfc821Lines.cs.
    //
    // Not specified here: what a reply says (3.3, 4.2.1), the syntax of arguments (4.1.2) and the transparency of mail data (4.5.2),
    // which src/SmtpModel.Protocol holds; relaying, time stamps and notices of failed delivery (3.6, 4.1.1 DATA), which belong to what
    // takes the message over.

    /// <summary>RFC 821 as a part of a profile.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            Replies(v);
            v.State(O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, B1, B2, S1, S2, C, M1, G1, R1, R2, R3, R4, R5, R6, H1, H2, T1);
            v.StateOfLines(Rfc821Lines.Rules);
            v.Conducts(new ConductRules(OneReply: R5, Form: R6, Closing: R4, Minimum: M1));
            v.Greets(HELO);
            v.Doubt(Doubts);
        },
        Order);
}
