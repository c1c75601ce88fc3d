namespace SmtpModel.Testing.Engine;

/// <summary>How a server was entered when something was found: all but the password, of which only the place is kept.</summary>
public sealed record ReplayAccess
{
    /// <summary>When the connections were secured.</summary>
    public TlsMode Tls { get; init; }

    /// <summary>The file with whom was trusted; null for whom the machine trusts.</summary>
    public string? AuthoritiesFile { get; init; }

    /// <summary>Whether any certificate was taken.</summary>
    public bool TakesAnyCertificate { get; init; }

    /// <summary>The name that the certificate had to be for; null for the host's.</summary>
    public string? ServerName { get; init; }

    /// <summary>Who logged in; null when nobody did.</summary>
    public string? User { get; init; }

    /// <summary>The mechanism that was asked for; null for the best.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Whether a password might be sent as it is outside TLS.</summary>
    public bool MaySendInClear { get; init; }

    /// <summary>The variable of the environment with the password; null when there was none.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>The file with the password; null when there was none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>How a target is entered; null where it is in the plainest way, or behind no port.</summary>
    /// <param name="target">The server.</param>
    public static ReplayAccess? Of(ITarget target) =>
        target is not TcpTarget tcp || (tcp.Tls == new TlsClientOptions() && tcp.Login is null)
            ? null
            : new ReplayAccess
            {
                Tls = tcp.Tls.Mode,
                AuthoritiesFile = tcp.Tls.AuthoritiesFile,
                TakesAnyCertificate = tcp.Tls.TakesAnyCertificate,
                ServerName = tcp.Tls.ServerName,
                User = tcp.Login?.User,
                Mechanism = tcp.Login?.Mechanism,
                MaySendInClear = tcp.Login?.MaySendInClear is true,
                PasswordVariable = tcp.Login?.PasswordVariable,
                PasswordFile = tcp.Login?.PasswordFile,
            };
}
