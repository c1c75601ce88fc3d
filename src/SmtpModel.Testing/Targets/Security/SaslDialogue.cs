using System.Net;
using System.Security.Cryptography;
using System.Text;
using MailKit.Security;

namespace SmtpModel.Testing.Engine;

/// <summary>One login on one connection: the AUTH command, the server's challenges and what they are answered with (RFC 4954 4).</summary>
/// <param name="session">The connection.</param>
/// <param name="login">Who logs in.</param>
/// <param name="name">With which mechanism.</param>
internal sealed class SaslDialogue(TcpSession session, Login login, string name)
{
    private const int Success = 235;
    private const int Challenge = 334;
    private const string Bearer = "OAUTHBEARER";

    // RFC 5321 4.5.3.1.4, with CRLF: an initial response that makes the line longer is sent behind an empty challenge (RFC 4954 4)
    private const int MostOfLine = 510;

    // more challenges than any mechanism here has
    private const int MostChallenges = 8;

    // servers make one who failed wait, and tell nobody why
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Secrets _secrets = new(login.Password);

    /// <summary>Whether a mechanism sends the password, or the token, as it is.</summary>
    public static bool ShowsSecret(string mechanism) => mechanism is not ("SCRAM-SHA-256" or "CRAM-MD5");

    /// <summary>Plays it.</summary>
    /// <returns>Null when it succeeded; else what the server said, or why the dialogue ended, and its code: 0 where there is none. Safe to print.</returns>
    public async ValueTask<(int Code, string Said)?> RunAsync(CancellationToken cancellation)
    {
        var mechanism = name == Bearer ? null : SaslMechanism.Create(name, new NetworkCredential(login.User, login.Password));
        var initial = mechanism is null ? _secrets.Keep(Token()) : mechanism.SupportsInitialResponse ? _secrets.Keep(await mechanism.ChallengeAsync(null, cancellation)) : null;
        var line = $"{Entrance.Keyword} {name} {(initial is "" ? "=" : initial)}";
        var isSent = initial is not null && line.Length <= MostOfLine;
        var came = await session.AsideAsync(isSent ? line : $"{Entrance.Keyword} {name}", Patience, cancellation);
        for (var count = 0; came.Code == Challenge && count < MostChallenges; count++)
        {
            var response = initial is not null && !isSent && count == 0 ? initial : await RespondAsync(mechanism, came.Reply!.Lines[0], cancellation);
            if (response is null)
            {
                _ = await session.AsideAsync("*", Patience, cancellation);
                return (0, $"the server's challenge is none that {name} has");
            }

            came = await session.AsideAsync(response, Patience, cancellation);
        }

        return came.Code == Success ? null
            : came.Kind is ObservationKind.Reply ? (came.Code, _secrets.Hide(came.ToString()))
            : (0, came.Kind is ObservationKind.Silence ? $"the server does not answer within {Patience.TotalSeconds:0} s" : "the server closes the connection");
    }

    // null for a challenge that makes no sense
    private async ValueTask<string?> RespondAsync(SaslMechanism? mechanism, string challenge, CancellationToken cancellation)
    {
        // the server's last word, which SMTP has no other place for; that of RFC 7628 3.2.3 says what is wrong
        if (mechanism is null || mechanism.IsAuthenticated)
        {
            return mechanism is null ? "AQ==" : "";
        }

        try
        {
            return _secrets.Keep(await mechanism.ChallengeAsync(challenge.Trim(), cancellation));
        }
        catch (Exception fault) when (fault is SaslException or FormatException or ArgumentException or CryptographicException or NotSupportedException)
        {
            return null;
        }
    }

    // RFC 7628 3.1, with the escapes of RFC 5802 5.1; MailKit's own needs an address that only its clients can give it
    private string Token()
    {
        var user = login.User.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"n,a={user},\u0001auth=Bearer {login.Password}\u0001\u0001"));
    }
}
