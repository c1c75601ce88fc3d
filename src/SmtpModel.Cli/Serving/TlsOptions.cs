using System.CommandLine;
using SmtpModel.Cli.Commands;
using SmtpModel.Server;

namespace SmtpModel.Cli.Serving;

/// <summary>The options of <c>serve</c> that are about TLS.</summary>
internal sealed class TlsOptions
{
    private const string OnRequest = "starttls";
    private const string AtOnce = "implicit";
    private readonly Option<FileInfo?> _certificate = Shared.Place(
        "--tls-cert",
        "The server's certificate in PEM, behind it those that lead to its authority; or certificate and key in PKCS #12 without a "
            + "password.",
        "FILE",
        text => new FileInfo(text)
    );
    private readonly Option<FileInfo?> _key = CreateKey();
    private readonly Option<bool> _selfSigned = new("--tls-self-signed")
    {
        Description =
            "Make a certificate for this run, for the name of --hostname and for localhost, that is signed by nobody: for tests.",
    };
    private readonly Option<string> _start = Shared.Choice(
        "--tls",
        "When TLS begins: when the client says STARTTLS, or before the greeting.",
        OnRequest,
        OnRequest,
        AtOnce
    );

    /// <summary>The option for the key of a certificate, which all have that show one.</summary>
    public static Option<FileInfo?> CreateKey() =>
        Shared.Place(
            "--tls-key",
            "The certificate's key in PEM, not encrypted; left out when it is in the file of the certificate.",
            "FILE",
            text => new FileInfo(text)
        );

    public IReadOnlyList<Option> All => [_certificate, _key, _selfSigned, _start];

    /// <summary>The certificate that the options name; null when they name none.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    public ServerCertificate? Certificate(ParseResult parsed, string hostName)
    {
        var (file, key) = (parsed.GetValue(_certificate), parsed.GetValue(_key));
        if (parsed.GetValue(_selfSigned))
        {
            return file is null && key is null
                ? ServerCertificate.SelfSigned(hostName)
                : throw new UsageException(
                    "--tls-self-signed makes a certificate, so --tls-cert and --tls-key are not needed; leave out one or the other"
                );
        }

        var certificate = Load(file, key);
        if (certificate?.WhyNotValid(DateTimeOffset.UtcNow) is { } reason)
        {
            // it may be wanted, to test clients
            Console.Error.WriteLine($"smtpmodel: {file}: {reason}; clients will not accept it");
        }

        return certificate;
    }

    /// <summary>The certificate in a file, with its key in another one or in the same; null where no file is named.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    public static ServerCertificate? Load(FileInfo? file, FileInfo? key)
    {
        if (file is null)
        {
            return key is null
                ? null
                : throw new UsageException("--tls-key is there without --tls-cert; give the file of the certificate too");
        }

        try
        {
            return ServerCertificate.Load(file.ToString(), key?.ToString());
        }
        catch (ServerCertificateException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    /// <summary>How connections are secured; null when they are not.</summary>
    /// <exception cref="UsageException">What is asked for is not to be had with the profile, or without a certificate.</exception>
    public TlsSettings? Settings(ParseResult parsed, ServerCertificate? certificate, Profile profile)
    {
        var isAtOnce = parsed.GetValue(_start) is AtOnce;
        if (certificate is null)
        {
            return !isAtOnce
                ? null
                : throw new UsageException(
                    "--tls implicit needs a certificate; give one with --tls-cert and --tls-key, or --tls-self-signed for a test"
                );
        }

        if (!isAtOnce && profile.Table.Extensions.All(extension => extension.Keyword != Spec.Rfc3207.STARTTLS.Name))
        {
            throw new UsageException(
                $"the profile {profile.Name} has no STARTTLS, so the certificate would never be shown; choose another --profile, or --tls "
                    + $"implicit"
            );
        }

        return new TlsSettings(certificate) { Start = isAtOnce ? TlsStart.Implicit : TlsStart.OnStartTls };
    }
}
