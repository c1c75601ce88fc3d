using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SmtpModel.Server;

/// <summary>A socket as transport.</summary>
/// <param name="socket">The socket; it is disposed with the transport.</param>
/// <param name="receiving">The operation that receives; free again when the transport is disposed and nothing is under way.</param>
/// <param name="sending">The operation that sends, likewise.</param>
internal sealed class SocketTransport(Socket socket, SocketOperation receiving, SocketOperation sending) : ITransport
{
    public Socket Socket => socket;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return receiving.ReceiveAsync(socket, buffer);
        }
        catch (ObjectDisposedException)
        {
            // cut meanwhile, which may happen at any time
            return new(Transport.Lost);
        }
    }

    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> octets)
    {
        var sending = SendSomeAsync(octets);
        if (!sending.IsCompletedSuccessfully)
        {
            return SendRestAsync(sending, octets);
        }

        var count = sending.Result;
        return count < octets.Length && count > 0 ? SendRestAsync(new(count), octets) : new(count == octets.Length);
    }

    public ValueTask EndSendAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the client has gone already; there is nobody to tell
        }

        return default;
    }

    public void Cut() => socket.Dispose();

    public void Dispose() => socket.Dispose();

    private ValueTask<int> SendSomeAsync(ReadOnlyMemory<byte> octets)
    {
        try
        {
            // sending does not write; the class wants memory it could write to
            return sending.SendAsync(socket, MemoryMarshal.AsMemory(octets));
        }
        catch (ObjectDisposedException)
        {
            return new(Transport.Lost);
        }
    }

    private async ValueTask<bool> SendRestAsync(ValueTask<int> sending, ReadOnlyMemory<byte> octets)
    {
        while (true)
        {
            var count = await sending;
            if (count <= 0 || count == octets.Length)
            {
                return count > 0;
            }

            octets = octets[count..];
            sending = SendSomeAsync(octets);
        }
    }
}
