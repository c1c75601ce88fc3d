using SmtpModel.Machines;
using static SmtpModel.Machines.When;

namespace AnotherProtocol;

/// <summary>
/// A vault, as small as a protocol with a challenge and an upgrade can be. Whoever comes may KNOCK, is asked for a word, and is known when
/// it is right; SHIELD secures the channel, and who was known before it is not known behind it. What one knows and whether the channel is
/// shielded stand beside the order, as regions.
/// </summary>
public static class Vault
{
    /// <summary>Nobody has said the word.</summary>
    public static readonly State Stranger = new("Stranger", "the word was not said");

    /// <summary>The word was right.</summary>
    public static readonly State Known = new("Known", "the word was right");

    /// <summary>Everybody can listen.</summary>
    public static readonly State Bare = new("Bare", "nothing is shielded");

    /// <summary>Nobody can.</summary>
    public static readonly State Shielded = new("Shielded", "the channel is shielded");

    /// <summary>Asks to be let in.</summary>
    public static readonly Command KNOCK = new("KNOCK", InputKind.Line, [], []);

    /// <summary>What is said to the challenge: a line that is no command.</summary>
    public static readonly Command Word = new("word", InputKind.Response, [], []);

    /// <summary>Upgrades the channel.</summary>
    public static readonly Command SHIELD = new("SHIELD", InputKind.Line, [], []);

    /// <summary>Takes something out, which only who is known may.</summary>
    public static readonly Command TAKE = new("TAKE", InputKind.Line, [], []);

    private static readonly Command Arrival = new("arrival", InputKind.Opening, [], []), QUIT = new("QUIT", InputKind.Line, [], []),
        Unknown = new("unknown", InputKind.UnknownLine, [], []);
    private static readonly State Start = new("Start", "nobody has come"),
        Hall = new("Hall", "commands are read"),
        Asked = new("Asked", "the word is waited for"),
        Over = new("Over", "it is over");
    private static readonly Rule V1 = Must("V1", "1", "Who knocks is asked for the word."),
        V2 = Must("V2", "2", "Only who is known takes anything."),
        V3 = Must("V3", "3", "SHIELD comes once, and nobody is known behind it."),
        V4 = Must("V4", "4", "QUIT ends it.");

    private static readonly Argument Said = new("word", "<word>", Required: true)
    {
        Value = new ValueSyntax("1*ALPHA", "[a-z]+") { Valid = ["sesame"], Malformed = ["12"] },
    };

    private static Rule Must(string id, string section, string asks) => new(id, new Clause("Vault", section), Level.Must, asks);

    private static void Describe(Vocabulary v)
    {
        v.Command(Arrival, V1.Clause, success: [200]);
        v.Command(KNOCK, V1.Clause, intermediate: [300], failure: [400]);
        v.Command(Word, V1.Clause, Said, success: [200], intermediate: [300], error: [501, 535]);
        v.Command(SHIELD, V3.Clause, success: [200], failure: [400]);
        v.Command(TAKE, V2.Clause, success: [200], failure: [400]);
        v.Command(QUIT, V4.Clause, success: [200]);
        v.Command(Unknown, V4.Clause, error: [500]);
        v.State(V1, V2, V3, V4);
        v.Secures(SHIELD);
        v.RefusalMoves(V1, Word);
    }

    // what is forgotten is left out where a test wants to see the property fail
    private static void Order(ProtocolMachine m, bool forgets)
    {
        m.Region("acquaintance", Stranger, Known);
        m.Region("shield", Bare, Shielded);
        m.Configure(Stranger).Permit([Word / 200], Known, V1).OutOfOrder([503], V2, [TAKE]);
        m.Configure(Known).OutOfOrder([503], V1, [KNOCK]);
        m.Configure(Bare).Permit([SHIELD / 200], Shielded, V3);
        m.Configure(Shielded).OutOfOrder([503], V3, [SHIELD]);
        if (forgets)
        {
            m.Forget([SHIELD / 200], V3);
        }

        m.Configure(Start).Permit([Arrival / 200], Hall, V1);
        m.Configure(Hall)
            .Continue(KNOCK, Asked, V1).Refuse(KNOCK, V1)
            .Accept(SHIELD, null, V3, refused: V3).Accept(TAKE, null, V2, refused: V2).Accept(QUIT, Over, V4, refused: V4)
            .Permit([Unknown / 500], null, V4);
        m.Configure(Asked).Complete(Word, Hall, V1).Continue(Word, null, V1).Refuse(Word, V1, Hall);
        m.Configure(Over);
        m.Vocabulary.Bounds(Start, Over, QUIT);
    }

    /// <summary>The machine.</summary>
    public static readonly Profile Profile = new("vault", "A vault", new ProfilePart(Describe, m => Order(m, forgets: true)));

    /// <summary>One that goes on knowing who was known before the shield.</summary>
    public static readonly Profile Mindful = new("vault", "A vault", new ProfilePart(Describe, m => Order(m, forgets: false)));

    /// <summary>What has to be true of every session.</summary>
    public static readonly IReadOnlyList<Property> Properties =
    [
        Property.Never("only-who-is-known-takes", V2.Clause, "A stranger takes nothing.", Accepted(TAKE) & WasIn(Stranger)),
        Property.Never(
            "nobody-is-known-behind-SHIELD",
            V3.Clause,
            "Who was known before the shield is a stranger behind it.",
            Accepted(SHIELD) & In(Known)
        ),
        Property.Never(
            "a-word-is-no-command",
            V1.Clause,
            "What is said to the challenge is not read as a command.",
            Answered() & WasIn(Asked) & !Answered(Word)
        ),
    ];
}
