using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Testing;

/// <summary>When a connection is secured with TLS.</summary>
public enum TlsMode
{
    /// <summary>Never: all is said in clear.</summary>
    None,

    /// <summary>By STARTTLS where the server offers it (RFC 3207); elsewhere all is said in clear.</summary>
    Try,

    /// <summary>By STARTTLS, before anything that is tested (RFC 3207).</summary>
    StartTls,

    /// <summary>From the first octet on, before the greeting (RFC 8314 3.3).</summary>
    Implicit,
}

/// <summary>How the connections to a server are secured, and what its certificate has to be.</summary>
public sealed record TlsClientOptions
{
    /// <summary>When they are secured.</summary>
    public TlsMode Mode { get; init; }

    /// <summary>Who may have signed the certificate; whoever this machine trusts when null.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The file that <see cref="Authorities"/> were read from, for what is kept to be played again; null when there is
    /// none.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>Whether any certificate will do, whoever signed it, for whatever name and time.</summary>
    public bool TakesAnyCertificate { get; init; }

    /// <summary>The name that is asked for and that the certificate has to be for; the host's when null.</summary>
    public string? ServerName { get; init; }
}
