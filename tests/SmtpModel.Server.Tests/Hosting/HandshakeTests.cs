using System.Net.Security;

namespace SmtpModel.Server.Tests.Hosting;

/// <summary>Handshakes that go wrong, and many at once.</summary>
public sealed class HandshakeTests : IDisposable
{
    private readonly ServerCertificate _certificate = ServerCertificate.SelfSigned("mx.example");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Whatever_is_wrong_with_the_first_message_the_connection_ends_and_nothing_is_reported()
    {
        await using var running = await StartAsync();
        var hello = await ClientHelloAsync();
        var random = new Random(3207);
        for (var count = 0; count < 60; count++)
        {
            var changed = hello[..random.Next(1, hello.Length + 1)];
            for (var change = random.Next(5); change >= 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            using var client = await Client.ConnectAsync(running.Server);
            await client.SendAsync((byte[])[.. changed, .. "\0\0\0\0NOOP\r\n"u8]);
            client.Reset();
        }

        await Running.UntilAsync(() => running.Server.Counters.FailedHandshakes == 60);
        await running.UntilEmptyAsync();
        Assert.Equal(0, running.Server.Counters.Handshakes);
        Assert.Equal(0, running.Server.Counters.Sessions);
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task Many_clients_inside_TLS_and_in_clear_are_served_side_by_side()
    {
        const int Clients = 200;
        await using var running = await StartAsync(TlsStart.OnStartTls);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            using var plain = await Client.AfterAsync(running.Server, "EHLO c.example");
            if (number % 2 == 0)
            {
                Assert.StartsWith("250 ", await plain.AskAsync("NOOP"));
                return;
            }

            Assert.StartsWith("220 ", await plain.AskAsync("STARTTLS"));
            await using var client = await SecureClient.OverAsync(plain.Socket, _certificate);
            Assert.StartsWith("250 ", await client.AskAsync("EHLO c.example"));
            Assert.StartsWith("221 ", await client.AskAsync("QUIT"));
        }));
        await running.UntilEmptyAsync();
        Assert.Equal((Clients, Clients / 2), (running.Server.Counters.Sessions, running.Server.Counters.Handshakes));
        Assert.Empty(running.Faults);
    }

    private static async Task<byte[]> ClientHelloAsync()
    {
        using var sent = new Listening();
        await using var stream = new SslStream(sent);
        await Assert.ThrowsAnyAsync<IOException>(() => stream.AuthenticateAsClientAsync("mx.example"));
        return sent.ToArray();
    }

    private Task<Running> StartAsync(TlsStart start = TlsStart.Implicit) =>
        Running.StartAsync(change: options => options with { Profile = "esmtpsa", Tls = new TlsSettings(_certificate) { Start = start } });

    // keeps what is written, and has nothing to be read
    private sealed class Listening : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(0);
    }
}
