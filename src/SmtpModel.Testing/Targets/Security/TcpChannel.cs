using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The octets of one connection, in clear and then perhaps inside TLS. What goes wrong in TLS is a connection that is cut off, as
/// for a socket. Reading and writing may overlap; neither is done twice at a time.
/// </summary>
internal sealed class TcpChannel(Socket socket) : IDisposable
{
    // as much as a record of TLS holds (RFC 8446 5.1)
    private readonly Lazy<byte[]> _record = new(() => new byte[16384]);
    // IPPROTO_TCP and TCP_QUICKACK of Linux (tcp(7))
    private const int Tcp = 6;
    private const int QuickAcknowledgement = 12;
    private static readonly byte[] Set = [1, 0, 0, 0];

    private SslStream? _secure;
    private Task<int>? _reading;
    private bool _isAnswered;
    private ReadOnlyMemory<byte> _rest;

    public bool IsSecure => _secure is not null;

    /// <summary>Whether something can be read without waiting, an end too where there is TLS.</summary>
    public bool HasMore => _secure is null ? socket.Available > 0 : _rest.Length > 0 || Reading(_secure).IsCompleted;

    /// <summary>Reads what there is; 0 at the end.</summary>
    /// <exception cref="SocketException">The connection is cut off.</exception>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_isAnswered && OperatingSystem.IsLinux() && socket.ProtocolType is ProtocolType.Tcp)
        {
            // a server that writes replies or lines one by one waits with the second until the first is acknowledged (RFC 896), which
            // the system puts off, by 40 ms here, where something was sent before
            socket.SetRawSocketOption(Tcp, QuickAcknowledgement, Set);
        }

        _isAnswered = true;
        if (_secure is null)
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
        }

        if (_rest.IsEmpty)
        {
            // a read of TLS that is given up half-way would lose octets: it goes on, and the next one takes what it brings
            var count = await OrCutOffAsync(Reading(_secure).WaitAsync(cancellation));
            (_reading, _rest) = (null, _record.Value.AsMemory(0, count));
        }

        var taken = _rest[..Math.Min(_rest.Length, buffer.Length)];
        taken.CopyTo(buffer);
        _rest = _rest[taken.Length..];
        return taken.Length;
    }

    /// <summary>Sends octets.</summary>
    /// <exception cref="SocketException">The connection is cut off.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        _isAnswered = false;
        if (_secure is not null)
        {
            await OrCutOffAsync(Write(_secure));
            return;
        }

        while (octets.Length > 0)
        {
            octets = octets[await socket.SendAsync(octets, SocketFlags.None, cancellation)..];
        }

        async Task<int> Write(SslStream secure)
        {
            await secure.WriteAsync(octets, cancellation);
            return octets.Length;
        }
    }

    /// <summary>Secures the connection; one for which that fails is of no use any more.</summary>
    public async Task<Upgrade> SecureAsync(Handshake handshake, TimeSpan patience, CancellationToken cancellation)
    {
        var (stream, upgrade) = await handshake.PerformAsync(socket, patience, cancellation);
        _secure = stream;
        return upgrade;
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public async ValueTask EndAsync()
    {
        if (_secure is not null)
        {
            await OrCutOffAsync(CloseAsync(_secure));
        }

        socket.Shutdown(SocketShutdown.Send);

        static async Task<int> CloseAsync(SslStream secure)
        {
            await secure.ShutdownAsync();
            return 0;
        }
    }

    /// <summary>To close without lingering is to send a reset.</summary>
    public void Reset() => socket.LingerState = new LingerOption(true, 0);

    public void Dispose()
    {
        socket.Dispose();
        _secure?.Dispose();
    }

    private Task<int> Reading(SslStream secure)
    {
        if (_reading is null)
        {
            _reading = secure.ReadAsync(_record.Value).AsTask();
            // nobody may be waiting for it when the connection goes
            _ = _reading.ContinueWith(
                static task => task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
        }

        return _reading;
    }

    private static async Task<int> OrCutOffAsync(Task<int> work)
    {
        try
        {
            return await work;
        }
        catch (Exception fault)
            when (fault is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            throw fault.InnerException as SocketException ?? new SocketException((int)SocketError.ConnectionReset);
        }
    }
}
