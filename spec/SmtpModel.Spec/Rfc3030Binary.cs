using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 3030 3, BINARYMIME (December 2000): a message of any octets, begun with BODY=BINARYMIME and sent by BDAT only.</summary>
public static class Rfc3030Binary
{
    private static readonly Clause Section3 = new("RFC 3030", "3");

    // behind the path, in which a quoted string may spell it
    private const string Marked = "(?i)\\A[^\"<>]*<(?:[^\"<>]|\"(?:[^\"\\\\]|\\\\.)*\")*>(?: [^ ]+)*? BODY=BINARYMIME(?= |\\z)";

    /// <summary>MAIL with BODY=BINARYMIME: MAIL in all else.</summary>
    public static readonly Command BINARYMAIL = new("MAIL BINARYMIME", InputKind.Line, MAIL.OnAccept, MAIL.OnRefuse)
    {
        Variant = new CommandVariant(MAIL.Name, Marked) { Mark = "BODY=BINARYMIME" },
    };

    // what a session knows of the message that is being given
#pragma warning disable CS1591 // each state says what it means in its own text, each rule what it asks
    public static readonly State Textual = new("Textual", "no message of any octets is begun");
    public static readonly State Binary = new("Binary", "the transaction was begun with BODY=BINARYMIME");

    public static readonly Rule BM1 = new("BM1", Section3, Level.Must, "A server that offers BINARYMIME takes MAIL with BODY=BINARYMIME.");
    public static readonly Rule BM2 = new("BM2", Section3, Level.Must, "DATA behind MAIL with BODY=BINARYMIME draws 503.");
    public static readonly Rule BM3 = new(
        "BM3",
        Section3,
        Level.Must,
        "BODY=BINARYMIME is said of one message, and is forgotten with its transaction."
    );
    public static readonly Rule BM4 = new("BM4", Section3, Level.Must, "BINARYMIME is offered only together with CHUNKING.");
    public static readonly Rule BM5 = new("BM5", Section3, Level.Must, "The keyword BINARYMIME stands alone.");
#pragma warning restore CS1591

    /// <summary>The value that makes it another input; RFC 6152 has the others.</summary>
    public static readonly Parameter BODY = new("BODY", [BINARYMAIL],
        new ValueSyntax("\"BINARYMIME\"", "(?i)BINARYMIME") { Valid = ["BINARYMIME", "binarymime"] }, Taken: BM1);

    private static readonly Doubt[] Doubts =
    [
        new("Where is a session behind DATA that drew 503 for BODY=BINARYMIME?", "RFC 3030 3",
            "With ours the transaction goes on; with others everything may be refused until RSET. A tester says nothing of what comes "
                + "before one.",
            "The section calls the state indeterminate, and wants RSET of the client."
        ),
        new(
            "What does DATA draw behind BODY=BINARYMIME where no recipient was taken?",
            "RFC 3030 3, RFC 5321 3.3",
            "503 from ours; 554 is no worse.",
            "Both sentences hold: one has 503 for BINARYMIME, the other 503 or 554 for want of a recipient."
        ),
        new(
            "Is BODY=BINARYMIME taken by a server that offers BINARYMIME without 8BITMIME?",
            "RFC 3030 3",
            "Yes; 7BIT and 8BITMIME are not there then.",
            "The section takes the parameter from the other standard and adds a value; it does not ask for the other keyword."
        ),
    ];

    // Left out: that all bits are kept (3), which is seen only where the message is delivered; what a relay makes of such a message.

    /// <summary>BINARYMIME as a part of a profile; it goes on top of RFC 5321, with CHUNKING.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Inherits(BINARYMAIL, Section3);
            v.State(BM1, BM2, BM3, BM4, BM5);
            v.Parameter(BODY);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Region("body", Textual, Binary);
            m.Configure(Textual).Permit(Accepting(m, BINARYMAIL), Binary, BM1);
            m.Configure(Binary)
                .OutOfOrder([503], BM2, [DATA], demands: BM2)
                .Permit([.. Accepting(m, MAIL), .. Ending(m)], Textual, BM3);
            if (m.Vocabulary.Commands.Any(use => use.Command == Rfc3030.BDAT))
            {
                m.Configure(Binary).MayAlsoLead([DATA / 503], Rfc3030.ChunksFailed, BM2);
            }
        })
    {
        Extension = new ServiceExtension("BINARYMIME", "a message of any octets", Section3)
        {
            Form = BM5,
            Needs = new Dictionary<string, Rule> { ["CHUNKING"] = BM4 },
        },
        Properties =
        [
            Property.Not("no-DATA-for-binary", Section3, "DATA is not accepted behind MAIL with BODY=BINARYMIME.",
                what: Accepted(DATA), behind: Accepted(BINARYMAIL), until: In(Ready, Connected)),
            Property.Never("binary-ends-with-the-transaction", Section3, "Nothing is known to be binary where no transaction is open.",
                In(Binary) & !In(Transaction)),
        ],
    };

    private static IEnumerable<Exchange> Accepting(ProtocolMachine m, Command command) =>
        m.Vocabulary[command].Replies.Accepting.Select(code => command / code);

    // what ends a transaction: what clears all that was given, and any reply to a chunk that is the last one or is refused
    private static IEnumerable<Exchange> Ending(ProtocolMachine m) => m.Vocabulary.Commands.Select(use => use.Command)
        .Where(command => command.Kind is InputKind.Line && command.OnAccept.Count > 0)
        .SelectMany(command => m.Vocabulary[command].Replies.All.Select(code => command / code))
        .Where(exchange => exchange.Effects.Count > 0 && exchange.Effects.All(effect => effect.Kind is EffectKind.Clear));
}
