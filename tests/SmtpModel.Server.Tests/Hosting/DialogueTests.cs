using System.Net;
using SmtpModel.Protocol;

namespace SmtpModel.Server.Tests.Hosting;

public class DialogueTests
{
    private const string Dialogue =
        "HELO client.example\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<b@mx.example>\r\nRCPT TO:<c@mx.example>\r\n" +
        "DATA\r\nSubject: dots\r\n\r\n..a line that begins with a dot\r\nlast\r\n.\r\nQUIT\r\n";

    private static readonly string[] Codes = ["220", "250", "250", "250", "250", "354", "250", "221"];

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public async Task A_dialogue_that_comes_octet_by_octet_is_answered_and_its_message_stored(string profile)
    {
        var store = new MemoryStore();
        await using var running = await Running.StartAsync(store, change: options => options with { Profile = profile });
        using var client = await Client.ConnectAsync(running.Server);
        for (var count = 0; count < Dialogue.Length; count++)
        {
            await client.SendAsync(Dialogue[count].ToString());
            // alone, not together with the next
            await Running.UntilAsync(() => running.Server.Counters.OctetsReceived == count + 1);
        }

        Assert.Equal(Codes, (await client.ReadToEndAsync()).Select(line => line[..3]));
        AssertStored(Assert.Single(store.Messages));
    }

    [Fact]
    public async Task A_dialogue_that_comes_in_one_piece_is_answered_and_its_message_stored()
    {
        var store = new MemoryStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.ConnectAsync(running.Server);
        await client.SendAsync(Dialogue);

        Assert.Equal(Codes, (await client.ReadToEndAsync()).Select(line => line[..3]));
        AssertStored(Assert.Single(store.Messages));
    }

    [Fact]
    public async Task What_follows_a_message_whose_delivery_takes_a_while_is_answered_after_it()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.ConnectAsync(running.Server);
        await client.SendAsync(Dialogue);
        foreach (var code in Codes[..6])
        {
            Assert.StartsWith(code, await client.ReadLineAsync());
        }

        await store.Asked;
        store.Answer(Decision.Refuse(452, "Full"));
        Assert.Equal(["452 Full", "221 mx.example Service closing transmission channel"], await client.ReadToEndAsync());
        Assert.Equal(0, running.Server.Counters.Messages);
    }

    [Fact]
    public async Task Two_clients_at_once_have_a_session_each()
    {
        var store = new MemoryStore();
        await using var running = await Running.StartAsync(store);
        using var one = await Client.AfterAsync(running.Server, "HELO one.example", "MAIL FROM:<one@client.example>");
        using var two = await Client.AfterAsync(running.Server, "HELO two.example");
        Assert.StartsWith("250 ", await two.AskAsync("MAIL FROM:<two@client.example>"));
        Assert.StartsWith("250 ", await one.AskAsync("RCPT TO:<b@mx.example>"));
        Assert.StartsWith("250 ", await two.AskAsync("RCPT TO:<b@mx.example>"));
        Assert.StartsWith("354 ", await one.AskAsync("DATA"));
        Assert.StartsWith("354 ", await two.AskAsync("DATA"));
        Assert.StartsWith("250 ", await two.AskAsync("of two\r\n."));
        Assert.StartsWith("250 ", await one.AskAsync("of one\r\n."));
        Assert.Equal(["<two@client.example>", "<one@client.example>"], store.Messages.Select(message => message.ReversePath));
    }

    [Fact]
    public async Task The_store_is_told_where_the_message_came_from()
    {
        var traces = new List<MessageTrace>();
        await using var running = await Running.StartAsync(
            new StoreOf(
                (_, trace) =>
                {
                    traces.Add(trace);
                    return new(Decision.Accept);
                }
            )
        );
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO first.example",
            "EHLO second.example",
            "MAIL FROM:<>",
            "RCPT TO:<b@mx.example>",
            "DATA",
            ".",
            "HELO third.example",
            "MAIL FROM:<>",
            "RCPT TO:<b@mx.example>",
            "DATA",
            "."
        );
        var expected = new MessageTrace("second.example", IPAddress.Loopback, "mx.example", "ESMTP", running.Time.GetUtcNow());
        Assert.Equal([expected, expected with { ClientName = "third.example", Protocol = "SMTP" }], traces);
    }

    [Fact]
    public async Task A_session_is_new_when_the_one_before_it_was_abandoned_in_a_transaction()
    {
        await using var running = await Running.StartAsync();
        (await Client.AfterAsync(running.Server, "HELO c.example", "MAIL FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA")).Dispose();
        await running.UntilEmptyAsync();
        using var client = await Client.GreetedAsync(running.Server);
        Assert.StartsWith("503 ", await client.AskAsync("MAIL FROM:<a@c.example>"));
    }

    [Fact]
    public async Task Large_mail_data_comes_through_whole()
    {
        var store = new MemoryStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        var line = new string('x', 998) + "\r\n";
        var data = string.Concat(Enumerable.Repeat(line, 5000));
        await client.SendAsync(data);
        Assert.StartsWith("250 ", await client.AskAsync("."));
        Assert.Equal(data, System.Text.Encoding.ASCII.GetString(store.Messages[0].Data.Span));
    }

    private static void AssertStored(StoredMessage message)
    {
        Assert.Equal("<a@client.example>", message.ReversePath);
        Assert.Equal(["<b@mx.example>", "<c@mx.example>"], message.ForwardPaths);
        Assert.Equal(
            "Subject: dots\r\n\r\n.a line that begins with a dot\r\nlast\r\n",
            System.Text.Encoding.ASCII.GetString(message.Data.Span)
        );
    }
}
