using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SmtpModel.Server;

/// <summary>The handshake that puts TLS over a socket.</summary>
internal static class TlsHandshake
{
    /// <summary>The server's side of it: the transport through TLS; null when it failed or the socket was cut meanwhile.</summary>
    public static async ValueTask<ITransport?> AsServerAsync(SocketTransport beneath, TlsSettings settings)
    {
        SslStream? stream = null;
        try
        {
            stream = new SslStream(new NetworkStream(beneath.Socket, ownsSocket: false));
            await stream.AuthenticateAsServerAsync(settings.Authentication);
            return new StreamTransport(stream, beneath);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or ObjectDisposedException)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            return null;
        }
    }
}
