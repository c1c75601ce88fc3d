using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 821, the Simple Mail Transfer Protocol (August 1982), as its receiver must keep it.
/// Read it from the top beside the RFC: buffers and states, commands (4.1.1, 4.1.2), replies (4.3), rules and order (4.1.1).
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

    // ------------------------------------------------------------------ the states, and the buffers held in each

#pragma warning disable CS1591 // each state says what it means in its own text
    public static readonly State Opening = new("Opening", "the channel is open, no greeting has been sent");
    public static readonly State Connected = new("Connected", "220 has been sent, no HELO yet");
    public static readonly State Ready = new("Ready", "HELO was accepted, no transaction is open");
    public static readonly State MailGiven = new("MailGiven", "a transaction is open, no recipient yet", ReversePath);
    public static readonly State RecipientsGiven = new("RecipientsGiven", "there is at least one recipient", ReversePath, ForwardPath);
    public static readonly State ReceivingData = new("ReceivingData", "354 has been sent, lines are mail data", ReversePath, ForwardPath, MailData);
    public static readonly State Closed = new("Closed", "the session is over, nothing is answered");

    // superstates say what holds in several
    public static readonly State Channel = new("Channel", "the channel is open: the receiver may close it with 421");
    public static readonly State Session = new("Session", "commands are read: some are in order at any time");
    public static readonly State Greeted = new("Greeted", "HELO was accepted");
    public static readonly State Transaction = new("Transaction", "what RSET aborts");
#pragma warning restore CS1591

    // ------------------------------------------------------------------ what a command does to the buffers (4.1.1)

    private static readonly Effect[] Nothing = [];
    private static readonly Effect[] ClearAll = [Clear(ReversePath), Clear(ForwardPath), Clear(MailData)];
    private static readonly Effect[] Begin = [.. ClearAll, new(ReversePath, EffectKind.Set)];

    private static Effect Clear(DataBuffer buffer) => new(buffer, EffectKind.Clear);

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

    // ------------------------------------------------------------------ the fourteen commands: keyword, buffers when accepted

#pragma warning disable CS1591 // each command is described by its row below
    public static readonly Command HELO = Line("HELO", ClearAll);
    public static readonly Command MAIL = Line("MAIL", Begin);
    public static readonly Command RCPT = Line("RCPT", new Effect(ForwardPath, EffectKind.Append));
    public static readonly Command DATA = Line("DATA", new Effect(MailData, EffectKind.Append));
    public static readonly Command RSET = Line("RSET", ClearAll);
    public static readonly Command SEND = Line("SEND", Begin);
    public static readonly Command SOML = Line("SOML", Begin);
    public static readonly Command SAML = Line("SAML", Begin);
    public static readonly Command VRFY = Line("VRFY", Nothing);
    public static readonly Command EXPN = Line("EXPN", Nothing);
    public static readonly Command HELP = Line("HELP", Nothing);
    public static readonly Command NOOP = Line("NOOP", Nothing);
    public static readonly Command QUIT = Line("QUIT", ClearAll);
    public static readonly Command TURN = Line("TURN", ClearAll);

    // and the inputs that are no command lines
    public static readonly Command Connection = new("connection", InputKind.Opening, Nothing, Nothing);
    public static readonly Command EndOfData = new("end of data", InputKind.Data, ClearAll, ClearAll);
    public static readonly Command Unknown = new("unknown", InputKind.UnknownLine, Nothing, Nothing);
    public static readonly Command Any = new("any", InputKind.Any, ClearAll, ClearAll);
#pragma warning restore CS1591

    private static Command Line(string keyword, params Effect[] whenAccepted) => new(keyword, InputKind.Line, whenAccepted, Nothing);

    // ------------------------------------------------------------------ the replies, row by row (4.3), and the minimum (4.5.1)

    private static void Replies(Vocabulary v)
    {
        var table = Section("4.3");
        v.ArgumentsFollow("Rfc821"); // 4.1.2
        v.Command(Connection, table, success: [220], failure: [421]);
        v.Command(HELO, table, Domain, success: [250], error: [500, 501, 504, 421], required: true);
        v.Command(MAIL, table, From, success: [250], failure: [552, 451, 452], error: [500, 501, 421], required: true);
        v.Command(RCPT, table, To, success: [250, 251], failure: [550, 551, 552, 553, 450, 451, 452], error: [500, 501, 503, 421], required: true);
        v.Command(DATA, table, intermediate: [354], failure: [451, 554], error: [500, 501, 503, 421], required: true);
        v.Command(EndOfData, table, success: [250], failure: [552, 554, 451, 452]);
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

        // a line that is no command draws 500 (4.2.1), an argument that is wrong 501, also where the row has no 501;
        // 421 may be given to any command (4.3), so its place is said once, at the superstate Channel
        v.Command(Unknown, Section("4.2.1"), error: [500]);
        v.Command(Any, table, error: [421]);
        v.AnyCommandMayDraw(501);
        v.OptionalCommandsMayDraw(500);
        v.PlacedByTheOrder(503, 421);
        v.FaultsDraw(new FaultReplies(Unrecognized: 500, NotAcceptable: 501, NotImplemented: 502, Closing: 421));
    }

    // ------------------------------------------------------------------ the rules (4.1.1), in our words

