using System.Net.Security;
using System.Security.Authentication;

namespace SmtpModel.Server;

/// <summary>A stream as transport, for instance TLS over a socket.</summary>
/// <param name="stream">The stream; it is disposed with the transport.</param>
/// <param name="beneath">What carries the stream, to be closed and cut; null when the stream itself is all there is.</param>
internal sealed class StreamTransport(Stream stream, ITransport? beneath) : ITransport
{
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return Transport.Lost;
        }
    }

    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets)
    {
        try
        {
            await stream.WriteAsync(octets);
            await stream.FlushAsync();
            return true;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return false;
        }
    }

    public async ValueTask EndSendAsync()
    {
        try
        {
            if (stream is SslStream secured)
            {
                // TLS has an end of its own, to be told from a connection that was cut (RFC 8446 6.1)
                await secured.ShutdownAsync();
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // the client has gone already; there is nobody to tell
        }

        if (beneath is not null)
        {
            await beneath.EndSendAsync();
        }
    }

    public void Cut()
    {
        if (beneath is null)
        {
            stream.Dispose();
        }
        else
        {
            beneath.Cut();
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        beneath?.Dispose();
    }

    private static bool IsLoss(Exception e) =>
        e
            is IOException
                or ObjectDisposedException
                or AuthenticationException
                or InvalidOperationException { InnerException: AuthenticationException };
}
