namespace SmtpModel.Server.Tests.Hosting;

public class LimitTests
{
    [Fact]
    public async Task One_connection_too_many_is_told_421_and_closed()
    {
        await using var running = await Running.StartAsync(change: options => options with { MaxConnections = 2 });
        using var one = await Client.GreetedAsync(running.Server);
        using var two = await Client.GreetedAsync(running.Server);
        using (var three = await Client.ConnectAsync(running.Server))
        {
            Assert.Equal(["421 mx.example Too many connections, closing transmission channel"], await three.ReadToEndAsync());
        }

        Assert.Equal(1, running.Server.Counters.RefusedConnections);
        Assert.Equal(2, running.Server.Counters.Sessions);
        Assert.StartsWith("250 ", await one.AskAsync("NOOP"));
        one.Dispose();
        await Running.UntilAsync(() => running.Server.OpenConnections == 1);
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task One_connection_too_many_from_an_address_is_told_421_and_closed()
    {
        await using var running = await Running.StartAsync(change: options => options with { MaxConnectionsPerAddress = 1 });
        using (var one = await Client.GreetedAsync(running.Server))
        {
            using var two = await Client.ConnectAsync(running.Server);
            Assert.Equal(
                ["421 mx.example Too many connections from your address, closing transmission channel"],
                await two.ReadToEndAsync()
            );
            Assert.StartsWith("250 ", await one.AskAsync("NOOP"));
        }

        await running.UntilEmptyAsync();
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_flood_of_refused_clients_that_do_not_close_is_not_kept()
    {
        await using var running = await Running.StartAsync(change: options => options with { MaxConnections = 1 });
        using var one = await Client.GreetedAsync(running.Server);
        var refused = new List<Client>();
        for (var count = 0; count < 150; count++)
        {
            refused.Add(await Client.ConnectAsync(running.Server));
            Assert.StartsWith("421 ", await refused[^1].ReadLineAsync());
        }

        await Running.UntilAsync(() => running.Server.OpenConnections <= 101);
        running.Time.Advance(TimeSpan.FromSeconds(6));
        await Running.UntilAsync(() => running.Server.OpenConnections == 1);
        Assert.StartsWith("250 ", await one.AskAsync("NOOP"));
        refused.ForEach(client => client.Dispose());
    }
}
