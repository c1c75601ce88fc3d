using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Watching;

/// <summary>How a channel is watched.</summary>
/// <param name="Listen">Where clients connect to; port 0 lets the system choose.</param>
/// <param name="Host">The server's name or address.</param>
/// <param name="Port">Its port.</param>
public sealed record WatchOptions(IPEndPoint Listen, string Host, int Port)
{
    /// <summary>The profile that sessions begin with; RFC 5321 where it is null.</summary>
    public Profile? Profile { get; init; }

    /// <summary>The certificate that is shown to clients behind STARTTLS, so that what is said inside can be followed; where it is null,
    /// TLS is carried on blind.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether the server's certificate is taken whatever it is; without it TLS is not opened with a server that is not to be
    /// trusted.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>The most channels at once; one more is closed.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>How long to try to reach the server.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told of each line, with the name of its session; one call at a time.</summary>
    public Action<string, EvidenceLine>? Said { get; init; }

    /// <summary>Is told of what becomes of a channel, as that it was closed or is inside TLS, with the name of its session; one call at a
    /// time.</summary>
    public Action<string, string>? Noted { get; init; }
}
