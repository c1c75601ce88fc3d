namespace SmtpModel.Server.Tests.Hosting;

public class TimeLimitTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private const string Goodbye = "421 mx.example Timeout, closing transmission channel";
    private static readonly string[] ToData = ["HELO c.example", "MAIL FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA"];

    [Fact]
    public async Task A_client_that_says_nothing_is_told_421_after_five_minutes_RFC_5321_4_5_3_2_7()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        running.Time.Advance((5 * Minute) - (2 * Second));
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"));
        running.Time.Advance((5 * Minute) - (2 * Second));
        Assert.StartsWith("250 ", await client.AskAsync("HELO c.example"));
        running.Time.Advance((5 * Minute) + Second);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData("N")]
    [InlineData("a line without an end ")]
    public async Task A_command_that_does_not_get_complete_does_not_hold_the_session(string octets)
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        for (var minute = 0; minute < 5; minute++)
        {
            var before = running.Server.Counters.OctetsReceived;
            await client.SendAsync(octets);
            await Running.UntilAsync(() => running.Server.Counters.OctetsReceived == before + octets.Length);
            running.Time.Advance(Minute);
        }

        running.Time.Advance(Second);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Each_block_of_mail_data_may_take_three_minutes_RFC_5321_4_5_3_2_5()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.AfterAsync(running.Server, ToData);
        for (var block = 0; block < 4; block++)
        {
            running.Time.Advance((3 * Minute) - (2 * Second));
            var before = running.Server.Counters.OctetsReceived;
            await client.SendAsync("a line\r\n");
            await Running.UntilAsync(() => running.Server.Counters.OctetsReceived == before + 8);
            // counted, and then noted as progress: the next exchange of another client shows that time has passed for it
            await running.AssertServesAsync();
        }

        running.Time.Advance((3 * Minute) + Second);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task One_octet_of_mail_data_a_minute_is_not_enough_for_ever()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.AfterAsync(running.Server, ToData);
        for (var minute = 0; minute < 60; minute++)
        {
            var before = running.Server.Counters.OctetsReceived;
            await client.SendAsync("x");
            await Running.UntilAsync(() => running.Server.Counters.OctetsReceived == before + 1);
            running.Time.Advance(Minute);
        }

        running.Time.Advance(Second);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_that_takes_too_long_is_given_up_with_421(bool heedsCancellation)
    {
        var store = new HeldStore(heedsCancellation);
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(running.Server, ToData);
        await client.SendAsync("mail data\r\n.\r\n");
        var token = await store.Asked;
        running.Time.Advance((10 * Minute) - (2 * Second));
        Assert.False(token.IsCancellationRequested);
        await Running.UntilAsync(() =>
        {
            // the time limit is set just after the store was asked
            running.Time.Advance(Minute);
            return token.IsCancellationRequested;
        });

        Assert.Equal(["421 mx.example Delivery takes too long, closing transmission channel"], await client.ReadToEndAsync());
        if (!heedsCancellation)
        {
            // the store still reads the message: its memory has not been used for anything else
            client.Dispose();
            await running.UntilEmptyAsync();
            await running.AssertServesAsync();
            Assert.Equal("mail data\r\n", System.Text.Encoding.ASCII.GetString(store.Message!.Data.Span));
            Assert.Equal("<b@mx.example>", System.Text.Encoding.ASCII.GetString(store.Message.Recipient(0)));
            store.Fail(new IOException("late"));
            await Running.UntilAsync(() => running.Faults.Any(fault => fault.Exception.Message == "late"));
        }
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.ConnectAsync(running.Server, buffers: 4096);
        await SlowReader.StallAsync(client, running.Server);
        running.Time.Advance((3 * Minute) - (2 * Second));
        Assert.Equal(1, running.Server.OpenConnections);
        running.Time.Advance(4 * Second);
        await running.UntilEmptyAsync();
        await client.ReadToCutAsync();
        Assert.Equal(1, running.Server.Counters.LostConnections);
    }

    [Fact]
    public async Task A_client_that_does_not_close_after_QUIT_is_cut()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        await client.SendAsync("QUIT\r\n");
        Assert.Single(await client.ReadToEndAsync());
        running.Time.Advance(4 * Second);
        Assert.Equal(1, running.Server.OpenConnections);
        running.Time.Advance(2 * Second);
        await running.UntilEmptyAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_close_after_a_timeout_is_cut()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        running.Time.Advance((5 * Minute) + Second);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        await client.SendAsync("NOOP\r\nNOOP\r\n");
        running.Time.Advance(6 * Second);
        await running.UntilEmptyAsync();
    }
}
