using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>What a <see cref="SubmissionServer"/> is like.</summary>
internal sealed record Submission
{
    public const string User = "alice";

    /// <summary>What its certificate is; null where it has no TLS.</summary>
    public X509Certificate2? Certificate { get; init; } = Certificates.OfLocalhost;

    /// <summary>Whether it speaks TLS from the first octet on.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>The versions of TLS that it takes.</summary>
    public SslProtocols Versions { get; init; } = SslProtocols.None;

    /// <summary>Whether it never answers in the handshake.</summary>
    public bool IsStuck { get; init; }

    /// <summary>What it says to STARTTLS; what stands behind the first line goes with it in one packet, in clear.</summary>
    public string StartTls { get; init; } = "220 go ahead\r\n";

    /// <summary>The mechanisms that it offers in clear, and inside TLS; none where it has no login there.</summary>
    public string InClear { get; init; } = "";

    /// <inheritdoc cref="InClear"/>
    public string InTls { get; init; } = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER";

    /// <summary>The password of <see cref="User"/>; the token too.</summary>
    public string Password { get; init; } = "a password of the tests";

    /// <summary>The reply to a login, by its number and what is right; null to close instead.</summary>
    public Func<int, string, string?> Login { get; init; } = (_, right) => right;

    /// <summary>Whether mail is taken only inside TLS and behind a login.</summary>
    public bool IsDemanding { get; init; } = true;

    /// <summary>What it says where it wants that first; with another code than 530 to RCPT only, and to DATA without a recipient
    /// too.</summary>
    public string Demand { get; init; } = "530 5.7.0 TLS and a login first";

    /// <summary>What it lists besides, each line with <c>250-</c> and its end.</summary>
    public string Also { get; init; } = "";

    /// <summary>What it does wrong in STARTTLS and AUTH; nothing when null.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether it takes RCPT without MAIL, which is a fault.</summary>
    public bool TakesEarlyRcpt { get; init; }
}
