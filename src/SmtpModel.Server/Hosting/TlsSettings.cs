using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;

namespace SmtpModel.Server;

/// <summary>When a connection is secured.</summary>
public enum TlsStart
{
    /// <summary>When the client asks for it with STARTTLS (RFC 3207).</summary>
    OnStartTls,

    /// <summary>At once, before the greeting: implicit TLS (RFC 8314 3.3).</summary>
    Implicit,
}

/// <summary>How a server's connections are secured.</summary>
public sealed record TlsSettings
{
    private readonly Lazy<SslServerAuthenticationOptions> _authentication;

    /// <summary>Settings with a certificate.</summary>
    /// <param name="certificate">The certificate; it is the caller's and has to live as long as the server.</param>
    public TlsSettings(ServerCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        _authentication = new(MakeAuthentication);
    }

    private TlsSettings(TlsSettings other)
    {
        (Certificate, Start, Protocols, HandshakeTimeout) = (other.Certificate, other.Start, other.Protocols, other.HandshakeTimeout);
        _authentication = new(MakeAuthentication);
    }

    /// <summary>What the server shows itself with.</summary>
    public ServerCertificate Certificate { get; }

    /// <summary>When TLS begins.</summary>
    public TlsStart Start { get; init; } = TlsStart.OnStartTls;

    /// <summary>The versions; TLS 1.2 and 1.3, since the older ones must not be negotiated (RFC 8996).</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The longest time for a handshake; 30 seconds. Then the connection is cut.</summary>
    public TimeSpan HandshakeTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    internal SslServerAuthenticationOptions Authentication => _authentication.Value;

    private SslServerAuthenticationOptions MakeAuthentication() => new()
    {
        ServerCertificateContext = Certificate.Context,
        EnabledSslProtocols = Protocols,
        // a client may resume, which spares both sides most of a handshake; it may not renegotiate
        AllowTlsResume = true,
        AllowRenegotiation = false,
    };

    private static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero && value < TimeSpan.FromDays(1) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be longer than nothing and shorter than a day");
}
