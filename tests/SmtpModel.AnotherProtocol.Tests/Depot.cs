using SmtpModel.Machines;
using static SmtpModel.Machines.When;

namespace AnotherProtocol;

/// <summary>
/// A depot of goods, as small as a protocol with counted blocks can be: ENTER, then PUT with a number of octets behind it, again and
/// again; PUT with CLOSE at its end is another input of the same verb, and closes the crate.
/// </summary>
public static class Depot
{
    private static readonly DataBuffer Crate = new("crate");
    private static readonly State Start = new("Start", "nobody has come"),
        Outside = new("Outside", "nobody is in"),
        Inside = new("Inside", "a crate may be filled"),
        Filling = new("Filling", "something is in the crate", Crate),
        Over = new("Over", "it is over");
    private static readonly CountedBlock Goods = new(@"\A[0-9]{1,9}(?=\z| )");
    private static readonly Command Arrival = new("arrival", InputKind.Opening, [], []), ENTER = new("ENTER", InputKind.Line, [], []),
        QUIT = new("QUIT", InputKind.Line, [Clear], []), Unknown = new("unknown", InputKind.UnknownLine, [], []);

    /// <summary>Puts octets into the crate.</summary>
    public static readonly Command PUT = new("PUT", InputKind.Line, [new Effect(Crate, EffectKind.Append)], []) { Block = Goods };

    /// <summary>Puts the last octets into it, and closes it.</summary>
    public static readonly Command PUTCLOSE = new("PUT CLOSE", InputKind.Line, [Clear], [])
    {
        Variant = new CommandVariant("PUT", " CLOSE\\z"),
        Block = Goods,
    };

    private static readonly Rule D1 = Must("D1", "1", "Who is in may fill a crate."),
        D2 = Must("D2", "2", "What is out of order draws 503."),
        D3 = Must("D3", "3", "QUIT ends it.");

    private static Effect Clear => new(Crate, EffectKind.Clear);

    private static Rule Must(string id, string section, string asks) => new(id, new Clause("Depot", section), Level.Must, asks);

    private static Argument Of(string syntax, string pattern, string example) =>
        new("octets", syntax, Required: true) { Value = new ValueSyntax(syntax, pattern) { Valid = [example], Malformed = ["many"] } };

    /// <summary>The machine.</summary>
    public static readonly Profile Profile = new(
        "depot",
        "A depot",
        new ProfilePart(
            v =>
            {
                v.Command(Arrival, D1.Clause, success: [200]);
                v.Command(ENTER, D1.Clause, success: [200]);
                v.Command(PUT, D1.Clause, Of("<octets>", "[0-9]{1,9}", "5"), success: [200], failure: [501]);
                v.Command(PUTCLOSE, D1.Clause, Of("<octets> CLOSE", "[0-9]{1,9} CLOSE", "5 CLOSE"), success: [200], failure: [501]);
                v.Command(QUIT, D3.Clause, success: [200]);
                v.Command(Unknown, D2.Clause, error: [500]);
                v.State(D1, D2, D3);
                v.Delivers(PUTCLOSE);
            },
            m =>
            {
                m.Configure(Start).Permit([Arrival / 200], Outside, D1);
                m.Configure(Outside)
                    .Accept(ENTER, Inside, D1, refused: D2)
                    .Accept(QUIT, Over, D3, refused: D2)
                    .OutOfOrder([503], D2, [PUT, PUTCLOSE])
                    .Permit([Unknown / 500], null, D2);
                m.Configure(Inside)
                    .Accept(PUT, Filling, D1, refused: D2)
                    .Accept(PUTCLOSE, null, D1, refused: D2)
                    .Accept(QUIT, Over, D3, refused: D2)
                    .OutOfOrder([503], D2, [ENTER])
                    .Permit([Unknown / 500], null, D2);
                m.Configure(Filling)
                    .Accept(PUT, null, D1, refused: D2)
                    .Accept(PUTCLOSE, Inside, D1, refused: D2)
                    .Accept(QUIT, Over, D3, refused: D2)
                    .OutOfOrder([503], D2, [ENTER])
                    .Permit([Unknown / 500], null, D2);
                m.Configure(Over);
                m.Vocabulary.Bounds(Start, Over, QUIT);
            }
        )
    );

    /// <summary>What has to be true of every session.</summary>
    public static readonly Property EmptyBehindClose = Property.Never(
        "empty-behind-close",
        D1.Clause,
        "Nothing is in the crate when it has been closed.",
        Accepted(PUTCLOSE) & Holds(Crate)
    );
}
