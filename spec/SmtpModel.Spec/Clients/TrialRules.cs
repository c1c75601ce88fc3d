using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// What the standards ask of clients and what only shows where a server answers in an unusual way on purpose: how replies are read, and
/// what becomes of the message. They go on where <see cref="ClientRules"/> end.
/// </summary>
public static class TrialRules
{
#pragma warning disable CS1591 // each rule says what it asks in its own text
    // ------------------------------------------------------------------ how replies are read

    public static readonly Rule AnyText = In5321(
        "K35",
        "4.2",
        Level.Must,
        "A client goes by the code of a reply and takes any text behind it, also none."
    );
    public static readonly Rule FirstDigit = In5321(
        "K36",
        "4.3.2",
        Level.Must,
        "A client takes a code that it does not know by its first digit."
    );
    public static readonly Rule WholeReply = In5321(
        "K37",
        "4.2.1",
        Level.Must,
        "A client reads a reply to the end of its last line, in however many lines and pieces it comes."
    );
    public static readonly Rule Patience = In5321(
        "K38",
        "4.5.3.2",
        Level.Should,
        "A client waits for minutes before it gives a reply up."
    );
    public static readonly Rule Accepting = In5321(
        "K39",
        "4.3.2",
        Level.Should,
        "A client takes each reply of the row that accepts a command as one that does."
    );

    // ------------------------------------------------------------------ what becomes of the message

    public static readonly Rule Report = In5321("K40", "2.1", Level.Must, "A client hands a message over, or reports that it could not.");
    public static readonly Rule Some = In5321(
        "K41",
        "2.1",
        Level.May,
        "A client that sends to the accepted recipients only tells of the others."
    );
    public static readonly Rule Once = In5321(
        "K42",
        "4.2.5",
        Level.Must,
        "What a server has accepted with 2yz behind the end of data is not sent to it again."
    );
    public static readonly Rule Taken = In5321(
        "K43",
        "4.2.5",
        Level.Should,
        "A message that was accepted with 2yz behind the end of data is handed over, whatever comes behind it."
    );
    public static readonly Rule Again = In5321(
        "K44",
        "4.2.1",
        Level.Should,
        "A request that drew 5yz is not repeated as it is in the same sequence."
    );
    public static readonly Rule LostChannel = In5321(
        "K45",
        "3.8",
        Level.Should,
        "A client takes a channel that is lost as if 451 had come."
    );
    public static readonly Rule Later = In5321("K49", "4.2.1", Level.Should, "A client with a queue tries again what drew 4yz only.");
    public static readonly Rule TooMany = In5321(
        "K50",
        "4.5.3.1.10",
        Level.Should,
        "A client with a queue takes a 552 that says that there are too many recipients as if 452 had come."
    );
    public static readonly Rule Ends = In5321("K46", "4.5.3.2", Level.Should, "A client that has nothing to wait for comes to an end.");

    // ------------------------------------------------------------------ octets

    public static readonly Rule Dots = In5321(
        "K47",
        "4.5.2",
        Level.Must,
        "A line of the message that begins with a dot is sent with one more."
    );

    // ------------------------------------------------------------------ TLS

    public static readonly Rule Demanded = new("K48", new Clause("RFC 3207", "6"), Level.Must,
        "A client that is told to demand TLS hands nothing over without it.");
    public static readonly Rule Secret = new("K51", new Clause("RFC 3207", "6"), Level.Must,
        "A client that is told to demand TLS gives no password away without it.");

    // ------------------------------------------------------------------ logins

    public static readonly Rule Unknown = new("K52", new Clause("RFC 4954", "6"), Level.May,
        "A client whose login was refused tells of it, where its message is taken without one too.");

    // ------------------------------------------------------------------ LMTP

    public static readonly Rule EachReply = new("K54", new Clause("RFC 2033", "4.2"), Level.Must,
        "A client of LMTP waits behind the final dot for a reply for each accepted recipient, and takes each for that recipient alone.");
#pragma warning restore CS1591

    /// <summary>All of them, by their numbers.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [
            AnyText, FirstDigit, WholeReply, Patience, Accepting, Report, Some, Once, Taken, Again, LostChannel, Ends, Dots, Demanded,
            Later, TooMany, Secret, Unknown, EachReply,
        ];

    /// <summary>Where the words leave something open.</summary>
    public static IReadOnlyList<Doubt> Doubts { get; } =
    [
        new("Must a client report what it could not hand over?", "RFC 5321 2.1, 4.2.5",
            "Yes, as binding as a MUST: nobody else knows that the message is lost.",
            "The section says what a client is responsible for, without a word in capitals."),
        new("Must a client not send again what was accepted?", "RFC 5321 4.2.5",
            "Yes, as binding as a MUST.",
            "The section says that the server has taken the responsibility, so that the client has nothing left to send."),
        new("May a client report as failed what was accepted, because QUIT went wrong?", "RFC 5321 4.2.5, 4.1.1.10",
            "It should not: whoever reads it sends the message again.", "No sentence forbids it."),
        new("May a client send to those recipients that were accepted?", "RFC 5321 3.3, 4.2.5",
            "Yes, and it may give up as well. Whether the others were told of cannot be seen from an exit status alone, so it is a "
                + "remark.",
            "Nothing is said of how a client tells its user."),
        new("May a client go on with HELO, RSET, QUIT or nothing behind a refusal?", "RFC 5321 4.1.4, 4.2.1",
            "Yes, whichever it is.", "The text leaves it open."),
        new("Must a client take 251 to RCPT as accepted?", "RFC 5321 3.4, 4.3.2",
            "It should: the row has it as success. A client may be told to refuse it.",
            "3.4 lets a client have a policy of its own on addresses that have changed."),
        new("Must a client try again behind 4yz?", "RFC 5321 4.5.4.1", "Only where it has a queue; telling of it is enough.",
            "The section is about clients that queue."),
        new("May a client send its message where its login was refused?", "RFC 4954 4, 6",
            "Yes; where a login is demanded the server says 530, and the message is not sent.", "No sentence forbids it."),
        new("May a client with a queue keep what drew 5yz?", "RFC 5321 4.2.1, 4.5.4.1",
            "It should not, where a command of the transaction drew it: to try again is to repeat the request. What was answered to the "
                + "connection, EHLO or HELO refuses no message, and is not judged.",
            "4.2.1 speaks of the request, and lets a person have it tried again."),
        new(
            "May a client of LMTP say that all went well where a reply behind the dot refused one of several recipients?",
            "RFC 2033 4.2",
            "It may tell of it otherwise than by its exit status, so that is a remark. "
            + "It breaks the rule where it cannot know, for it left "
                + "before the reply came; where it tells of the first recipient and not of another, or the other way; and where it has a "
                + "queue whose exit status says what became of each.",
            "The section says what each reply is; nothing is said of how a client tells its user."),
    ];

    private static Rule In5321(string id, string section, Level level, string asks) =>
        new(id, new Clause("RFC 5321", section), level, asks);
}
