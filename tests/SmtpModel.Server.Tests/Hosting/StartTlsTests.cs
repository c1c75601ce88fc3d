using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>STARTTLS (RFC 3207) in a running server.</summary>
public sealed class StartTlsTests : IDisposable
{
    private readonly ServerCertificate _certificate = ServerCertificate.SelfSigned("mx.example");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task A_message_comes_through_TLS_that_was_asked_for_and_its_time_stamp_line_says_so_RFC_3848()
    {
        string? protocol = null;
        var store = new MemoryStore();
        await using var running = await StartAsync(store: new StoreOf((message, trace) =>
        {
            protocol = $"{trace.ClientName} {trace.Protocol}";
            return store.StoreAsync(message, trace, default);
        }));
        using var plain = await Client.AfterAsync(running.Server, "EHLO clear.example", "STARTTLS");
        await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
        // no second greeting, and what was said in clear is forgotten (4.2)
        Assert.StartsWith("503 ", await client.AskAsync("MAIL FROM:<a@c.example>"));
        Assert.DoesNotContain("STARTTLS", await OfferAsync(client), StringComparison.Ordinal);
        foreach (var command in new[] { "MAIL FROM:<a@c.example>", "RCPT TO:<b@mx.example>", "DATA", "Subject: x\r\n\r\n..dots\r\n." })
        {
            Assert.Matches("^[23]", await client.AskAsync(command));
        }

        Assert.StartsWith("503 ", await client.AskAsync("STARTTLS"));
        Assert.StartsWith("221 ", await client.AskAsync("QUIT"));
        Assert.Equal("", await client.ReadToEndAsync());
        await client.EndAsync();
        await running.UntilEmptyAsync();
        Assert.Equal("Subject: x\r\n\r\n.dots\r\n", Encoding.ASCII.GetString(Assert.Single(store.Messages).Data.Span));
        Assert.Equal("in.example ESMTPS", protocol);
        Assert.Equal((1L, 0L), (running.Server.Counters.Handshakes, running.Server.Counters.FailedHandshakes));
        Assert.Empty(running.Faults);
    }

