namespace SmtpModel.Testing;

/// <summary>Who logs in at a server, and how (RFC 4954). Its words never hold the password.</summary>
/// <param name="user">The user's name.</param>
/// <param name="password">The password; the token for OAUTHBEARER and XOAUTH2.</param>
public sealed class Login(string user, string password)
{
    /// <summary>The mechanisms that can be named, by their names in SASL's registry.</summary>
    public static IReadOnlyList<string> Mechanisms { get; } = ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER"];

    /// <summary>The user's name.</summary>
    public string User { get; } = user;

    /// <summary>One of <see cref="Mechanisms"/>; the best of those that the server offers when null.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Whether a password, or a token, may be sent as it is where there is no TLS.</summary>
    public bool MaySendInClear { get; init; }

    /// <summary>The variable of the environment that the password was read from, for what is kept to be played again; null when there is
    /// none.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>The file that the password was read from, for what is kept to be played again; null when there is none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The password.</summary>
    internal string Password => password;

    /// <summary>The user's name alone.</summary>
    public override string ToString() => User;
}
