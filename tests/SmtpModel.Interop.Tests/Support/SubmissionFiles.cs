using System.Security.Cryptography.X509Certificates;
using SmtpModel.Testing;
using SmtpModel.Testing.Tests.Access;

namespace SmtpModel.Interop.Tests.Support;

/// <summary>What a peer needs to be a submission server: a certificate and its key in files, and who may log in.</summary>
internal sealed class SubmissionFiles : IDisposable
{
    private const string User = "alice";
    private const string Password = "a password of the tests";
    private readonly string _folder = Directory.CreateTempSubdirectory("smtpmodel-submission-").FullName;

    public SubmissionFiles()
    {
        using var key = Certificates.OfLocalhost.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), Certificates.OfLocalhost.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The variables that the scripts of the peers know.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PEER_USER"] = User,
        ["PEER_PASSWORD"] = Password,
        ["PEER_CERT"] = Path.Combine(_folder, "cert.pem"),
        ["PEER_KEY"] = Path.Combine(_folder, "key.pem"),
    };

    /// <summary>The way into such a peer.</summary>
    public static TcpTarget Target(Peers.Peer peer, string? mechanism) => new(peer.EndPoint.Address.ToString(), peer.EndPoint.Port)
    {
        Tls = new TlsClientOptions { Mode = TlsMode.StartTls, Authorities = [Certificates.OfLocalhost] },
        Login = new Login(User, Password) { Mechanism = mechanism },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
