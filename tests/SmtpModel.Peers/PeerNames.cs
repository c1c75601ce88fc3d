namespace SmtpModel.Peers;

/// <summary>The third-party servers that <see cref="Peer.Start"/> knows. Each is a script in <c>tests/peers</c>.</summary>
public static class PeerNames
{
    /// <summary>Postfix as Debian ships it, its limits on errors and connections lifted. Needs root.</summary>
    public const string Postfix = "postfix";

    /// <summary>Postfix that asks for HELO, strict envelopes and CRLF, and refuses to be talked ahead to. Needs root.</summary>
    public const string PostfixStrict = "postfix-strict";

    /// <summary>Postfix as a submission server, with Cyrus SASL. Needs root, and PEER_USER and the like.</summary>
    public const string PostfixSubmission = "postfix-submission";

    /// <summary>Exim 4, its limits on errors and connections lifted. Needs root.</summary>
    public const string Exim = "exim4";

    /// <summary>Dovecot's LMTP server. Needs root.</summary>
    public const string DovecotLmtp = "dovecot-lmtp";

    /// <summary>Cyrus's LMTP server. Needs root.</summary>
    public const string CyrusLmtp = "cyrus-lmtp";

    /// <summary>Dovecot's submission server, in front of aiosmtpd. Needs root, and PEER_USER and the like.</summary>
    public const string DovecotSubmission = "dovecot-submission";

    /// <summary>aiosmtpd, in Python.</summary>
    public const string Aiosmtpd = "aiosmtpd";

    /// <summary>The npm package smtp-server of the nodemailer project.</summary>
    public const string Nodemailer = "nodemailer";

    /// <summary>Haraka, in JavaScript.</summary>
    public const string Haraka = "haraka";

    /// <summary>Postfix's own test server. For load: it keeps hardly any rule.</summary>
    public const string SmtpSink = "smtp-sink";

    /// <summary>All of the above, for a test that goes through them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [
            Postfix,
            PostfixStrict,
            PostfixSubmission,
            Exim,
            DovecotLmtp,
            CyrusLmtp,
            DovecotSubmission,
            Aiosmtpd,
            Nodemailer,
            Haraka,
            SmtpSink,
        ];

    internal static void Require(string name)
    {
        if (!All.Contains(name))
            throw new ArgumentException($"There is no peer '{name}'; there are {string.Join(", ", All)}.", nameof(name));
    }
}
