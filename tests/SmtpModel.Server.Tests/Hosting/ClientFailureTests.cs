using System.Net.Sockets;

namespace SmtpModel.Server.Tests.Hosting;

public class ClientFailureTests
{
    [Theory]
    [MemberData(nameof(StopTests.Phases), MemberType = typeof(StopTests))]
    public async Task A_client_may_reset_the_connection_in_every_phase(string commands)
    {
        await using var running = await Running.StartAsync();
        var client = await Client.AfterAsync(running.Server, commands.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        client.Reset();
        await running.UntilEmptyAsync();
        Assert.Equal(1, running.Server.Counters.LostConnections);
        await running.AssertServesAsync();
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_client_may_reset_the_connection_before_it_is_greeted()
    {
        await using var running = await Running.StartAsync();
        for (var count = 0; count < 50; count++)
        {
            (await Client.ConnectAsync(running.Server)).Reset();
        }

        await running.AssertServesAsync();
        await running.UntilEmptyAsync();
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_client_may_reset_the_connection_during_a_delivery_which_is_finished()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        await client.SendAsync(".\r\n");
        await store.Asked;
        client.Reset();
        store.Answer(Decision.Accept);
        await running.UntilEmptyAsync();
        Assert.Equal(1, running.Server.Counters.Messages);
        await running.AssertServesAsync();
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_client_may_reset_the_connection_while_it_does_not_read()
    {
        await using var running = await Running.StartAsync();
        var client = await Client.ConnectAsync(running.Server, buffers: 4096);
        await SlowReader.StallAsync(client, running.Server);
        client.Reset();
        await running.UntilEmptyAsync();
        Assert.Equal(1, running.Server.Counters.LostConnections);
        await running.AssertServesAsync();
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_client_that_has_closed_its_sending_side_still_gets_all_replies()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.ConnectAsync(running.Server);
        await client.SendAsync("HELO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<b@mx.example>\r\nDATA\r\n.\r\nNOOP\r\nNOO");
        client.Socket.Shutdown(SocketShutdown.Send);
        await store.Asked;
        store.Answer(Decision.Accept);
        Assert.Equal(["220", "250", "250", "250", "354", "250", "250"], (await client.ReadToEndAsync()).Select(line => line[..3]));
        await running.UntilEmptyAsync();
        Assert.Equal(0, running.Server.Counters.LostConnections);
    }

    [Fact]
    public async Task What_a_client_sends_behind_QUIT_does_not_cost_it_the_221()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.ConnectAsync(running.Server);
        await client.SendAsync("QUIT\r\n" + string.Concat(Enumerable.Repeat("NOOP\r\n", 100_000)));
        Assert.Equal(["220", "221"], (await client.ReadToEndAsync()).Select(line => line[..3]));
        await client.AssertMaySendAsync();
    }

    [Fact]
    public async Task A_line_without_an_end_is_not_kept_and_holds_up_nobody()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        var block = new byte[64 * 1024];
        block.AsSpan().Fill((byte)'x');
        for (var count = 0; count < 100; count++)
        {
            await client.SendAsync(block);
        }

        await running.AssertServesAsync();
        Assert.Equal("500 Line too long", await client.AskAsync(""));
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody_and_has_every_reply_when_it_does()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.ConnectAsync(running.Server, buffers: 4096);
        var sent = await SlowReader.StallAsync(client, running.Server);
        await running.AssertServesAsync();

        // a small buffer makes a slow test
        client.Socket.ReceiveBufferSize = 4 * 1024 * 1024;
        // a command that was cut is made whole, and the session is ended
        var rest = "HELP\r\n"[(int)(sent % 6)..] + "QUIT\r\n";
        var sending = client.SendAsync(sent % 6 == 0 ? "QUIT\r\n" : rest);
        var lines = await client.ReadToEndAsync();
        await sending;
        Assert.Equal((sent + 5) / 6, lines.Count(line => line.StartsWith("214 ", StringComparison.Ordinal)));
        Assert.StartsWith("220 ", lines[0]);
        Assert.StartsWith("221 ", lines[^1]);
    }
}
