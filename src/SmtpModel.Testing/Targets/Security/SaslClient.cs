using System.Net;
using System.Security.Cryptography;
using System.Text;
using MailKit.Security;

namespace SmtpModel.Testing.Engine;

/// <summary>The client's side of one mechanism of SASL (RFC 4422), for one login.</summary>
internal sealed class SaslClient
{
    private const string Bearer = "OAUTHBEARER";

    private readonly string _user;
    private readonly string _password;
    private readonly Secrets _secrets;

    // none for a mechanism that is our own
    private readonly SaslMechanism? _mechanism;

    /// <summary>A client that has said nothing yet.</summary>
    /// <param name="name">The mechanism: one of <see cref="Login.Mechanisms"/>.</param>
    /// <param name="user">Who logs in.</param>
    /// <param name="password">The password, or the token.</param>
    /// <param name="secrets">Where what is said is kept, so that it is shown nowhere.</param>
    public SaslClient(string name, string user, string password, Secrets secrets)
    {
        (Name, _user, _password, _secrets) = (name, user, password, secrets);
        _mechanism = name == Bearer ? null : SaslMechanism.Create(name, new NetworkCredential(user, password));
    }

    /// <summary>The mechanism's name.</summary>
    public string Name { get; }

    /// <summary>Whether a mechanism sends the password, or the token, as it is.</summary>
    public static bool ShowsSecret(string mechanism) => mechanism is not ("SCRAM-SHA-256" or "CRAM-MD5");

    /// <summary>What the client says before the server does, in base64; empty for an empty response, null where the server
    /// begins.</summary>
    public string? First() =>
        _mechanism is null ? _secrets.Keep(Token())
        : _mechanism.SupportsInitialResponse ? _secrets.Keep(_mechanism.Challenge(null))
        : null;

    /// <summary>What the client answers, in base64; null for a challenge that makes no sense.</summary>
    /// <param name="challenge">What stands behind 334.</param>
    public string? Answer(string challenge)
    {
        // the server's last word, which SMTP has no other place for; that of RFC 7628 3.2.3 says what is wrong
        if (_mechanism is null || _mechanism.IsAuthenticated)
        {
            return _mechanism is null ? "AQ==" : "";
        }

        try
        {
            return _secrets.Keep(_mechanism.Challenge(challenge.Trim()));
        }
        catch (Exception fault)
            when (fault is SaslException or FormatException or ArgumentException or CryptographicException or NotSupportedException)
        {
            return null;
        }
    }

    // RFC 7628 3.1, with the escapes of RFC 5802 5.1; MailKit's own needs an address that only its clients can give it
    private string Token()
    {
        var user = _user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"n,a={user},\u0001auth=Bearer {_password}\u0001\u0001"));
    }
}
