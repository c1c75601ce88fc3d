using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>How a server is entered: in clear or inside TLS, as nobody or with a login.</summary>
internal sealed class AccessOptions
{
    // RFC 8314 7.3: submission with TLS from the first octet on
    private const int ImplicitPort = 465;

    private static readonly string[] Modes = [.. Enum.GetValues<TlsMode>().Select(mode => mode.ToString().ToLowerInvariant())];

    public Option<string?> Tls { get; } =
        Shared.Among(
            new Option<string?>("--tls")
            {
                Description =
                    "How connections are secured: starttls (by STARTTLS, before anything that is tested), implicit (from the first octet "
                        + "on), try (by STARTTLS where it is offered) or none. [default: none, and implicit on port 465]",
                HelpName = "starttls|implicit|try|none",
            },
            Modes
        );

    public Option<FileInfo?> Ca { get; } =
        Shared.Place("--ca", "Trust the certificates in this PEM file, and no others.", "FILE", text => new FileInfo(text));

    public Option<bool> Insecure { get; } =
        new("--insecure") { Description = "Take any certificate, whoever signed it, for whatever name and time." };

    public Option<string?> ServerName { get; } =
        Host("--servername", "The name that is asked for in TLS and that the certificate has to be for; HOST when left out.");

    public Option<string?> User { get; } =
        new("--user")
        {
            Description = "Log in as this user behind the first EHLO of each session, which no case sees.",
            HelpName = "NAME",
        };

    public PasswordOptions Password { get; } = new();

    public Option<string?> Mechanism { get; } =
        Shared.Among(
            new Option<string?>("--mechanism")
            {
                Description =
                    $"How to log in: {string.Join(", ", Login.Mechanisms)}. Left out, it is the best of the first four that the server "
                        + $"offers, and outside TLS none that sends the password as it is, unless --tls none is given.",
                HelpName = "NAME",
            },
            [.. Login.Mechanisms]
        );

    public IEnumerable<Option> All => [Tls, Ca, Insecure, ServerName, User, .. Password.All, Mechanism];

    /// <summary>Says that nothing of this is for a server that the tool starts itself.</summary>
    /// <exception cref="UsageException">Something of it is given.</exception>
    public void RefuseAll(ParseResult parsed)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException(
                $"{given.Name} is for a server that is named; the one that this tool starts is entered in clear and without a login, so "
                    + $"give HOST:PORT or leave it out"
            );
        }
    }

    /// <summary>How a server is entered: as the command line says, and otherwise as it was when something was found.</summary>
    /// <exception cref="UsageException">Options contradict each other, or what they name cannot be read.</exception>
    public (TlsClientOptions Tls, Login? Login) Of(ParseResult parsed, int port, ReplayAccess? found)
    {
        var mode = parsed.GetValue(Tls) is { } text
            ? Enum.Parse<TlsMode>(text, ignoreCase: true)
            : found?.Tls ?? (port == ImplicitPort ? TlsMode.Implicit : TlsMode.None);
        var file = parsed.GetValue(Ca)?.ToString() ?? found?.AuthoritiesFile;
        var name = parsed.GetValue(ServerName) ?? found?.ServerName;
        var isAny = parsed.GetValue(Insecure) || (found?.TakesAnyCertificate is true && parsed.GetValue(Ca) is null);
        if (mode is TlsMode.None && Given(parsed, Ca, Insecure, ServerName) is { } idle)
        {
            throw new UsageException($"{idle.Name} is about TLS, and nothing is secured; give --tls starttls or --tls implicit with it");
        }

        if (parsed.GetValue(Insecure) && parsed.GetValue(Ca) is not null)
        {
            throw new UsageException("--insecure takes any certificate, whomever --ca trusts; leave one of them out");
        }

        return (new TlsClientOptions
        {
            Mode = mode,
            Authorities = file is null || isAny ? null : Authorities(file),
            AuthoritiesFile = isAny ? null : file,
            TakesAnyCertificate = isAny,
            ServerName = name,
        }, LoginOf(parsed, found));
    }

    private Login? LoginOf(ParseResult parsed, ReplayAccess? found)
    {
        var user = parsed.GetValue(User) ?? found?.User;
        if (user is null)
        {
            return Given(parsed, [.. Password.All, Mechanism]) is { } idle
                ? throw new UsageException($"{idle.Name} is about a login; say who logs in with --user NAME")
                : null;
        }

        if (user.Length == 0 || user.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException("--user has no name; write --user NAME");
        }

        var (variable, file) = Password.Places(parsed, found);
        return new Login(user, PasswordOptions.Read(variable, file))
        {
            Mechanism = parsed.GetValue(Mechanism) ?? found?.Mechanism,
            MaySendInClear = parsed.GetValue(Tls) is { } tls ? tls == Modes[(int)TlsMode.None] : found?.MaySendInClear is true,
            PasswordVariable = variable,
            PasswordFile = file,
        };
    }

    private static Option? Given(ParseResult parsed, params Option[] options) =>
        Array.Find(options, option => parsed.GetResult(option) is { Implicit: false });

    private static X509Certificate2Collection Authorities(string file)
    {
        var text = Files.Read($"--ca {file}", file);
        X509Certificate2Collection all = [];
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            throw new UsageException($"--ca {file}: a certificate in it cannot be read; give a file in PEM, with BEGIN CERTIFICATE");
        }

        return all.Count > 0
            ? all
            : throw new UsageException($"--ca {file}: there is no certificate in it; give a file in PEM, with BEGIN CERTIFICATE");
    }

    private static Option<string?> Host(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } host && Uri.CheckHostName(host) is UriHostNameType.Unknown)
            {
                result.AddError($"'{host}' is no name of a host for {name}; write one as mx.example.test");
            }
        });
        return option;
    }
}
