using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// What RFC 5321 asks of what becomes of a message behind the reply to its end of data: seen where a server delivers, and never in the
/// session. What is in the buffers then is not said here: that is what the exchanges of the machine do to them.
/// </summary>
public static class DeliveryRules
{
#pragma warning disable CS1591 // each rule says what it asks in its own text
    public static readonly Rule Kept = Of("D1", "6.1", "A message that was taken is delivered or sent on, and not lost.");
    public static readonly Rule Once = Of(
        "D2",
        "4.1.1.4",
        "The end of data consumes the buffers: a message that was taken goes to each recipient once."
    );
    public static readonly Rule Refused = Of("D3", "4.2.5", "A message whose end of data drew 4yz or 5yz is not delivered.");
    public static readonly Rule Unfinished = Of(
        "D4",
        "4.1.1.10",
        "Where the channel is lost, the transaction that is open is cancelled, and what was completed is not undone."
    );
    public static readonly Rule Dots = Of(
        "D5",
        "4.5.2",
        "Of a line that begins with a dot and has more on it that dot is taken off, and all else is delivered as it came."
    );
    public static readonly Rule Content = Of(
        "D6",
        "3.6.3",
        "Nothing of the header or the body is changed; a trace line is put before it."
    );
    public static readonly Rule Trace = Of(
        "D7",
        "4.4",
        "Received lines that are there are not changed, deleted, or put in another order."
    );
    public static readonly Rule LongLine = Of(
        "D8",
        "4.5.3.1.6",
        "A text line of 1000 octets, CRLF included and a doubled dot not, arrives whole."
    ) with
    {
        Size = 1000,
    };
    public static readonly Rule EightBit = new(
        "D9",
        new Clause("RFC 6152", "3"),
        Level.Must,
        "A message that was taken with BODY=8BITMIME keeps all bits of its octets, to whom 8BITMIME is offered."
    );
    public static readonly Rule ReversePath = Of(
        "D10",
        "4.1.1.2",
        "The reverse-path of a message is what the MAIL of its transaction gave, and nothing of an earlier one."
    );
    public static readonly Rule ForwardPaths = Of(
        "D11",
        "4.1.1.3",
        "A message goes to the recipients that were accepted in its transaction, and to nobody else."
    );
    public static readonly Rule LocalPart = Of("D12", "2.4", "The case of a local-part is kept.");
#pragma warning restore CS1591

    /// <summary>All of them, by their numbers.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [Kept, Once, Refused, Unfinished, Dots, Content, Trace, LongLine, EightBit, ReversePath, ForwardPaths, LocalPart];

    /// <summary>Where the words leave something open.</summary>
    public static IReadOnlyList<Doubt> Doubts { get; } =
    [
        new(
            "May a message come twice?",
            "RFC 5321 4.1.1.4, 6.1",
            "No, where its end of data drew 250 once.",
            "No sentence says \"once\"; the end of data consumes what is in the buffers, and nothing is left to deliver again."
        ),
        new(
            "Has a server to keep the order of recipients?",
            "RFC 5321 4.1.1.3, 3.6",
            "No.",
            "RCPT appends, so the buffer has an order; no sentence on relays or deliveries goes by it, and queues sort."
        ),
        new(
            "Is a recipient given twice to get the message twice?",
            "RFC 5321 4.1.1.3",
            "Once or twice.",
            "The buffer has it twice; nothing is said of a server that sees that."
        ),
        new(
            "May a server put in what a header lacks, as Message-ID or Date?",
            "RFC 5321 6.4, RFC 6409 8",
            "It is told and no failure.",
            "6.4 lets the first server do it for a client's sake, and a tester cannot know whether it is the first."
        ),
        new(
            "Is a recipient of another name a failure?",
            "RFC 5321 3.9",
            "It is told and no failure.",
            "It may be an alias or a list, which the site knows and a tester does not."
        ),
    ];

    private static Rule Of(string id, string section, string asks) => new(id, new Clause("RFC 5321", section), Level.Must, asks);
}
