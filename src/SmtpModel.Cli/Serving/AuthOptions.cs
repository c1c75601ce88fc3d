using System.CommandLine;
using SmtpModel.Cli.Commands;
using SmtpModel.Server;

namespace SmtpModel.Cli.Serving;

/// <summary>The options of <c>serve</c> that are about who a client is, and about what it has to do before it may send.</summary>
internal sealed class AuthOptions
{
    private static readonly SmtpServerOptions Standard = new() { Store = DiscardStore.Instance };
    private readonly Option<string?> _users = new("--auth-users")
    {
        Description = "Offer AUTH, and let in the users of this file; 'smtpmodel users add' makes it. It is read when the server starts.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _inClear = new("--auth-without-tls")
    {
        Description = "Offer AUTH outside TLS too, where everybody on the way can read passwords.",
    };
    private readonly Option<bool> _tlsFirst = new("--require-tls")
    {
        Description = "Serve nothing but NOOP, EHLO, STARTTLS and QUIT before TLS; everything else draws 530 (RFC 3207 4).",
    };
    private readonly Option<bool> _loginFirst = new("--require-auth")
    {
        Description =
            "Serve nothing but AUTH, EHLO, HELO, NOOP, RSET, QUIT and STARTTLS before a client has logged in; everything else draws 530 "
                + "(RFC 4954 6).",
    };
    private readonly Option<int> _failures = Shared.Number(
        "--max-failed-logins",
        "How many logins may fail in a connection before 421.",
        Standard.MaxFailedLogins,
        3
    );
    private readonly Option<TimeSpan?> _delay = Shared.Time(
        "--failed-login-delay",
        "How long the reply to a failed login is held back; it doubles with each further one from the same address, up to eight times as "
            + "long.",
        Standard.FailedLoginDelay
    );

    public IReadOnlyList<Option> All => [_users, _inClear, _tlsFirst, _loginFirst, _failures, _delay];

    /// <summary>Who decides on AUTH; null when it is not offered.</summary>
    /// <exception cref="UsageException">The file of users cannot be used.</exception>
    public UserAuthenticator? Authenticator(ParseResult parsed, string hostName)
    {
        if (parsed.GetValue(_users) is not { } path)
        {
            return null;
        }

        var users = SiteOptions.Watched(path, hostName);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            Console.Error.WriteLine($"smtpmodel: {path}: others may read this file; 'chmod 600 {path}' keeps it from them");
        }

        return users;
    }

    /// <summary>The server's options with what is asked for.</summary>
    /// <exception cref="UsageException">What is asked for is not to be had with the profile, or without something else.</exception>
    public SmtpServerOptions Apply(ParseResult parsed, SmtpServerOptions options, UserAuthenticator? users, Profile profile)
    {
        var (inClear, tlsFirst, loginFirst) = (parsed.GetValue(_inClear), parsed.GetValue(_tlsFirst), parsed.GetValue(_loginFirst));
        if (users is null && (inClear || loginFirst))
        {
            throw new UsageException(
                $"{(inClear ? "--auth-without-tls" : "--require-auth")} needs users; give their file with --auth-users"
            );
        }

        if (users is null && profile.Parts.Contains(Spec.Rfc6409.Part))
        {
            throw new UsageException(
                "a submission server takes no mail from strangers, and nobody could log in; give the file of users with --auth-users"
            );
        }

        if (users is not null && profile.Table.Extensions.All(extension => extension.Keyword != Spec.Rfc4954.AUTH.Name))
        {
            throw new UsageException(
                $"the profile {profile.Name} has no AUTH, so nobody could log in; choose another --profile, as esmtpsa"
            );
        }

        if (users is not null && options.Tls is null && !inClear)
        {
            throw new UsageException(
                "AUTH is offered inside TLS only, and there is no certificate; give one with --tls-cert, or --auth-without-tls"
            );
        }

        if (tlsFirst && options.Tls is null)
        {
            throw new UsageException(
                "--require-tls needs a certificate; give one with --tls-cert and --tls-key, or --tls-self-signed for a test"
            );
        }

        return options with
        {
            Authenticator = users,
            MaxFailedLogins = parsed.GetValue(_failures),
            FailedLoginDelay = parsed.GetValue(_delay) ?? Standard.FailedLoginDelay,
            Session = options.Session with
            {
                AuthenticatesInClear = inClear,
                // where TLS comes first there is no session before it
                RequiresTls = tlsFirst && options.Tls is { Start: TlsStart.OnStartTls },
                RequiresAuthentication = loginFirst,
            },
        };
    }
}