    [Theory]
    [InlineData("NOOP\r\n")]
    [InlineData("EHLO clear.example\r\nMAIL FROM:<a@c.example>\r\n")]
    [InlineData("NO")]
    [InlineData("\r")]
    public async Task What_stands_behind_STARTTLS_in_the_same_packet_is_never_answered_inside_RFC_3207_6(string behind)
    {
        await using var running = await StartAsync();
        using var plain = await Client.AfterAsync(running.Server, "EHLO c.example");
        await plain.SendAsync("STARTTLS\r\n" + behind);
        Assert.StartsWith("220 ", await plain.ReadReplyAsync());
        await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
        // the first reply inside is to the first command inside, which half a line in clear does not spoil
        Assert.StartsWith("250 ", await client.AskAsync("RSET"));
        Assert.StartsWith("503 ", await client.AskAsync("MAIL FROM:<a@c.example>"));
        Assert.StartsWith("221 ", await client.AskAsync("QUIT"));
        Assert.Equal("", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task What_comes_in_clear_in_a_packet_of_its_own_makes_the_handshake_fail_and_the_connection_end()
    {
        await using var running = await StartAsync();
        using (var plain = await Client.AfterAsync(running.Server, "EHLO c.example", "STARTTLS"))
        {
            await plain.SendAsync("NOOP\r\nNOOP\r\nNOOP\r\n");
            await plain.ReadToCutAsync();
        }

        await running.UntilEmptyAsync();
        Assert.Equal((0L, 1L), (running.Server.Counters.Handshakes, running.Server.Counters.FailedHandshakes));
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_client_that_goes_silent_behind_220_is_cut()
    {
        await using var running = await StartAsync();
        using var plain = await Client.AfterAsync(running.Server, "EHLO c.example", "STARTTLS");
        var cut = plain.ReadToCutAsync();
        while (!cut.IsCompleted)
        {
            // the client may have read 220 before the server's clock for the handshake runs
            running.Time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        await cut;
        await running.UntilEmptyAsync();
        Assert.Equal(1, running.Server.Counters.FailedHandshakes);
    }

    [Fact]
    public async Task A_transaction_begun_in_clear_is_out_of_order_for_STARTTLS_and_is_kept()
    {
        await using var running = await StartAsync();
        using var plain = await Client.AfterAsync(running.Server, "EHLO c.example", "MAIL FROM:<a@c.example>");
        Assert.StartsWith("503 ", await plain.AskAsync("STARTTLS"));
        Assert.StartsWith("250 ", await plain.AskAsync("RCPT TO:<b@mx.example>"));
    }

    [Fact]
    public async Task Where_TLS_is_demanded_only_some_commands_are_served_before_it_RFC_3207_4()
    {
        await using var running = await StartAsync(options => options with { Session = options.Session with { RequiresTls = true } });
        using var plain = await Client.GreetedAsync(running.Server);
        foreach (var command in new[] { "MAIL FROM:<a@c.example>", "RSET", "VRFY b", "AUTH PLAIN" })
        {
            Assert.Equal("530 5.7.0 Must issue a STARTTLS command first", await plain.AskAsync(command));
        }

        Assert.StartsWith("530 ", await plain.AskAsync("HELO c.example"));
        Assert.StartsWith("500 ", await plain.AskAsync("FOO"));
        Assert.StartsWith("250 ", await plain.AskAsync("NOOP"));
        Assert.StartsWith("250 ", await plain.AskAsync("EHLO c.example"));
        Assert.StartsWith("530 ", await plain.AskAsync("MAIL FROM:<a@c.example>"));
        Assert.StartsWith("220 ", await plain.AskAsync("STARTTLS"));
        await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
        await OfferAsync(client);
        Assert.StartsWith("250 ", await client.AskAsync("MAIL FROM:<a@c.example>"));
    }

    [Fact]
    public async Task Without_a_certificate_STARTTLS_is_neither_offered_nor_served()
    {
        await using var running = await Running.StartAsync(change: options => options with { Profile = "esmtpsa" });
        using var plain = await Client.GreetedAsync(running.Server);
        await plain.SendAsync("EHLO c.example\r\nSTARTTLS\r\nQUIT\r\n");
        var said = await plain.ReadToEndAsync();
        Assert.DoesNotContain(said, line =>
            line.EndsWith("STARTTLS", StringComparison.Ordinal) || line.Contains("AUTH", StringComparison.Ordinal)
        );
        Assert.StartsWith("502 ", said[^2]);
    }

    [Fact]
    public async Task A_profile_with_STARTTLS_whose_channel_is_secured_at_once_does_not_offer_it()
    {
        await using var running = await StartAsync(options =>
            options with
            {
                Tls = new TlsSettings(_certificate) { Start = TlsStart.Implicit },
            }
        );
        using var plain = await Client.ConnectAsync(running.Server);
        await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
        Assert.StartsWith("220 ", await client.ReadReplyAsync());
        Assert.DoesNotContain("STARTTLS", await OfferAsync(client), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await client.AskAsync("STARTTLS"));
    }

    private static async Task<string> OfferAsync(SecureClient client)
    {
        await client.SendAsync("EHLO in.example\r\n");
        var offer = new StringBuilder();
        string? line;
        do
        {
            line = await client.ReadLineAsync();
            offer.AppendLine(line);
        }
        while (line?[3] == '-');
        return offer.ToString();
    }

    private Task<Running> StartAsync(Func<SmtpServerOptions, SmtpServerOptions>? change = null, IMessageStore? store = null) =>
        Running.StartAsync(store, change: options =>
        {
            var secured = options with { Profile = "esmtpsa", Tls = new TlsSettings(_certificate) };
            return change?.Invoke(secured) ?? secured;
        });
}
