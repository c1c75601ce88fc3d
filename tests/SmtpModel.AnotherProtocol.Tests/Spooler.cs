using SmtpModel.Machines;

namespace AnotherProtocol;

// a spooler that answers for each file: ADD names one, PRINT draws a reply for each of them, and none where there are none
public static class Spooler
{
    private static readonly DataBuffer Files = new("file");
    private static readonly State Opening = new("Opening", "no greeting yet"),
        Open = new("Open", "commands are read", Files),
        Closed = new("Closed", "it is over");
    private static readonly State Idle = new("Idle", "no file was named");
    private static readonly Command Greeting = new("greeting", InputKind.Opening, [], []),
        Unknown = new("unknown", InputKind.UnknownLine, [], []),
        END = new("END", InputKind.Line, [Clear], []);
    private static readonly Rule A = new(
        "A",
        new Clause("the manual", "1"),
        Level.Must,
        "ADD names a file, and PRINT draws a reply for each of them."
    );

    public static readonly Command ADD = new("ADD", InputKind.Line, [new Effect(Files, EffectKind.Append)], []);
    public static readonly Command PRINT = new("PRINT", InputKind.Line, [Clear], [Clear]);

    private static Effect Clear => new(Files, EffectKind.Clear);

    public static Profile Profile { get; } = Of(clears: true);

    // with a PRINT that stays where it is when it is refused, which the replies of two files cannot both be right about
    public static Profile Torn { get; } = Of(clears: false);

    private static Profile Of(bool clears) => new("spooler", "a spooler", new ProfilePart(
        v =>
        {
            v.State(A);
            foreach (var command in (Command[])[Greeting, ADD, END])
            {
                v.Command(command, A.Clause, success: [200], failure: command == ADD ? [500] : []);
            }

            v.Command(PRINT, A.Clause, success: [200], failure: [500]);
            v.Command(Unknown, A.Clause, error: [500]);
            v.AnswersForEach(PRINT, Files, A);
        },
        m =>
        {
            m.Configure(Opening).Permit([Greeting / 200], Idle, A);
            foreach (var state in (State[])[Idle, Open])
            {
                m.Configure(state).Accept(ADD, Open, A, refused: A).Permit([Unknown / 500], null, A).Permit([END / 200], Closed, A);
            }

            m.Configure(Idle).Permit([PRINT / 200, PRINT / 500], Idle, A);
            m.Configure(Open).Permit([PRINT / 200], Idle, A).Permit([PRINT / 500], clears ? Idle : null, A);
            m.Configure(Closed);
            m.Vocabulary.Bounds(Opening, Closed, END);
            m.Vocabulary.RefusalMoves(A, PRINT);
        }));
}
