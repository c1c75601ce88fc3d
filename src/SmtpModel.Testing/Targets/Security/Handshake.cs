using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace SmtpModel.Testing.Engine;

/// <summary>The client's side of a TLS handshake, and in words of our own why one fails.</summary>
/// <param name="options">How it is done.</param>
/// <param name="host">The server's name.</param>
internal sealed class Handshake(TlsClientOptions options, string host)
{
    private const string Trust = "--ca FILE names whom to trust, --servername NAME the name to expect, --insecure takes any certificate";

    private readonly string _name = options.ServerName ?? host;

    /// <summary>Shakes hands.</summary>
    /// <param name="socket">The connection; what comes behind a handshake that fails is of no use.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The secured stream, which does not own the socket; null where there is none.</returns>
    public async Task<(SslStream? Stream, Upgrade Upgrade)> PerformAsync(Socket socket, TimeSpan patience, CancellationToken cancellation)
    {
        var check = new CertificateCheck(options, _name);
        var watch = new RecordWatch(new NetworkStream(socket, ownsSocket: false));
        var stream = new SslStream(watch);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = _name,
                CertificateChainPolicy = check.Policy,
                RemoteCertificateValidationCallback = check.IsFine,
            }, limit.Token);
            return (stream, new Upgrade(UpgradeOutcome.Secured, Name(stream.SslProtocol)));
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or SocketException or ObjectDisposedException)
        {
            await stream.DisposeAsync();
            return (null, new Upgrade(UpgradeOutcome.Failed, check.Trouble is { } trouble ? $"{trouble}; {Trust}" : Why(watch)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            return (
                null,
                new Upgrade(
                    UpgradeOutcome.TimedOut,
                    $"the TLS handshake is not over within {patience.TotalSeconds:0.#} s; --reply-timeout sets how long is waited"
                )
            );
        }
        catch (OperationCanceledException)
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static string Why(RecordWatch watch) =>
        watch switch
        {
            { IsTls: null } => "the server closes the connection in the TLS handshake without a word",
            { IsTls: false } =>
                $"the server speaks no TLS, but says {Said(watch.First)}; --tls none or --tls starttls speaks with it in clear first",
            // SSL 3, TLS 1.0 and 1.1, which RFC 8996 puts away
            { Version: > 0 and < 0x0303 } or { Alert: 70 } =>
                $"the server wants a version of TLS that this machine does not "
                    + $"allow{(watch.Version is > 0x0300 and < 0x0303 ? $", TLS 1.{watch.Version - 0x0301}" : "")}",
            { Alert: 40 or 71 } => "the server finds no cipher or key in common with this client",
            { Alert: 42 or 43 or 44 or 45 or 46 or 116 } => "the server wants a certificate of the client, and there is none to show",
            { Alert: 112 } => "the server does not know the name that it was asked for; --servername gives another",
            { Alert: { } alert } => $"the server ends the TLS handshake with the alert {alert}",
            _ => "the TLS handshake fails: what the server sends in it does not agree",
        };

    private static string Said(IReadOnlyList<byte> octets)
    {
        var text = Encoding.Latin1.GetString([.. octets]);
        return Printable.Text(
            text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[..end].TrimEnd('\r') : text,
            FirstWords.ShownOctets
        );
    }

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => "an old version of TLS",
    };
}
