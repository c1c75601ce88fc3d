using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Server;

/// <summary>A server's certificate with its key and the certificates that lead to its authority.</summary>
public sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2Collection _others;

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection others)
    {
        (Certificate, _others) = (certificate, others);
        // nothing is fetched from anywhere
        Context = SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Certificate { get; }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>Why a client will not accept it at some time; null when nothing is against its dates.</summary>
    /// <param name="now">The time.</param>
    public string? WhyNotValid(DateTimeOffset now) =>
        now < Certificate.NotBefore ? $"the certificate is not valid before {Certificate.NotBefore.ToUniversalTime():u}"
        : now > Certificate.NotAfter ? $"the certificate has expired at {Certificate.NotAfter.ToUniversalTime():u}"
        : null;

    /// <summary>Reads a certificate, behind it perhaps those that lead to its authority, and the key, all in PEM; or all of it from one
    /// file of PKCS #12.</summary>
    /// <param name="path">The file of the certificate.</param>
    /// <param name="keyPath">The file of the key, not encrypted; null where it is in the first file.</param>
    /// <exception cref="ServerCertificateException">It cannot be used; the message says which file, and why.</exception>
    public static ServerCertificate Load(string path, string? keyPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return CertificateFiles.Load(path, keyPath);
    }

    /// <summary>Makes a certificate that is signed by nobody, for tests: clients accept it only when they are told to. Valid for a
    /// year.</summary>
    /// <param name="hostName">The server's name; 127.0.0.1, ::1 and localhost are in it too.</param>
    public static ServerCertificate SelfSigned(string hostName)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(hostName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in new[] { hostName, "localhost" }.Distinct().Where(host => Uri.CheckHostName(host) is UriHostNameType.Dns))
        {
            names.AddDnsName(host);
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: false,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(365));
        return Of(made, []);
    }

    /// <summary>Gives back the certificates.</summary>
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var other in _others)
        {
            other.Dispose();
        }
    }

    // by way of PKCS #12 the key becomes one that every platform's TLS can use
    internal static ServerCertificate Of(X509Certificate2 certificate, X509Certificate2Collection others) =>
        new(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), others);
}
