using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>Messages that are sent by BDAT have a mark too, in their first chunk, and are held against what was taken.</summary>
public class DeliveredChunkTests
{
    private static readonly Profile Profile = Profiles.Composed("8BITMIME", "CHUNKING");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("loses", "D1")]
    [InlineData("changes", "D5")]
    public async Task A_message_of_chunks_is_looked_for_and_compared(string fault, string rule)
    {
        var (sent, violations) = await PlayAsync(
            fault,
            Chunk("BDAT 23", "Subject: x\r\n\r\n.\r\n..te"),
            Chunk("BDAT 4 LAST", "xt\r\n")
        );
        var message = Assert.Single(sent);
        Assert.Equal(Fate.Taken, message.Fate);
        Assert.EndsWith("\r\nSubject: x\r\n\r\n.\r\n..text\r\n", Encoding.Latin1.GetString(message.Data.Span), StringComparison.Ordinal);
        Assert.Equal(rule, violations);
    }

    [Theory]
    [InlineData("BDAT 5 LAST", "text.")]
    [InlineData("BDAT 6 LAST", "te\nxt\r")]
    public async Task What_is_no_text_is_not_judged_for_it_may_be_changed_on_its_way(string line, string content)
    {
        var (sent, violations) = await PlayAsync("loses", Chunk(line, content));
        Assert.Equal(Fate.Open, Assert.Single(sent).Fate);
        Assert.Equal("", violations);
    }

    private static async Task<(List<SentMessage> Sent, string Violations)> PlayAsync(string fault, params Move[] chunks)
    {
        await using var server = await DeliveringServer.StartAsync(
            DeliveryFaults.None with
            {
                Deliver = (message, seen) =>
                    fault switch
                    {
                        "loses" => [],
                        "changes" => DeliveryFaults.None.Deliver(
                            message with
                            {
                                Data = Encoding.Latin1.GetBytes(
                                    Encoding.Latin1.GetString(message.Data.Span).Replace("\r\n..", "\r\n.", StringComparison.Ordinal)
                                ),
                            },
                            seen
                        ),
                        _ => DeliveryFaults.None.Deliver(message, seen),
                    },
            },
            Profile
        );
        await using var target = server.Target;
        var watch = new DeliveryWatch(server, TimeSpan.FromMilliseconds(300)) { Settling = TimeSpan.FromMilliseconds(5) };
        Move[] moves = [Line("EHLO client.example.test"), Line("MAIL FROM:<a@example.test>"), Line("RCPT TO:<b@example.test>"), .. chunks];
        var result = await new SessionRunner(new Oracle(Profile.Table)) { Delivered = watch, AwaitsDeliveries = true }.RunAsync(
            target,
            new TestSession([.. moves.Select(move => new Step(move))]),
            null,
            Cancellation
        );
        return ([.. result.Mail!.Sent], string.Join(' ', result.Others.Select(other => other.Violation.Rule!.Id)));
    }

    private static Move Line(string text) =>
        new(Profile.Table.Recognize(text)!.Command, MoveKind.Valid, text);

    private static Move Chunk(string line, string content) =>
        new(line.EndsWith("LAST", StringComparison.Ordinal) ? Rfc3030.BDATLAST : Rfc3030.BDAT, MoveKind.Valid, $"{line}\r\n{content}");
}
