using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>A small submission server on a loopback port, with TLS and a login.</summary>
internal sealed class SubmissionServer : IAsyncDisposable
{
    private readonly AcceptLoop _loop;
    private int _logins;

    public SubmissionServer(Submission? what = null)
    {
        What = what ?? new Submission();
        _loop = new AcceptLoop(ServeAsync);
    }

    public Submission What { get; }

    /// <summary>Where it is, as HOST:PORT.</summary>
    public string Place => $"127.0.0.1:{_loop.EndPoint.Port}";

    /// <summary>Every line that came, of all connections, with a mark for those inside TLS.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>How many logins were tried.</summary>
    public int Logins => Volatile.Read(ref _logins);

    /// <summary>The target for it.</summary>
    public TcpTarget Target(TlsMode mode, Login? login = null, TlsClientOptions? tls = null) =>
        new("127.0.0.1", _loop.EndPoint.Port, new TcpTimeouts { Reply = TimeSpan.FromSeconds(2) })
        {
            Tls = (tls ?? new TlsClientOptions { Authorities = What.Certificate is { } certificate ? [certificate] : null }) with
            {
                Mode = mode,
            },
            Login = login,
        };

    /// <summary>The user's login.</summary>
    public Login Login(string? mechanism = null, bool mayBeInClear = false) =>
        new(Submission.User, What.Password) { Mechanism = mechanism, MaySendInClear = mayBeInClear };

    public int CountLogin() => Interlocked.Increment(ref _logins);

    /// <summary>Ends every session and listens no more.</summary>
    public void Die() => _loop.Die();

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(Socket socket)
    {
        using var own = socket;
        Stream stream = new NetworkStream(socket);
        try
        {
            if (What.IsImplicit)
            {
                stream = await SecureAsync(stream);
            }

            var session = new SubmissionSession(this, What, What.IsImplicit);
            if (await session.TalkAsync(stream, _loop.Stopping))
            {
                stream = await SecureAsync(stream);
                await session.Inside().TalkAsync(stream, _loop.Stopping);
            }
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException or OperationCanceledException or SocketException)
        {
            // the client has gone, or the test is over
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        if (What.IsStuck)
        {
            await Task.Delay(Timeout.Infinite, _loop.Stopping);
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = What.Certificate, EnabledSslProtocols = What.Versions },
            _loop.Stopping
        );
        return secure;
    }
}
