using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Server.Tests.Hosting;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates");
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Certificate_and_key_are_read_from_two_files_from_one_and_from_PKCS_12()
    {
        using var made = Make(_key);
        var (certificate, key) = (Write("c.pem", made.ExportCertificatePem()), Write("k.pem", _key.ExportPkcs8PrivateKeyPem()));
        var both = Write("both.pem", made.ExportCertificatePem() + "\n" + _key.ExportRSAPrivateKeyPem());
        var packed = Path.Combine(_folder.FullName, "c.pfx");
        File.WriteAllBytes(packed, made.Export(X509ContentType.Pkcs12));
        foreach (var (path, keyPath) in new[] { (certificate, key), (both, null), (packed, null) })
        {
            using var read = ServerCertificate.Load(path, keyPath);
            Assert.Equal(made.Thumbprint, read.Certificate.Thumbprint);
            Assert.True(read.Certificate.HasPrivateKey);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said_with_its_name()
    {
        using var made = Make(_key);
        using var other = RSA.Create(2048);
        var certificate = Write("c.pem", made.ExportCertificatePem());
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        AssertSays("no.pem: there is no such file", "no.pem");
        AssertSays("c.pem: it has no key; give the file of the key with --tls-key", certificate);
        AssertSays("text: it is neither PEM nor PKCS #12", Write("text", "hello"));
        AssertSays("k.pem: it has no certificate", Write("k.pem", _key.ExportPkcs8PrivateKeyPem()));
        AssertSays("e.pem: the key is encrypted", certificate, Write("e.pem", _key.ExportEncryptedPkcs8PrivateKeyPem("x", parameters)));
        AssertSays("o.pem: the key is not that of the certificate in", certificate, Write("o.pem", other.ExportPkcs8PrivateKeyPem()));
        AssertSays(
            "d.pem: the key is not that of the certificate in",
            certificate,
            Write("d.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
        );
        AssertSays(
            "d.crt: a certificate in it is damaged",
            Write("d.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        );
    }

    [Fact]
    public void A_certificate_out_of_date_is_known_to_be()
    {
        using var certificate = ServerCertificate.SelfSigned("mx.example");
        Assert.Null(certificate.WhyNotValid(DateTimeOffset.UtcNow));
        Assert.Contains("has expired at", certificate.WhyNotValid(DateTimeOffset.UtcNow.AddDays(400)), StringComparison.Ordinal);
        Assert.Contains("is not valid before", certificate.WhyNotValid(DateTimeOffset.UtcNow.AddDays(-2)), StringComparison.Ordinal);
    }

    private static X509Certificate2 Make(RSA key) =>
        new CertificateRequest("CN=mx.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void AssertSays(string problem, string path, string? keyPath = null)
    {
        var fault = Assert.Throws<ServerCertificateException>(() => ServerCertificate.Load(Path.Combine(_folder.FullName, path), keyPath));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
    }
}
