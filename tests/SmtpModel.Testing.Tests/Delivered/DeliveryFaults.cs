using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>What a server does wrong between taking a message and delivering it.</summary>
/// <param name="Case">The last part of the name of the case that is to catch it.</param>
/// <param name="Does">What it does wrong.</param>
/// <param name="Deliver">What it delivers of a message that it took.</param>
internal sealed record DeliveryFault(string Case, string Does, Func<StoredMessage, Seen, IEnumerable<StoredMessage>> Deliver)
{
    /// <summary>Whether it delivers what it refused.</summary>
    public bool TakesRefused { get; init; }

    /// <summary>Whether a message, by its number from 1, is still held back when it is looked for; null where none ever is.</summary>
    public Func<int, bool>? Holds { get; init; }

    /// <summary>Whether it delivers what was not finished.</summary>
    public bool TakesUnfinished { get; init; }
}

/// <summary>A server that is wrong in one place, for each case about what is delivered.</summary>
internal static class DeliveryFaults
{
    private const string Other = "<other.sender@example.test>";

    /// <summary>One that delivers as it should: to each recipient by itself.</summary>
    public static DeliveryFault None { get; } = new("", "delivers as it should", (message, _) => Each(message));

    public static IReadOnlyList<DeliveryFault> All { get; } =
    [
        new("what-was-taken-is-delivered", "loses messages that another subject has", (message, _) =>
            IsOfTheTest(message) ? [] : Each(message)
        ),
        new("what-was-taken-is-delivered-once", "delivers such messages twice", (message, _) =>
            IsOfTheTest(message) ? [message, message] : Each(message)
        ),
        new("what-was-refused-is-not-delivered", "delivers what it refused", (message, _) => Each(message)) { TakesRefused = true },
        OfTest("what-was-taken-is-delivered-as-it-was-sent", "changes a word", message =>
            Text(message, text => text.Replace("text", "test", StringComparison.Ordinal))
        ),
        OfTest("reverse-path-is-delivered", "changes the sender", message => message with { ReversePath = "<list@example.test>" }),
        new("forward-paths-are-delivered", "delivers to all who were named", (message, seen) =>
            IsOfTheTest(message) ? [message, .. Refused(message, seen)] : Each(message)
        ),
        OfText("lines-of-dots", "takes the dot off twice", text => text.Replace("\r\n.", "\r\n", StringComparison.Ordinal)),
        OfText("dots-in-a-long-message", "loses a dot at a block's edge", text =>
            text.Length > 8192 && text.IndexOf("\r\n.", 4096, StringComparison.Ordinal) is var at ? text.Remove(at + 2, 1) : text
        ),
        new("dots-at-the-edges-of-packets", "loses dots that come in a packet by themselves", (message, seen) =>
            Each(seen.Lines.Contains(".") ? Text(message, text => text.Replace("\r\n.", "\r\n", StringComparison.Ordinal)) : message)
        ),
        OfText("lines-of-998-octets", "folds lines of more than 990", text =>
            text.Replace(new string('x', 990), new string('x', 990) + "\r\n ", StringComparison.Ordinal)
        ),
        OfText("octets-over-127", "clears the eighth bit", text => new string([.. text.Select(letter => (char)(letter & 0x7f))])),
        new("message-without-text", "loses messages without text", (message, _) => message.Data.IsEmpty ? [] : Each(message)),
        OfText("header-without-a-body", "loses the last field where no body is", text =>
            text.Contains("\r\n\r\n", StringComparison.Ordinal) || text.Length == 0 ? text : text[..(text[..^2].LastIndexOf('\n') + 1)]
        ),
        OfText("empty-lines-at-the-end", "trims the end", text =>
            text.EndsWith("\r\n\r\n", StringComparison.Ordinal) ? text.TrimEnd() + "\r\n" : text
        ),
        OfText("blanks-at-the-ends-of-lines", "trims lines", text =>
            string.Join("\r\n", text.Split("\r\n").Select(line => line.TrimEnd(' ', '\t')))
        ),
        OfText("lines-like-commands", "marks lines as an mbox does", text =>
            text.Replace("\nFrom ", "\n>From ", StringComparison.Ordinal)
        ),
        OfText("Received-lines-are-kept", "takes Received lines off", text =>
            text.Replace("Received: from c", "X-Received: from c", StringComparison.Ordinal)
        ),
        new("data-without-its-end", "delivers what was not finished", (message, _) => Each(message)) { TakesUnfinished = true },
        new("data-that-ends-with-a-dot", "delivers what was not finished", (message, _) => Each(message)) { TakesUnfinished = true },
        FirstSender("nothing-is-left-behind-HELO-in-RecipientsGiven"),
        FirstSender("nothing-is-left-behind-EHLO-in-RecipientsGiven"),
        FirstSender("nothing-is-left-behind-RSET-in-RecipientsGiven"),
        FirstSender("nothing-is-left-behind-end-of-data-in-ReceivingData"),
        new("refused-MAIL-changes-no-sender", "has the sender of the last MAIL, refused or not", (message, seen) =>
            Each(message with { ReversePath = seen.Paths("MAIL").LastOrDefault(message.ReversePath) })
        ),
        new("null-reverse-path", "fills the null reverse-path", (message, _) =>
            Each(message.ReversePath == "<>" ? message with { ReversePath = "<postmaster@example.test>" } : message)
        ),
        new("refused-recipient-gets-nothing", "delivers to those whom it refused", (message, seen) =>
            [.. Each(message), .. Refused(message, seen)]
        ),
        new("each-of-several-recipients", "forgets the third of four", (message, _) =>
            Each(message).Where((_, at) => message.ForwardPaths.Count < 4 || at != 2)
        ),
        new("recipient-given-twice", "takes both off where one is there twice", (message, _) =>
            Each(message).Where(one => message.ForwardPaths.Count(path => path == one.ForwardPaths[0]) == 1)
        ),
        new("case-of-a-recipient", "lowers recipients", (message, _) =>
            Each(message with { ForwardPaths = [.. message.ForwardPaths.Select(path => path.ToLowerInvariant())] })
        ),
        new("case-of-a-sender", "lowers senders", (message, _) =>
            Each(message with { ReversePath = message.ReversePath.ToLowerInvariant() })
        ),
    ];

    // a message of the test's other cases
    private static bool IsOfTheTest(StoredMessage message) => message.Data.Span.IndexOf("Subject: test\r\n"u8) >= 0;

    private static IEnumerable<StoredMessage> Each(StoredMessage message) =>
        message.ForwardPaths.Select(path => message with { ForwardPaths = [path] });

    private static IEnumerable<StoredMessage> Refused(StoredMessage message, Seen seen) =>
        seen.Paths("RCPT")
            .Where(path => path.EndsWith("@elsewhere.invalid>", StringComparison.Ordinal))
            .Distinct()
            .Select(path => message with { ForwardPaths = [path] });

    private static DeliveryFault OfTest(string name, string does, Func<StoredMessage, StoredMessage> change) =>
        new(name, does, (message, _) => Each(IsOfTheTest(message) ? change(message) : message));

    private static DeliveryFault OfText(string name, string does, Func<string, string> change) =>
        new(name, does, (message, _) => Each(Text(message, change)));

    private static DeliveryFault FirstSender(string name) =>
        new(name, "has the sender of the first MAIL of the session", (message, seen) =>
            Each(message.ReversePath == Other ? message with { ReversePath = seen.Paths("MAIL").First() } : message)
        );

    private static StoredMessage Text(StoredMessage message, Func<string, string> change) =>
        message with { Data = Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(message.Data.Span))) };
}