#pragma warning disable CS1591 // each rule says what it asks in its own text
    public static readonly Rule O1 = Must("O1", "HELO opens the session: before it no transaction can begin.");
    public static readonly Rule O2 = Must("O2", "HELO may come again later; it puts the session into its initial state and clears the buffers.");
    public static readonly Rule O3 = Must("O3", "A HELO that is refused leaves the state as it was.");
    public static readonly Rule O4 = Must("O4", "NOOP, HELP, EXPN and VRFY are in order at any time and change nothing.");
    public static readonly Rule O5 = Must("O5", "A transaction is MAIL (or SEND, SOML, SAML), then one or more RCPT, then DATA, in that order.");
    public static readonly Rule O6 = Must("O6", "RSET aborts the transaction and clears the buffers.");
    public static readonly Rule O7 = Must("O7", "A session may hold any number of transactions, one after the other.");
    public static readonly Rule O8 = Must("O8", "A transaction-beginning command that is refused leaves the state as it was.");
    public static readonly Rule O9 = Must("O9", "A command of the transaction that is out of order draws 503 and leaves the state as it was.");
    public static readonly Rule O10 = Must("O10", "QUIT ends the session and is its last command; nothing is answered after it.");
    public static readonly Rule B1 = Must("B1", "Reverse-path, forward-path and mail data have a buffer each, which each command sets, appends to, clears or keeps.");
    public static readonly Rule B2 = Must("B2", "The reply to the end of data finishes the transaction, whichever it is, and the buffers are cleared.");
    public static readonly Rule S1 = Must("S1", "A command line is a keyword of letters in either case, a space and parameters if it has any, and CRLF.");
    public static readonly Rule S2 = Must("S2", "What counts as an acceptable mailbox is for the receiving site to say.");
    public static readonly Rule C = new("C", Section("4.1"), Level.Must, "The fourteen commands are HELO, MAIL, RCPT, DATA, SEND, SOML, SAML, RSET, VRFY, EXPN, HELP, NOOP, QUIT, TURN.");
    public static readonly Rule G1 = new("G1", Section("4.3"), Level.Must, "The receiver speaks first: 220 when it is ready, 421 when it is not.");
    public static readonly Rule R1 = new("R1", Section("4.2"), Level.Must, "A command that draws 4yz or 5yz was not accepted: state and buffers stay.");
    public static readonly Rule R2 = new("R2", Section("4.3"), Level.Must, "421 may be the reply to anything; the receiver then closes the channel.");
    public static readonly Rule R3 = new("R3", Section("4.2.1"), Level.Must, "A line that is no command draws 500 and changes nothing.");
    public static readonly Rule T1 = new("T1", Section("3.8"), Level.Must, "TURN reverses the roles when it draws 250; 502 refuses to.");
