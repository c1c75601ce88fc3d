using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SmtpModel.Watching;

/// <summary>One channel that is watched: two pumps, and the follower between them.</summary>
internal sealed class Channel(WatchOptions options, BlameLog log, Lock gate, Socket client, string name)
{
    // a client on the same machine has read what was handed to it so long ago
    private const int Known = 100;
    private readonly Follower _follower = new(log, new FollowOptions { Profile = options.Profile, MayBeginLate = true });
    private readonly bool _isNear = client.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);
    private TaskCompletionSource<byte[]>? _hello;
    private long _handed = long.MaxValue;

    public async Task RunAsync(CancellationToken stop)
    {
        // what can go wrong here is not the listener's
        await Task.Yield();
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            client.NoDelay = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(options.ConnectTimeout);
            await server.ConnectAsync(options.Host, options.Port, limit.Token);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            client.Dispose();
            Note(
                $"the server {options.Host}:{options.Port} cannot be reached: "
                    + $"{(fault is SocketException socket ? socket.SocketErrorCode.ToString() : "no answer")}"
            );
            return;
        }

        lock (gate)
        {
            _follower.Said = options.Said is { } said ? line => said(name, line) : null;
            _follower.Begin(name);
        }

        Note($"{client.RemoteEndPoint} connects");
        using var ending = stop.Register(() =>
        {
            client.Dispose();
            server.Dispose();
        });
        await using var near = new NetworkStream(client, ownsSocket: true);
        await using var far = new NetworkStream(server, ownsSocket: true);
        try
        {
            await PumpBothAsync(near, far);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            Note($"TLS failed: {fault.Message}");
        }

        Note("closed");
    }

    private async Task PumpBothAsync(Stream near, Stream far)
    {
        var up = UpAsync(near, far);
        if (!await DownAsync(far, near))
        {
            await up;
            return;
        }

        // both sides are waiting for the handshake: its first octets are the client's
        var first = await _hello!.Task;
        await up;
        if (first.Length == 0)
        {
            return;
        }

        await using var inside = new SslStream(far, leaveInnerStreamOpen: true);
        await inside.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = options.Host, RemoteCertificateValidationCallback = Accept }
        );
        await using var outside = new SslStream(new BegunStream(near, first), leaveInnerStreamOpen: true);
        await outside.AuthenticateAsServerAsync(options.Certificate!);
        lock (gate)
        {
            _hello = null;
            _follower.Secured();
        }

        Note($"inside TLS: {outside.SslProtocol} with the client, {inside.SslProtocol} with the server");
        await PumpBothAsync(outside, inside);
    }

    // whoever watches may want to see what is said to a server that others would not trust; it is told
    private bool Accept(
        object sender,
        System.Security.Cryptography.X509Certificates.X509Certificate? certificate,
        System.Security.Cryptography.X509Certificates.X509Chain? chain,
        SslPolicyErrors errors
    )
    {
        if (errors is not SslPolicyErrors.None)
        {
            Note($"the server's certificate is not to be trusted: {errors}");
        }

        return errors is SslPolicyErrors.None || options.IsInsecure;
    }

    private async Task UpAsync(Stream near, Stream far)
    {
        var block = new byte[64 * 1024];
        var isReset = false;
        while (await ReadAsync(near, block) is > 0 and var count)
        {
            lock (gate)
            {
                if (_hello is { } hello)
                {
                    hello.SetResult(block[..count]);
                    return;
                }

                _follower.Time = Environment.TickCount64;
                _follower.HasRead = _isNear && _follower.Time - _handed > Known;
                _follower.Take(Side.Client, block.AsSpan(0, count));
            }

            if (!await WriteAsync(far, block.AsMemory(0, count)))
            {
                break;
            }
        }

        lock (gate)
        {
            if (_hello is { Task.IsCompleted: false } hello)
            {
                hello.SetResult([]);
            }

            _follower.Time = Environment.TickCount64;
            _follower.Close(Side.Client, isReset);
        }

        EndWriting(far);

        async ValueTask<int> ReadAsync(Stream from, byte[] into)
        {
            try
            {
                return await from.ReadAsync(into);
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                isReset = true;
                return 0;
            }
        }
    }

    // true where a handshake is due that is to be opened
    private async Task<bool> DownAsync(Stream far, Stream near)
    {
        var block = new byte[64 * 1024];
        var isReset = false;
        while (true)
        {
            int count;
            try
            {
                count = await far.ReadAsync(block);
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                (count, isReset) = (0, true);
            }

            if (count == 0)
            {
                break;
            }

            var isHandshake = false;
            lock (gate)
            {
                _follower.Time = Environment.TickCount64;
                _follower.Take(Side.Server, block.AsSpan(0, count));
                if (options.Certificate is not null && _follower.AwaitsHandshake)
                {
                    isHandshake = true;
                    _hello = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }

            var isWritten = await WriteAsync(near, block.AsMemory(0, count));
            Volatile.Write(ref _handed, Environment.TickCount64);
            if (isHandshake || !isWritten)
            {
                return isHandshake;
            }
        }

        lock (gate)
        {
            _follower.Time = Environment.TickCount64;
            _follower.Close(Side.Server, isReset);
        }

        EndWriting(near);
        return false;
    }

    private static async ValueTask<bool> WriteAsync(Stream to, ReadOnlyMemory<byte> octets)
    {
        try
        {
            await to.WriteAsync(octets);
            return true;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // the other side is gone, which its own pump sees
            return false;
        }
    }

    // a side that closes may still be answered
    private static void EndWriting(Stream to)
    {
        try
        {
            switch (to)
            {
                case NetworkStream { Socket: var socket }:
                    socket.Shutdown(SocketShutdown.Send);
                    break;
                case SslStream tls:
                    tls.ShutdownAsync().Wait(TimeSpan.FromSeconds(1));
                    break;
                default:
                    break;
            }
        }
        catch (Exception fault)
            when (fault is SocketException or IOException or ObjectDisposedException or AggregateException or InvalidOperationException)
        {
            // it is gone already
        }
    }

    private void Note(string what)
    {
        lock (gate)
        {
            options.Noted?.Invoke(name, what);
        }
    }
}
