namespace SmtpModel.Server.Tests.Hosting;

public class FaultTests
{
    private const string Goodbye = "421 mx.example Local error, closing transmission channel";
    private static readonly string[] ToData = ["HELO c.example", "MAIL FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA"];

    [Fact]
    public async Task A_policy_that_throws_at_the_opening_ends_that_connection_with_421_and_is_reported()
    {
        var policy = new FailingPolicy { AtOpening = true };
        await using var running = await Running.StartAsync(policy: policy);
        using var client = await Client.ConnectAsync(running.Server);
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        await AssertReportedAsync(running, "the policy broke");
        policy.AtOpening = false;
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_policy_that_throws_ends_that_connection_with_421_and_is_reported()
    {
        await using var running = await Running.StartAsync(policy: new FailingPolicy());
        using var other = await Client.AfterAsync(running.Server, "HELO other.example");
        using var client = await Client.GreetedAsync(running.Server);
        await client.SendAsync("NOOP\r\nVRFY somebody\r\nNOOP\r\n");
        Assert.Equal(["250 OK", Goodbye], await client.ReadToEndAsync());
        await AssertReportedAsync(running, "the policy broke");
        Assert.StartsWith("250 ", await other.AskAsync("NOOP"));
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_policy_that_answers_what_the_profile_does_not_list_ends_that_connection_with_421_and_is_reported()
    {
        await using var running = await Running.StartAsync(policy: new FailingPolicy());
        using var client = await Client.GreetedAsync(running.Server);
        Assert.Equal(Goodbye, await client.AskAsync("EXPN list"));
        Assert.Empty(await client.ReadToEndAsync());
        await AssertReportedAsync(running, "EXPN with 454");
    }

    [Fact]
    public async Task A_store_that_throws_at_once_ends_that_connection_with_421_and_is_reported()
    {
        await using var running = await Running.StartAsync(new StoreOf((_, _) => throw new InvalidOperationException("the store broke")));
        using var client = await Client.AfterAsync(running.Server, ToData);
        Assert.Equal(Goodbye, await client.AskAsync("."));
        Assert.Empty(await client.ReadToEndAsync());
        await AssertReportedAsync(running, "the store broke");
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_store_that_fails_later_ends_that_connection_with_421_and_is_reported()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(running.Server, ToData);
        await client.SendAsync(".\r\nNOOP\r\n");
        await store.Asked;
        store.Fail(new InvalidOperationException("the store broke"));
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        await AssertReportedAsync(running, "the store broke");
        await running.AssertServesAsync();
    }

    [Fact]
    public async Task A_store_that_answers_what_the_profile_does_not_list_ends_that_connection_with_421_and_is_reported()
    {
        var store = new HeldStore();
        await using var running = await Running.StartAsync(store);
        using var client = await Client.AfterAsync(running.Server, ToData);
        await client.SendAsync(".\r\n");
        await store.Asked;
        store.Answer(Decision.Refuse(503, "what?"));
        Assert.Equal([Goodbye], await client.ReadToEndAsync());
        await AssertReportedAsync(running, "EndOfData with 503");
        Assert.Equal(0, running.Server.Counters.Messages);
    }

    [Fact]
    public async Task What_is_told_of_faults_may_throw_itself()
    {
        var error = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(TextWriter.Synchronized(captured));
        try
        {
            await using var running = await Running.StartAsync(policy: new FailingPolicy(), change: options => options with
            {
                OnFault = _ => throw new InvalidOperationException("the log is full"),
            });
            using var client = await Client.GreetedAsync(running.Server);
            Assert.Equal(Goodbye, await client.AskAsync("VRFY somebody"));
            await running.AssertServesAsync();
            Assert.Contains("the policy broke", captured.ToString(), StringComparison.Ordinal);
            Assert.Contains("the log is full", captured.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Console.SetError(error);
        }
    }

    private static async Task AssertReportedAsync(Running running, string text)
    {
        await Running.UntilAsync(() => !running.Faults.IsEmpty);
        var fault = Assert.Single(running.Faults);
        Assert.Contains(text, fault.ToString(), StringComparison.Ordinal);
        Assert.NotNull(fault.Client);
        Assert.Equal(1, running.Server.Counters.Faults);
    }

    private sealed class FailingPolicy : SitePolicy
    {
        public bool AtOpening { get; set; }

        public override Decision OnConnection() => AtOpening ? throw new InvalidOperationException("the policy broke") : Decision.Accept;

        public override Decision OnVerify(in SessionRequest request) => throw new InvalidOperationException("the policy broke");

        public override Decision OnExpand(in SessionRequest request) => Decision.Refuse(454, "is not listed");
    }
}
