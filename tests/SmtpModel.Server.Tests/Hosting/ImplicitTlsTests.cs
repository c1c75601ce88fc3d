using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>Implicit TLS (RFC 8314 3.3): the handshake comes first, and all that a server does in clear it does inside.</summary>
public sealed class ImplicitTlsTests : IDisposable
{
    private readonly ServerCertificate _certificate = ServerCertificate.SelfSigned("mx.example");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task A_message_comes_through_TLS_and_its_time_stamp_line_says_so_RFC_3848()
    {
        string? protocol = null;
        var store = new MemoryStore();
        await using var running = await StartAsync(new StoreOf((message, trace) =>
        {
            protocol = trace.Protocol;
            return store.StoreAsync(message, trace, default);
        }));
        using var plain = await Client.ConnectAsync(running.Server);
        await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
        Assert.StartsWith("220 mx.example", await client.ReadReplyAsync());
        foreach (
            var command in new[]
            {
                "EHLO c.example",
                "MAIL FROM:<a@c.example>",
                "RCPT TO:<b@mx.example>",
                "DATA",
                "Subject: x\r\n\r\n..dots\r\n.",
            }
        )
        {
            Assert.Matches("^[23]", await client.AskAsync(command));
        }

        Assert.StartsWith("221 ", await client.AskAsync("QUIT"));
        Assert.Equal("", await client.ReadToEndAsync());
        Assert.Equal("Subject: x\r\n\r\n.dots\r\n", Encoding.ASCII.GetString(Assert.Single(store.Messages).Data.Span));
        Assert.Equal("ESMTPS", protocol);
        await client.EndAsync();
        await AssertOverAsync(running, handshakes: 1, failed: 0);
    }

    [Fact]
    public async Task A_client_that_speaks_no_TLS_is_closed_counted_and_reported_to_nobody()
    {
        await using var running = await StartAsync();
        using (var client = await Client.ConnectAsync(running.Server))
        {
            await client.SendAsync("EHLO c.example\r\n");
            await client.ReadToCutAsync();
        }

        await AssertOverAsync(running, handshakes: 0, failed: 1);
        Assert.Equal(0, running.Server.Counters.Sessions);
    }

    [Fact]
    public async Task A_handshake_that_is_begun_and_not_gone_on_with_is_cut_when_its_time_is_over()
    {
        await using var running = await StartAsync();
        using var silent = await Client.ConnectAsync(running.Server);
        using var halting = await Client.ConnectAsync(running.Server);
        // the beginning of a record that is never complete
        await halting.SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        await Running.UntilAsync(() => running.Server.OpenConnections == 2);
        running.Time.Advance(TimeSpan.FromSeconds(31));
        await silent.ReadToCutAsync();
        await halting.ReadToCutAsync();
        await AssertOverAsync(running, handshakes: 0, failed: 2);
    }

    [Fact]
    public async Task A_client_that_will_not_have_the_certificate_is_counted()
    {
        using var other = ServerCertificate.SelfSigned("other.example");
        await using var running = await StartAsync();
        using (var client = await Client.ConnectAsync(running.Server))
        {
            await Assert.ThrowsAnyAsync<System.Security.Authentication.AuthenticationException>(() =>
                SecureClient.OverAsync(client.Socket, other)
            );
        }

        // with TLS 1.3 the server may have done its part when the client refuses
        await running.UntilEmptyAsync();
        Assert.Equal(1, running.Server.Counters.Handshakes + running.Server.Counters.FailedHandshakes);
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task Idle_clients_are_told_421_inside_TLS_and_so_are_all_when_the_server_stops()
    {
        await using var running = await StartAsync();
        using var first = await Client.ConnectAsync(running.Server);
        await using var idle = await SecureClient.OverAsync(first.Socket, _certificate);
        await idle.ReadReplyAsync();
        Assert.StartsWith("250", await idle.AskAsync("NOOP"));
        running.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Equal("421 mx.example Timeout, closing transmission channel\r\n", await idle.ReadToEndAsync());
        await idle.EndAsync();
        await running.UntilEmptyAsync();

        using var second = await Client.ConnectAsync(running.Server);
        await using var served = await SecureClient.OverAsync(second.Socket, _certificate);
        await served.ReadReplyAsync();
        var stopping = running.Server.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("421 mx.example Service is shut down, closing transmission channel\r\n", await served.ReadToEndAsync());
        await served.EndAsync();
        await stopping.WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_without_a_handshake()
    {
        await using var running = await StartAsync(change: options => options with { MaxConnections = 1 });
        using var first = await Client.ConnectAsync(running.Server);
        await using var served = await SecureClient.OverAsync(first.Socket, _certificate);
        await served.ReadReplyAsync();
        using var second = await Client.ConnectAsync(running.Server);
        Assert.Empty(await second.ReadToEndAsync());
        // the client sees the end before the server has struck the connection off its list
        for (var tries = 0; tries < 500 && running.Server.OpenConnections > 1; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal((1, 1L), (running.Server.OpenConnections, running.Server.Counters.RefusedConnections));
    }

    private static async Task AssertOverAsync(Running running, int handshakes, int failed)
    {
        await running.UntilEmptyAsync();
        Assert.Equal((handshakes, failed), (running.Server.Counters.Handshakes, running.Server.Counters.FailedHandshakes));
        Assert.Empty(running.Faults);
    }

    private Task<Running> StartAsync(IMessageStore? store = null, Func<SmtpServerOptions, SmtpServerOptions>? change = null) =>
        Running.StartAsync(store, change: options =>
            (change?.Invoke(options) ?? options) with
            {
                Tls = new TlsSettings(_certificate) { Start = TlsStart.Implicit },
            }
        );
}
