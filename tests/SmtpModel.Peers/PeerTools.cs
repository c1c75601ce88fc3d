namespace SmtpModel.Peers;

/// <summary>Third-party SMTP clients, run as a program with arguments. Each is a script in <c>tests/peers</c>.</summary>
public static class PeerTools
{
    /// <summary>swaks, the scripted test client. It is kept to loopback addresses of IPv4.</summary>
    public const string Swaks = "swaks";

    /// <summary>Postfix's load generator.</summary>
    public const string SmtpSource = "smtp-source";

    /// <summary>curl.</summary>
    public const string Curl = "curl";

    /// <summary>OpenSSL's command, for its <c>s_client</c>.</summary>
    public const string OpenSsl = "openssl";

    /// <summary>msmtp, which sends one message.</summary>
    public const string Msmtp = "msmtp";

    /// <summary>s-nail, a mail user agent.</summary>
    public const string SNail = "s-nail";

    /// <summary>
    /// Python's smtplib: port; none, starttls or implicit; user, - for none; password; mechanism; recipients. The message is the standard
    /// input.
    /// </summary>
    public const string Smtplib = "smtplib";

    /// <summary>nodemailer, with the same arguments.</summary>
    public const string NodemailerClient = "nodemailer-client";

    /// <summary>git send-email: port; recipients. The message is the standard input.</summary>
    public const string GitSendEmail = "git-send-email";

    /// <summary>Ruby's net-smtp, likewise.</summary>
    public const string NetSmtp = "net-smtp";

    /// <summary>
    /// Postfix's smtp(8) with a queue of its own: port; recipients. The message is the standard input. Ends with 0 when it was sent to all,
    /// 69 when it was returned to the sender for any of them, 75 when it is kept. Needs root.
    /// </summary>
    public const string PostfixClient = "postfix-client";

    /// <summary>Exim's remote transport, likewise.</summary>
    public const string EximClient = "exim-client";

    /// <summary>Random sessions of a learned machine, in Python: file; port; seed; number of sessions. Exit code 1 at the first
    /// difference.</summary>
    public const string LearnedReplay = "learned-replay";

    private static readonly string[] All =
    [
        Swaks,
        SmtpSource,
        Curl,
        OpenSsl,
        Msmtp,
        SNail,
        Smtplib,
        NodemailerClient,
        GitSendEmail,
        NetSmtp,
        PostfixClient,
        EximClient,
        LearnedReplay,
    ];

    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    /// <summary>Why <paramref name="tool"/> cannot be run on this machine, for a test's skip reason.</summary>
    /// <param name="tool">One of this class's constants.</param>
    /// <returns>One sentence that names the package and how to install it; null if the tool was seen to start.</returns>
    /// <exception cref="ArgumentException">There is no such tool.</exception>
    public static string? WhyUnavailable(string tool)
    {
        Require(tool);
        return PeerScripts.WhyUnavailable(tool);
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="tool">One of this class's constants.</param>
    /// <param name="arguments">Its arguments, as its manual page has them.</param>
    /// <param name="standardInput">What it reads from standard input; nothing if null.</param>
    /// <param name="limit">How long it may take; a minute if null. After that it is killed.</param>
    /// <param name="cancellation">Kills the tool.</param>
    /// <returns>What it printed, and its exit code: its own, or 69 if its package is not installed.</returns>
    /// <exception cref="ArgumentException">There is no such tool.</exception>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>.</exception>
    public static Task<ToolResult> Run(
        string tool,
        IEnumerable<string> arguments,
        string? standardInput = null,
        TimeSpan? limit = null,
        CancellationToken cancellation = default)
    {
        Require(tool);
        return PeerScripts.Run(tool, arguments, standardInput, limit ?? DefaultLimit, cancellation);
    }

    /// <summary>A tool as a command, for what starts it by itself: the program and its arguments.</summary>
    /// <param name="tool">One of this class's constants.</param>
    /// <param name="arguments">Its arguments, as its manual page has them.</param>
    /// <exception cref="ArgumentException">There is no such tool.</exception>
    public static IReadOnlyList<string> Command(string tool, params string[] arguments)
    {
        Require(tool);
        var start = PeerScripts.Command(tool, arguments);
        return [start.FileName, .. start.ArgumentList];
    }

    private static void Require(string tool)
    {
        if (!All.Contains(tool))
            throw new ArgumentException($"There is no tool '{tool}'; there are {string.Join(", ", All)}.", nameof(tool));
    }
}
