using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Certificates made when the tests run.</summary>
internal static class Certificates
{
    /// <summary>One for localhost and 127.0.0.1 that is signed by itself.</summary>
    public static X509Certificate2 OfLocalhost { get; } =
        Make("localhost", DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

    /// <summary>The same for other names or times.</summary>
    public static X509Certificate2 Make(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(from, to);
        // a key that was never stored is of no use to a server on Windows
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
