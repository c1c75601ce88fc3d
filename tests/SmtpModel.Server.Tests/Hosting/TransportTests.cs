using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmtpModel.Server.Tests.Hosting;

public class TransportTests
{
    [Fact]
    public async Task The_transport_can_be_exchanged_for_TLS_in_mid_connection()
    {
        using var certificate = SelfSigned();
        var policy = new SecuringPolicy();
        await using var running = await Running.StartAsync(policy: policy, change: options => options with
        {
            ExchangeTransport = async (_, transport) => policy.TakeRequest() ? await SecureAsync(transport, certificate) : null,
        });
        using var client = await Client.AfterAsync(running.Server, "HELO c.example", "NOOP secure");
        await using var stream = new SslStream(new NetworkStream(client.Socket), leaveInnerStreamOpen: false, (_, shown, _, _) =>
            certificate.Equals(shown)
        );
        await stream.AuthenticateAsClientAsync("mx.example").WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        await stream.WriteAsync("MAIL FROM:<a@c.example>\r\nQUIT\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var said = await reader
            .ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("250 OK\r\n221 mx.example Service closing transmission channel\r\n", said);
        // and beneath TLS the server has ended its sending side too
        Assert.Equal(0, await client.Socket.ReceiveAsync(new byte[8]).WaitAsync(Client.Patience, TestContext.Current.CancellationToken));
        await stream.ShutdownAsync();
        client.Socket.Shutdown(SocketShutdown.Send);
        await running.UntilEmptyAsync();
        Assert.Empty(running.Faults);
    }

    [Fact]
    public async Task A_secured_client_that_says_nothing_is_told_421()
    {
        using var certificate = SelfSigned();
        var policy = new SecuringPolicy();
        await using var running = await Running.StartAsync(policy: policy, change: options => options with
        {
            ExchangeTransport = async (_, transport) => policy.TakeRequest() ? await SecureAsync(transport, certificate) : null,
        });
        using var client = await Client.AfterAsync(running.Server, "HELO c.example", "NOOP secure");
        await using var stream = new SslStream(new NetworkStream(client.Socket), leaveInnerStreamOpen: false, (_, shown, _, _) =>
            certificate.Equals(shown)
        );
        await stream.AuthenticateAsClientAsync("mx.example").WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        await stream.WriteAsync("NOOP\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal(
            "250 OK",
            await reader
                .ReadLineAsync(TestContext.Current.CancellationToken)
                .AsTask()
                .WaitAsync(Client.Patience, TestContext.Current.CancellationToken)
        );
        running.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        var said = await reader
            .ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Client.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("421 mx.example Timeout, closing transmission channel\r\n", said);
    }

    [Fact]
    public async Task A_stream_that_fails_is_a_lost_connection_and_no_exception()
    {
        using var transport = new StreamTransport(new FailingStream(), beneath: null);
        Assert.Equal(Transport.Lost, await transport.ReceiveAsync(new byte[8]));
        Assert.False(await transport.SendAsync("220 \r\n"u8.ToArray()));
    }

    [Fact]
    public async Task A_socket_that_was_cut_is_a_lost_connection_and_no_exception()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var transport = new SocketTransport(socket, new SocketOperation(), new SocketOperation());
        transport.Cut();
        Assert.Equal(Transport.Lost, await transport.ReceiveAsync(new byte[8]));
        Assert.False(await transport.SendAsync("220 \r\n"u8.ToArray()));
        await transport.EndSendAsync();
    }

    private static async ValueTask<ITransport?> SecureAsync(ITransport transport, X509Certificate2 certificate)
    {
        var stream = new SslStream(new NetworkStream(((SocketTransport)transport).Socket));
        await stream.AuthenticateAsServerAsync(certificate);
        return new StreamTransport(stream, transport);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // with a key that the platform's TLS can use
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private sealed class SecuringPolicy : SitePolicy
    {
        private int _isRequested;

        public bool TakeRequest() => Interlocked.Exchange(ref _isRequested, 0) != 0;

        public override Decision OnOther(in SessionRequest request)
        {
            if (request.Argument.SequenceEqual("secure"u8))
            {
                Volatile.Write(ref _isRequested, 1);
            }

            return Decision.Accept;
        }
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("gone");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("gone");
    }
}
