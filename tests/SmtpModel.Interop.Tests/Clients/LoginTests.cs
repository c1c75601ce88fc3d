using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;
using SmtpModel.Watching;

namespace SmtpModel.Interop.Tests.Clients;

/// <summary>Real clients that are told to demand TLS and to log in: where they give their password away, and what they do where the
/// login is refused.</summary>
public sealed class LoginTests
{
    private static readonly string[] Played =
    [
        "reply/STARTTLS/454",
        "reply/AUTH/535",
        "login/AUTH/454",
        "login/AUTH/535",
        "close/AUTH/before",
        "offer/AUTH-and-no-STARTTLS",
        "offer/AUTH-and-STARTTLS-454",
        "offer/nothing-behind-STARTTLS",
    ];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        [PeerTools.Swaks] =
        [
            "--server", "{host}:{port}", "--from", "sender@example.test", "--to", "recipient@example.test", "--helo", "client.example.test",
            "--data", "@{message}", "--auth-user", "fred", "--auth-password", "secret",
        ],
        [PeerTools.Curl] =
        [
            "--silent", "--show-error", "--url", "smtp://{host}:{port}/client.example.test", "--mail-from", "sender@example.test",
            "--mail-rcpt", "recipient@example.test", "--upload-file", "{message}", "--user", "fred:secret", "--insecure",
        ],
        [PeerTools.Msmtp] =
        [
            "--host={host}", "--port={port}", "--domain=client.example.test", "--from=sender@example.test", "--tls-certcheck=off",
            "--auth=on", "--user=fred", "--passwordeval=echo secret", "recipient@example.test",
        ],
    };

    // swaks is told in the second to go on without TLS and without a login, which is not what the trial says that it was told
    [Theory]
    [InlineData(PeerTools.Swaks, "--tls --auth PLAIN", "")]
    [InlineData(
        PeerTools.Swaks,
        "--tls-optional --auth-optional PLAIN",
        "Fail K48 reply/STARTTLS/454; Fail K51 offer/AUTH-and-STARTTLS-454; Fail K51 offer/AUTH-and-no-STARTTLS; Info K52 reply/AUTH/535"
    )]
    [InlineData(PeerTools.Curl, "--ssl-reqd", "Fail K25 offer/nothing-behind-STARTTLS")]
    [InlineData(PeerTools.Msmtp, "--tls=on", "")]
    public async Task A_client_that_logs_in_does_what_it_is_known_for(string tool, string options, string known)
    {
        Installed.Tool(tool);
        using var certificate = ServerCertificate.SelfSigned("localhost");
        var report = await new ClientTrial(
            new TrialOptions
            {
                Command = PeerTools.Command(tool, [.. options.Split(' '), .. Words[tool]]),
                Profile = Profiles.Extended(TrialOptions.Standard, ["STARTTLS", "AUTH"]),
                Certificate = certificate.Certificate,
                DemandsTls = true,
                TimeLimit = TimeSpan.FromSeconds(20),
                Select = one => Played.Contains(one.Id),
            }
        ).RunAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(report.Stopped);
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal([], Played.Except(report.Results.Select(result => result.Scenario.Id)));
        Assert.Equal(
            known,
            string.Join(
                "; ",
                report
                    .Results.Where(result => result.Verdict is not CaseVerdict.Pass)
                    .Select(result => $"{result.Verdict} {result.Rule?.Id} {result.Scenario.Id}")
                    .Order(StringComparer.Ordinal)
            )
        );
    }
}
