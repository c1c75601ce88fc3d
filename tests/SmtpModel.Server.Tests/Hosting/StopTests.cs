using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Server.Tests.Hosting;

public class StopTests
{
    private const string Goodbye = "421 mx.example Service is shut down, closing transmission channel";

    /// <summary>The commands accepted so far, one a line.</summary>
    public static TheoryData<string> Phases =>
    [
        "",
        "HELO c.example",
        "HELO c.example\nMAIL FROM:<a@c.example>",
        "HELO c.example\nMAIL FROM:<a@c.example>\nRCPT TO:<b@mx.example>",
        "HELO c.example\nMAIL FROM:<a@c.example>\nRCPT TO:<b@mx.example>\nDATA",
    ];

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task In_every_phase_a_client_is_told_421_and_closed_in_order(string commands)
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.AfterAsync(running.Server, commands.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var stopping = running.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        Assert.False(stopping.IsCompleted);
        client.Dispose();
        await stopping.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, running.Server.OpenConnections);
    }

    [Fact]
    public async Task A_command_that_is_not_complete_yet_is_not_waited_for()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        await client.SendAsync("NOO");
        await Running.UntilAsync(() => running.Server.Counters.OctetsReceived == 3);
        _ = running.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_in_the_midst_of_sending_mail_data_can_read_the_421()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        _ = running.Server.StopAsync(TestContext.Current.CancellationToken);
        await client.AssertMaySendAsync();
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        await client.AssertMaySendAsync();
    }

    [Fact]
    public async Task A_delivery_under_way_is_finished_and_answered_before_the_421()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        await client.SendAsync(".\r\n");
        await store.Asked;
        _ = running.Server.StopAsync(TestContext.Current.CancellationToken);
        store.Answer(Decision.Accept);
        Assert.Equal(["250 OK", Goodbye], await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_that_outlasts_the_drain_time_is_cut(bool heedsCancellation)
    {
        var store = new HeldStore(heedsCancellation);
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        await client.SendAsync(".\r\n");
        var token = await store.Asked;
        var stopping = running.Server.StopAsync(TestContext.Current.CancellationToken);
        await DrainAsync(running, stopping);
        Assert.True(token.IsCancellationRequested);
        await client.ReadToCutAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_after_the_drain_time()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.ConnectAsync(running.Server, buffers: 4096);
        await SlowReader.StallAsync(client, running.Server);
        await DrainAsync(running, running.Server.StopAsync(TestContext.Current.CancellationToken));
        await client.ReadToCutAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_close_is_cut()
    {
        await using var running = await Running.StartAsync();
        using var client = await Client.GreetedAsync(running.Server);
        var stopping = running.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        running.Time.Advance(running.Server.Options.CloseTimeout + TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_waited_for_when_the_caller_cancels()
    {
        var store = new HeldStore(heedsCancellation: false);
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(
            running.Server,
            "HELO c.example",
            "MAIL FROM:<a@c.example>",
            "RCPT TO:<b@mx.example>",
            "DATA"
        );
        await client.SendAsync(".\r\n");
        await store.Asked;
        using var hurry = new CancellationTokenSource();
        var stopping = running.Server.StopAsync(hurry.Token);
        Assert.False(stopping.IsCompleted);
        await hurry.CancelAsync();
        await stopping.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        await client.ReadToCutAsync();
    }

    [Fact]
    public async Task After_it_no_client_can_connect_and_the_port_can_be_had_again()
    {
        await using var running = await Running.StartAsync();
        var endPoint = running.Server.EndPoints[0];
        using (var client = await Client.GreetedAsync(running.Server))
        {
            _ = running.Server.StopAsync(TestContext.Current.CancellationToken);
            Assert.Equal([Goodbye], await client.ReadToEndAsync());
            await Assert.ThrowsAsync<SocketException>(() => Client.ConnectAsync(running.Server));
        }

        await running.Server.StopAsync(TestContext.Current.CancellationToken);
        await using var next = await Running.StartAsync(change: options => options with { EndPoints = [endPoint] });
        await next.AssertServesAsync();
    }

    [Fact]
    public async Task Stopping_what_was_never_started_and_stopping_twice_does_no_harm()
    {
        var server = new SmtpServer(
            new SmtpServerOptions { Store = DiscardStore.Instance, EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)] }
        );
        await server.StopAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);
        await server.DisposeAsync();
    }

    // once the drain time runs, which the clock shows by a second timer beside the sweep's, nothing else may be needed
    private static async Task DrainAsync(Running running, Task stopping)
    {
        await Running.UntilAsync(() => running.Time.Timers == 2);
        running.Time.Advance(running.Server.Options.DrainTime - TimeSpan.FromSeconds(1));
        Assert.False(stopping.IsCompleted);
        running.Time.Advance(TimeSpan.FromSeconds(2));
        await stopping.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
    }
}
