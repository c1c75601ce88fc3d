using SmtpModel.Machines;
using static SmtpModel.Machines.When;

namespace AnotherProtocol;

// POP3 (RFC 1939). +OK is written 200, -ERR 500; 300 is no reply on the wire: QUIT was heard and is answered when UPDATE is done.
public static class Pop3
{
    private static readonly DataBuffer Name = new("mailbox name");
    private static readonly State Opening = new("Opening", "no greeting yet"), Open = new("Open", "commands are read"),
        Authorization = new("Authorization", "nobody is known"), Named = new("Named", "a name was given, no password yet", Name),
        Transaction = new("Transaction", "the maildrop is locked", Name),
        Update = new("Update", "messages are being removed"), Closed = new("Closed", "it is over");
    private static readonly Command Greeting = new("greeting", InputKind.Opening, [], []),
        Removal = new("removal", InputKind.Data, [], []),
        USER = Line("USER", new Effect(Name, EffectKind.Set)), PASS = new("PASS", InputKind.Line, [], [Clear]),
        STAT = Line("STAT"), LIST = Line("LIST"), RETR = Line("RETR"), DELE = Line("DELE"), NOOP = Line("NOOP"), RSET = Line("RSET"),
        QUIT = Line("QUIT", Clear), Unknown = new("unknown", InputKind.UnknownLine, [], []);
    private static readonly Rule S = Must("S", "3", "The server greets first; what is not in order draws -ERR."),
        A = Must("A", "4", "USER, then PASS."),
        T = Must("T", "5", "Once it is authorized, a session may look at the maildrop and mark messages."),
        U = Must("U", "6", "QUIT removes what is marked.");

    private static Effect Clear => new(Name, EffectKind.Clear);
    private static Command Line(string keyword, params Effect[] effects) => new(keyword, InputKind.Line, effects, []);
    private static Rule Must(string id, string section, string asks) => new(id, new Clause("RFC 1939", section), Level.Must, asks);

    public static readonly Profile Profile = new("pop3", "POP3, RFC 1939", new ProfilePart(
        v =>
        {
            foreach (var command in (Command[])[Greeting, USER, PASS, STAT, LIST, RETR, DELE, NOOP, RSET, Removal])
                v.Command(command, A.Clause, success: [200], failure: command == Greeting ? [] : [500]);
            v.Command(QUIT, U.Clause, success: [200], intermediate: [300]);
            v.Command(Unknown, S.Clause, error: [500]);
            v.State(S, A, T, U);
            v.PlacedByTheOrder(300);
        },
        m =>
        {
            m.Configure(Opening).Permit([Greeting / 200], Authorization, S);
            m.Configure(Open).OutOfOrder([500], S, [USER, PASS, STAT, LIST, RETR, DELE, NOOP, RSET])
                .Permit([Unknown / 500], null, S).Permit([QUIT / 200], Closed, U);
            m.Configure(Authorization).SubstateOf(Open).Accept(USER, Named, A, refused: A);
            m.Configure(Named).SubstateOf(Open).Accept(PASS, Transaction, A, refused: A, refusedTo: Authorization);
            var transaction = m.Configure(Transaction).SubstateOf(Open).Permit([QUIT / 300], Update, U);
            foreach (var command in (Command[])[STAT, LIST, RETR, DELE, NOOP, RSET]) transaction.Accept(command, null, T, refused: T);
            m.Configure(Update).Accept(Removal, Closed, U, refused: U, refusedTo: Closed);
            m.Configure(Closed);
            m.Vocabulary.Bounds(Opening, Closed, Removal);
            m.Vocabulary.RefusalMoves(A, PASS);
            m.Vocabulary.RefusalMoves(U, Removal);
        }));

    public static readonly Property LockedOnlyAfterPass = Property.Only("locked-after-pass", A.Clause,
        "Nobody sees a message before PASS.", what: Accepted(RETR), after: Accepted(PASS));
}
