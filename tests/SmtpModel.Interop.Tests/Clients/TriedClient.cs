using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Watching;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>A real client in its simplest ordinary use: one message, from one sender to three recipients.</summary>
/// <param name="Name">What it is called in the matrix.</param>
/// <param name="Use">How it is called, in words.</param>
/// <param name="Tool">The tool that it is; null for a library of this process.</param>
/// <param name="HasQueue">Whether it is a server that sends on, whose script ends when the queue has dealt with the message.</param>
/// <param name="IsSlow">Whether it takes long to start, so that fewer scenarios are played.</param>
internal sealed record TriedClient(string Name, string Use, string? Tool, bool HasQueue = false, bool IsSlow = false)
{
    // the exit status of the scripts of those that queue, where the queue keeps the message
    private const int Kept = 75;
    private static readonly string[] Recipients = ["first@example.test", "second@example.test", "third@example.test"];

    // some wait while others start
    private static readonly SemaphoreSlim Turns = new(4);

    // scenarios are left out here for the time they take: each of them is in another form among the others
    private static readonly string[] LeftOut = ["bare/RCPT", "bare/DATA", "close/RCPT/", "long/", "slow/", "lines/", "reply/RCPT-middle/"];
    private static readonly string[] Played = ["slow/every-reply", "lines/every-reply", "reply/QUIT/501"];
    // what a queue makes of a refusal, or of a channel that is lost, is the same at most places, and a server starts for each scenario
    private static readonly string[] LeftOutOfSlow = ["text/", "code/RCPT/", "code/DATA/", "reply/EHLO/", "reply/HELO/"];
    private static readonly string[] PlayedOfSlow =
    [
        "text/end-of-data",
        "code/RCPT/259",
        "reply/EHLO/550",
        "close/end-of-data/behind",
        "reply/RCPT-last/452",
        "reply/RCPT-last/552",
    ];

    private static readonly string[] Codes = ["/251", "/354-in-vain", "/421", "/450", "/451", "/550", "/554"];

    public static IReadOnlyList<TriedClient> All { get; } =
    [
        new(PeerTools.Swaks, "--from, --to and --data @FILE", PeerTools.Swaks),
        new(PeerTools.Curl, "--mail-from, --mail-rcpt and --upload-file", PeerTools.Curl),
        new(PeerTools.Msmtp, "the message as its standard input", PeerTools.Msmtp),
        new(PeerTools.SNail, "-S sendwait, -S nosave, -S smtp-auth=none", PeerTools.SNail),
        new(PeerTools.Smtplib, "SMTP, sendmail and quit", PeerTools.Smtplib),
        new("nodemailer", "createTransport and sendMail", PeerTools.NodemailerClient),
        new(PeerTools.GitSendEmail, "the message as a file, --suppress-cc=all", PeerTools.GitSendEmail, IsSlow: true),
        new(PeerTools.NetSmtp, "Net::SMTP.start with a block, send_message", PeerTools.NetSmtp, IsSlow: true),
        new("Postfix", "smtp(8) for a queue of its own", PeerTools.PostfixClient, HasQueue: true, IsSlow: true),
        new("Exim", "-odf, the remote transport for a spool of its own", PeerTools.EximClient, HasQueue: true, IsSlow: true),
        new("MailKit", "ConnectAsync, SendAsync and DisconnectAsync, in a using", null),
        new("System.Net.Mail", "SmtpClient and SendMailAsync, in a using", null),
    ];

    // whoever asks for one has all of them begin
    private static readonly Lazy<Dictionary<string, Task<TrialReport>>> Reports = new(() =>
        All.Where(client => client.WhyUnavailable is null).ToDictionary(client => client.Name, client => Task.Run(client.TryOnceAsync))
    );

    public string[] Words(string port) =>
        Tool switch
        {
            PeerTools.Swaks =>
            [
                "--server",
                $"{{host}}:{port}",
                "--from",
                "sender@example.test",
                "--to",
                string.Join(',', Recipients),
                "--helo",
                "client.example.test",
                "--data",
                "@{message}",
            ],
            PeerTools.Curl =>
            [
                "--silent",
                "--show-error",
                "--url",
                $"smtp://{{host}}:{port}/client.example.test",
                "--mail-from",
                "sender@example.test",
                .. Recipients.SelectMany(one => new[] { "--mail-rcpt", one }),
                "--upload-file",
                "{message}",
            ],
            PeerTools.Msmtp =>
            [
                "--host={host}",
                $"--port={port}",
                "--domain=client.example.test",
                "--from=sender@example.test",
                .. Recipients,
            ],
            PeerTools.SNail =>
            [
                "-S",
                "v15-compat",
                "-S",
                $"mta=smtp://{{host}}:{port}",
                "-S",
                "smtp-auth=none",
                "-S",
                "sendwait",
                "-S",
                "nosave",
                "-S",
                "hostname=client.example.test",
                "-S",
                "from=sender@example.test",
                "-s",
                "a message",
                .. Recipients,
            ],
            PeerTools.GitSendEmail or PeerTools.NetSmtp or PeerTools.PostfixClient or PeerTools.EximClient => [port, .. Recipients],
            _ => [port, "none", "-", "-", "-", .. Recipients],
        };

    /// <summary>What came of trying it; tried once, whoever asks.</summary>
    public Task<TrialReport> TryAsync() => Reports.Value[Name];

    private string? WhyUnavailable => Tool is null ? null : PeerTools.WhyUnavailable(Tool);

    private async Task<TrialReport> TryOnceAsync()
    {
        await Turns.WaitAsync();
        try
        {
            return await new ClientTrial(new TrialOptions
            {
                Command = Tool is null ? [] : PeerTools.Command(Tool, Words("{port}")),
                Call = Tool is null ? Name == "MailKit" ? LibraryClients.MailKitAsync : LibraryClients.SystemNetMailAsync : null,
                // where the machine is busy node needs seconds to start
                TimeLimit = TimeSpan.FromSeconds(12),
                DeferredExits = HasQueue ? [Kept] : [],
                Select = one => IsSlow ? IsPlayedOfSlow(one.Id) : IsPlayed(one.Id),
            }).RunAsync();
        }
        finally
        {
            Turns.Release();
        }
    }

    private static bool IsPlayed(string id) =>
        Played.Contains(id)
        || (
            !LeftOut.Any(start => id.StartsWith(start, StringComparison.Ordinal))
            && (!id.StartsWith("reply/", StringComparison.Ordinal) || Codes.Any(code => id.EndsWith(code, StringComparison.Ordinal)))
        );

    private static bool IsPlayedOfSlow(string id) =>
        PlayedOfSlow.Contains(id)
        || (
            IsPlayed(id)
            && !LeftOutOfSlow.Any(start => id.StartsWith(start, StringComparison.Ordinal))
            && !(id.StartsWith("close/", StringComparison.Ordinal) && id.EndsWith("/behind", StringComparison.Ordinal))
        );

    public void RequireInstalled()
    {
        if (Tool is not null)
        {
            Installed.Tool(Tool);
        }
    }

    public override string ToString() => Name;
}
