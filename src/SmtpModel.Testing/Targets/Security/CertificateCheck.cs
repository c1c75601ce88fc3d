using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Testing.Engine;

/// <summary>Looks at the certificate that a server shows, and says in words what is wrong with it.</summary>
/// <param name="options">What it has to be.</param>
/// <param name="name">The name that it has to be for.</param>
internal sealed class CertificateCheck(TlsClientOptions options, string name)
{
    private const int MostNames = 5;

    /// <summary>What is wrong; null where nothing is, or it was not shown yet.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How a chain of certificates is built; null where this machine's own way will do.</summary>
    public X509ChainPolicy Policy
    {
        get
        {
            // nothing is fetched: a test speaks to the server and to nobody else
            var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            if (options.Authorities is { } authorities)
            {
                policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                policy.CustomTrustStore.AddRange(authorities);
            }

            return policy;
        }
    }

    public bool IsFine(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        Trouble =
            options.TakesAnyCertificate || errors is SslPolicyErrors.None ? null : Describe(shown as X509Certificate2, chain, errors);
        return Trouble is null;
    }

    private string Describe(X509Certificate2? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the server shows no certificate";
        }

        List<string> wrong = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            wrong.AddRange((chain?.ChainStatus ?? []).Select(status => Describe(shown, chain!, status.Status)).Distinct());
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            wrong.Add($"is for {Names(shown)} and not for {name}");
        }

        return $"the server's certificate {(wrong.Count == 0 ? "is not valid" : string.Join(", and ", wrong))}";
    }

    private string Describe(X509Certificate2 shown, X509Chain chain, X509ChainStatusFlags status) =>
        status switch
        {
            X509ChainStatusFlags.NotTimeValid => Time(
                chain.ChainElements.Select(element => element.Certificate).FirstOrDefault(one => !IsInTime(one)) ?? shown,
                shown
            ),
            X509ChainStatusFlags.UntrustedRoot
            or X509ChainStatusFlags.PartialChain when shown.SubjectName.RawData.AsSpan().SequenceEqual(shown.IssuerName.RawData) =>
                "is signed by itself",
            X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => options.Authorities is null
                ? "is signed by nobody that this machine trusts"
                : "is signed by nobody that --ca names",
            X509ChainStatusFlags.Revoked => "is revoked",
            X509ChainStatusFlags.NotSignatureValid => "has a wrong signature",
            X509ChainStatusFlags.NotValidForUsage => "is not made for a server",
            _ => $"is not valid ({status})",
        };

    private static bool IsInTime(X509Certificate2 one) => one.NotBefore <= DateTime.Now && DateTime.Now <= one.NotAfter;

    private static string Time(X509Certificate2 late, X509Certificate2 shown)
    {
        var whose = late.Equals(shown) ? "" : "has an authority whose own ";
        return late.NotBefore > DateTime.Now
            ? $"{whose}is not valid before {Day(late.NotBefore)}"
            : $"{whose}expired on {Day(late.NotAfter)}";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Names(X509Certificate2 shown)
    {
        var alternatives = shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        List<string> names =
        [
            .. alternatives.SelectMany(one =>
                one.EnumerateDnsNames().Concat(one.EnumerateIPAddresses().Select(address => address.ToString()))
            ),
        ];
        if (names.Count == 0)
        {
            names.Add(shown.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        }

        var text = string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? " and others" : "");
        return Printable.Text(text, 200);
    }
}
