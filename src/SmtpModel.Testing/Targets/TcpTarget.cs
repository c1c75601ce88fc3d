using System.Net;
using System.Net.Sockets;

namespace SmtpModel.Testing;

/// <summary>A server behind a TCP port.</summary>
/// <param name="host">Its name or address.</param>
/// <param name="port">Its port, 1 to 65535.</param>
/// <param name="timeouts">How long to wait.</param>
public sealed class TcpTarget(string host, int port, TcpTimeouts? timeouts = null) : ITarget
{
    private readonly TcpTimeouts _timeouts = timeouts ?? new TcpTimeouts();
    private IPAddress[]? _addresses;

    // it has greeted or answered, so that a session without a greeting is a finding
    private volatile bool _isServer;

    /// <summary>How long it is waited for.</summary>
    internal TcpTimeouts Timeouts => _timeouts;

    /// <inheritdoc/>
    public string Name => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <inheritdoc/>
    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeouts.Connect);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            _addresses ??= await Dns.GetHostAddressesAsync(host, limit.Token);
            await socket.ConnectAsync(_addresses, port, limit.Token);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            var why = fault is SocketException refused ? Why(refused) : $"no connection within {_timeouts.Connect.TotalSeconds:0.#} s";
            throw new TargetUnreachableException($"cannot connect to {Name}: {why}. Is the server running there, and is this its name?", fault);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }

        var session = new TcpSession(socket, _timeouts);
        try
        {
            await session.GreetAsync(cancellation);
            _isServer = _isServer || session.Greeting.Kind is ObservationKind.Reply;
            if (_isServer || session is { Greeting.Kind: ObservationKind.Closed, Heard.Length: 0 })
            {
                // one that is closed without a word may be refused to this client, or be one too many
                return session;
            }

            await using (session)
            {
                if (await FirstWords.DescribeAsync(session, _timeouts.Reply, cancellation) is { } what)
                {
                    throw new TargetUnreachableException($"{Name} takes the connection and {what}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // nobody has it who could end it
            await session.DisposeAsync();
            throw;
        }

        // it answers, so it is a server that does not greet; what was said to find that out is in no session
        _isServer = true;
        return await ConnectAsync(greeting, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Why(SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "nobody listens there",
        SocketError.HostNotFound or SocketError.NoData => "there is no host of this name",
        SocketError.TryAgain => "its name cannot be looked up now",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it from here",
        SocketError.AddressFamilyNotSupported => "this machine does not speak that kind of address",
        SocketError.TimedOut => "it does not answer",
        SocketError.ConnectionReset => "it cuts the connection off",
        _ => $"the system says {fault.SocketErrorCode}",
    };
}

/// <summary>How long to wait for a server.</summary>
public sealed record TcpTimeouts
{
    /// <summary>For the connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a reply, the greeting included.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(10);
}
