using System.Net;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>An LMTP server is asked with LHLO what it offers, and nothing else.</summary>
public class LmtpEntranceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task STARTTLS_is_looked_for_in_the_reply_to_LHLO_RFC_2033_4_1()
    {
        var profile = Profiles.Find("lmtp+starttls")!;
        var options = new SmtpServerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)], Store = new MemoryStore() }.Serving(
            profile
        );
        using var certificate = ServerCertificate.SelfSigned("localhost");
        await using var server = new SmtpServer(options with { Tls = new TlsSettings(certificate) });
        await server.StartAsync();
        var tls = new TlsClientOptions { Mode = TlsMode.StartTls, TakesAnyCertificate = true };

        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port)
        {
            Tls = tls,
            Listing = Profiles.Lmtp.Table.Listing!.Name,
        };
        await using var session = await target.ConnectAsync(0, Cancellation);
        Assert.StartsWith("STARTTLS, and all inside TLS", session.Greeting.Note, StringComparison.Ordinal);

        // with EHLO nothing is seen, and that is said
        await using var other = new TcpTarget("127.0.0.1", server.EndPoints[0].Port) { Tls = tls };
        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(async () => await other.ConnectAsync(0, Cancellation));
        Assert.Contains("EHLO client.example.test draws 500", fault.Message, StringComparison.Ordinal);
    }
}