#pragma warning restore CS1591

    private static Rule Must(string id, string asks) => new(id, Section("4.1.1"), Level.Must, asks);

    // ------------------------------------------------------------------ the order of commands (4.1.1)

    /// <summary>The commands that begin a transaction.</summary>
    public static readonly Command[] Beginning = [MAIL, SEND, SOML, SAML];

    private static void Order(ProtocolMachine m)
    {
        // Channel: whatever comes, the receiver may say 421 and close.
        m.Configure(Channel)
            .Permit([Any / 421], Closed, R2);

        // Opening: the receiver greets; with 421 it turns the sender away (any / 421, above).
        m.Configure(Opening).SubstateOf(Channel)
            .Permit([Connection / 220], Connected, G1);

        // Session: what is in order at any time. A transaction's commands are not: where no state below permits them, 503.
        m.Configure(Session).SubstateOf(Channel)
            .Accept(HELO, Ready, O2, refused: O3)
            .Accept(NOOP, null, O4, refused: R1)
            .Accept(HELP, null, O4, refused: R1)
            .Accept(EXPN, null, O4, refused: R1)
            .Accept(VRFY, null, O4, refused: R1)
            .Accept(QUIT, Closed, O10, refused: R1)
            .Permit([Unknown / 500], null, R3)
            .OutOfOrder([503], O9, [.. Beginning, RCPT, DATA]);

        // Connected: only HELO leads on. RSET and TURN have to wait for it too.
        m.Configure(Connected).SubstateOf(Session)
            .Accept(HELO, Ready, O1, refused: O3)
            .OutOfOrder([503], O1, [RSET, TURN, .. Beginning, RCPT, DATA]);

        // Greeted: RSET always leads back to Ready.
        m.Configure(Greeted).SubstateOf(Session)
            .Accept(RSET, Ready, O6, refused: R1)
            .OutOfOrder([503], T1, [TURN]);

        // Ready: MAIL, SEND, SOML or SAML begins a transaction. Roles can be turned only here.
        m.Configure(Ready).SubstateOf(Greeted)
            .Accept(MAIL, MailGiven, O5, refused: O8)
            .Accept(SEND, MailGiven, O5, refused: O8)
            .Accept(SOML, MailGiven, O5, refused: O8)
            .Accept(SAML, MailGiven, O5, refused: O8)
            .Accept(TURN, Closed, T1, refused: T1);

        // Transaction: first RCPT, then more RCPT or DATA; a second MAIL is out of order (503, above).
        m.Configure(Transaction).SubstateOf(Greeted);
        m.Configure(MailGiven).SubstateOf(Transaction)
            .Accept(RCPT, RecipientsGiven, O5, refused: R1);
        m.Configure(RecipientsGiven).SubstateOf(Transaction)
            .Accept(RCPT, RecipientsGiven, O5, refused: R1)
            .Accept(DATA, ReceivingData, O5, refused: R1);

        // ReceivingData: lines are mail data until the end of data, whose reply finishes the transaction either way.
        m.Configure(ReceivingData).SubstateOf(Channel)
            .Accept(EndOfData, Ready, O7, refused: B2, refusedTo: Ready);

        // Closed: nothing is answered any more.
        m.Configure(Closed);

        m.Vocabulary.Bounds(Opening, Closed, QUIT);
        m.Vocabulary.RefusalMoves(B2, EndOfData);
        m.Vocabulary.RefusalMoves(R2, Any);
    }

    // ------------------------------------------------------------------ doubts: where the RFC is silent or contradicts itself

    private static readonly Doubt[] Doubts =
    [
        new("Is NOOP, HELP, EXPN or VRFY in order before HELO?", "RFC 821 4.1.1 (first command) against 4.1.1 (at any time)",
            "Yes.", "The list of what may come at any time is the more specific sentence, and RFC 5321 4.1.4 reads it this way."),
        new("Is RSET in order before HELO?", "RFC 821 4.1.1",
            "No: 503.", "It is not among the commands that may come at any time, and there is nothing yet that it could abort. RFC 5321 4.1.4 changed this."),
        new("May MAIL draw 503?", "RFC 821 4.3 (no 503 in the row) against 4.1.1",
            "Yes, when it is out of order: before HELO or inside a transaction.", "4.1.1 demands 503 for every command of a transaction that is out of order; the row lists what a MAIL in order may draw."),
        new("Does a second MAIL restart the transaction, since it clears the buffers?", "RFC 821 4.1.1",
            "No: 503, and the transaction stays.", "The order is one beginning command, then RCPT, then DATA; RSET is how a transaction is aborted. RFC 5321 4.1.4 says so outright."),
        new("May QUIT come inside a transaction, though it may be used at no other time than last?", "RFC 821 4.1.1",
            "Yes; it aborts the transaction.", "That it is the last command binds the sender. The receiver has to answer it and close, and its row has no 503."),
        new("May 421 answer commands whose row does not list it (QUIT, TURN, the end of data)?", "RFC 821 4.3",
            "Yes.", "The text above the table allows 421 for any command."),
        new("May a command draw 501 though its row does not list it (NOOP, QUIT, TURN with an argument)?", "RFC 821 4.3 against 4.2.1",
            "Yes.", "They take no argument, so one that is there is a syntax error in the argument, and 501 is the code for it."),
        new("Is it 250 or 251 that VRFY draws for a user who is not local?", "RFC 821 3.3, 4.3",
            "Both are in the row; 251 says that the mail will be forwarded.", "The choice is the site's, so both are edges that change nothing."),
        new("Where is TURN in order?", "RFC 821 3.8, 4.1.1, 4.3",
            "After HELO while no transaction is open; 502 where the receiver does not turn. After 250 this session is over: the channel is the other role's.",
            "Its row lists 503, so there must be a place where it is out of order; turning in mid-transaction would lose it."),
        new("What does HELO do that is refused with 500 or 504?", "RFC 821 4.1.1 (only 501 is named)",
            "As with 501 the state stays.", "A refused command did not happen (4.2)."),
    ];

    /// <summary>RFC 821 as a part of a profile.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            Replies(v);
            v.State(O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, B1, B2, S1, S2, C, G1, R1, R2, R3, T1);
            v.Doubt(Doubts);
        },
        Order);
}
