using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Peers;

/// <summary>
/// A port of 127.0.0.1 that nobody else is given while this lives. A socket stays bound to it without listening: the kernel
/// then hands the port to no other, but lets a server that sets SO_REUSEADDR (all of ours do) bind and listen there.
/// </summary>
internal sealed class LoopbackPort : IDisposable
{
    // Linux: SOL_SOCKET and SO_REUSEADDR. .NET's own ReuseAddress would set SO_REUSEPORT too, and share the port with anyone.
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal LoopbackPort()
    {
        _socket.SetRawSocketOption(SocketLevel, ReuseAddress, BitConverter.GetBytes(1));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    internal IPEndPoint EndPoint { get; }

    public void Dispose() => _socket.Dispose();
}
