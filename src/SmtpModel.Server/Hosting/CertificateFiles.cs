using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmtpModel.Server;

/// <summary>Reads a certificate and its key from files.</summary>
internal static class CertificateFiles
{
    public static ServerCertificate Load(string path, string? keyPath)
    {
        var octets = Read(path);
        if (!IsPem(octets))
        {
            return LoadPkcs12(path, octets, keyPath);
        }

        var certificates = new X509Certificate2Collection();
        var text = Encoding.Latin1.GetString(octets);
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw new ServerCertificateException(path, "a certificate in it is damaged", e);
        }

        if (certificates.Count == 0)
        {
            throw new ServerCertificateException(path, "it has no certificate, which begins with '-----BEGIN CERTIFICATE-----'");
        }

        var own = certificates[0];
        certificates.RemoveAt(0);
        using var withKey = WithKey(own, keyPath ?? path, keyPath is null ? text : Encoding.Latin1.GetString(Read(keyPath)), path);
        own.Dispose();
        return ServerCertificate.Of(withKey, certificates);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string keyPath, string text, string path)
    {
        if (
            text.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)
        )
        {
            throw new ServerCertificateException(
                keyPath,
                "the key is encrypted; write it without a pass phrase, as 'openssl pkey -in KEY -out FILE' does"
            );
        }

        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new ServerCertificateException(
                keyPath,
                keyPath == path
                    ? "it has no key; give the file of the key with --tls-key"
                    : "it has no key, which begins with '-----BEGIN PRIVATE KEY-----'"
            );
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), text);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ServerCertificateException(
                keyPath,
                $"the key is not that of the certificate in {path}, is damaged, or is of a kind that is not supported",
                e
            );
        }
    }

    private static ServerCertificate LoadPkcs12(string path, byte[] octets, string? keyPath)
    {
        if (keyPath is not null)
        {
            throw new ServerCertificateException(
                path,
                "it is not PEM, which begins with '-----BEGIN CERTIFICATE-----'; the key is in a file of its own, so PEM is needed"
            );
        }

        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(octets, null, X509KeyStorageFlags.Exportable);
            if (all.FirstOrDefault(one => one.HasPrivateKey) is not { } own)
            {
                throw new ServerCertificateException(path, "it has no certificate with a key");
            }

            all.Remove(own);
            using (own)
            {
                return ServerCertificate.Of(own, all);
            }
        }
        catch (CryptographicException e)
        {
            throw new ServerCertificateException(path, "it is neither PEM nor PKCS #12 without a password", e);
        }
    }

    private static bool IsPem(byte[] octets) => octets.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerCertificateException(path, FileTrouble.Why(path, e), e);
        }
    }
}
