using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Server;

namespace SmtpModel.Interop.Tests.Delivery;

/// <summary>Clients of others deliver through TLS, and behind a login, to our server, which wants both; what arrives is what was
/// sent.</summary>
public sealed class SecuredDeliveryTests : IDisposable
{
    private const string User = "fred";
    private const string Password = "pencil & paper";
    // with all that a client would add
    private const string Content =
        "Subject: dots\r\nFrom: sender@example.test\r\nTo: recipient@example.test\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
        + "Message-ID: <1@example.test>\r\n\r\n.\r\n..text\r\n.text\r\n";
    private static readonly string[] Clients =
    [
        PeerTools.Swaks,
        PeerTools.Curl,
        PeerTools.Msmtp,
        PeerTools.Smtplib,
        PeerTools.NodemailerClient,
    ];
    private static readonly string[] Mechanisms = ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"];
    private static readonly UserFile Users = MakeUsers();
    private readonly ServerCertificate _certificate = ServerCertificate.SelfSigned("mx.example.test");
    private readonly UserAuthenticator _users = new(Users, "mx.example.test");

    // of these clients only msmtp knows the last mechanism
    public static IEnumerable<TheoryDataRow<string, TlsStart, string>> EachClient =>
        from client in Clients
        from start in Enum.GetValues<TlsStart>()
        from mechanism in Mechanisms
        where mechanism is not "SCRAM-SHA-256" || client is PeerTools.Msmtp
        select new TheoryDataRow<string, TlsStart, string>(client, start, mechanism);

    public static MatrixTheoryData<TlsStart, string> EachMechanism => new(Enum.GetValues<TlsStart>(), Mechanisms);

    public void Dispose()
    {
        _users.Dispose();
        _certificate.Dispose();
    }

    [Theory]
    [MemberData(nameof(EachClient))]
    public async Task A_client_delivers_through_TLS_and_behind_a_login(string client, TlsStart start, string mechanism)
    {
        Installed.Tool(client);
        await using var server = await StartAsync(start);
        var result = await PeerTools.Run(
            client,
            Arguments(client, server.Port, start, mechanism, Password),
            Input(client),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var stored = Assert.Single(server.Messages);
        Assert.Equal(("<sender@example.test>", "<recipient@example.test>"), (stored.ReversePath, Assert.Single(stored.ForwardPaths)));
        // swaks puts an empty line before the end of data, as was seen on the wire
        Assert.Equal(client is PeerTools.Swaks ? Content + "\r\n" : Content, Encoding.Latin1.GetString(stored.Data.Span));
        Assert.Equal((1L, 1L, 0L), (server.Counters.Handshakes, server.Counters.Logins, server.Counters.FailedLogins));
    }

    [Theory]
    [MemberData(nameof(EachClient))]
    public async Task A_client_with_a_wrong_password_says_so_and_delivers_nothing(string client, TlsStart start, string mechanism)
    {
        Installed.Tool(client);
        await using var server = await StartAsync(start);
        var result = await PeerTools.Run(
            client,
            Arguments(client, server.Port, start, mechanism, "wrong"),
            Input(client),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode != 0, result.Output + result.Error);
        Assert.Empty(server.Messages);
        Assert.Equal(0, server.Counters.Logins);
        Assert.InRange(server.Counters.FailedLogins, 1, 5);
    }

    [Theory]
    [MemberData(nameof(EachMechanism))]
    public async Task MailKit_delivers_a_megabyte_through_TLS_and_behind_a_login(TlsStart start, string mechanism)
    {
        await using var server = await StartAsync(start);
        var content = Encoding.ASCII.GetBytes(
            Content
                + string.Concat(
                    Enumerable.Range(0, 15_000).Select(number => $"{(number % 3 == 0 ? "." : "")}{new string('x', number % 140)}\r\n")
                )
        );
        using var message = await MimeMessage.LoadAsync(new MemoryStream(content), TestContext.Current.CancellationToken);
        using (
            var client = new SmtpClient
            {
                LocalDomain = "client.example.test",
                ServerCertificateValidationCallback = (_, shown, _, _) => _certificate.Certificate.Equals(shown),
            }
        )
        {
            await client.ConnectAsync(
                "127.0.0.1",
                server.Port,
                start is TlsStart.Implicit ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
                TestContext.Current.CancellationToken
            );
            SaslMechanism login = mechanism switch
            {
                "PLAIN" => new SaslMechanismPlain(User, Password),
                "LOGIN" => new SaslMechanismLogin(User, Password),
                "CRAM-MD5" => new SaslMechanismCramMd5(User, Password),
                _ => new SaslMechanismScramSha256(User, Password),
            };
            await client.AuthenticateAsync(login, TestContext.Current.CancellationToken);
            await client.SendAsync(message, TestContext.Current.CancellationToken);
            await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        }

        Assert.Equal(content, Assert.Single(server.Messages).Data.ToArray());
    }

    [Theory]
    [InlineData(TlsStart.OnStartTls)]
    [InlineData(TlsStart.Implicit)]
    public async Task OpenSSL_shows_the_dialogue_inside(TlsStart start)
    {
        Installed.Tool(PeerTools.OpenSsl);
        await using var server = await StartAsync(start);
        var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{User}\0{Password}"));
        string[] secured = start is TlsStart.Implicit ? [] : ["-starttls", "smtp"];
        var lines =
            $"EHLO client.example.test\nAUTH PLAIN {login}\nMAIL FROM:<sender@example.test>\nRCPT TO:<recipient@example.test>\nDATA\n"
            + "Subject: dots\n\n..\n.\nQUIT\n";
        var result = await PeerTools.Run(
            PeerTools.OpenSsl,
            ["s_client", "-quiet", "-crlf", .. secured, "-connect", server.Address],
            lines,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Contains("221 ", result.Output, StringComparison.Ordinal);
        Assert.Equal("Subject: dots\r\n\r\n.\r\n", Encoding.Latin1.GetString(Assert.Single(server.Messages).Data.Span));
    }

    private static IEnumerable<string> Arguments(string client, int port, TlsStart start, string mechanism, string password)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var isAtOnce = start is TlsStart.Implicit;
        return client switch
        {
            PeerTools.Swaks =>
            [
                "--server",
                at,
                "--from",
                "sender@example.test",
                "--to",
                "recipient@example.test",
                "--data",
                "-",
                isAtOnce ? "--tls-on-connect" : "--tls",
                "--auth",
                mechanism,
                "--auth-user",
                User,
                "--auth-password",
                password,
            ],
            PeerTools.Curl =>
            [
                "-sS",
                "-k",
                "--ssl-reqd",
                "--login-options",
                $"AUTH={mechanism}",
                "-u",
                $"{User}:{password}",
                "--mail-from",
                "sender@example.test",
                "--mail-rcpt",
                "recipient@example.test",
                "-T",
                "-",
                $"{(isAtOnce ? "smtps" : "smtp")}://{at}",
            ],
            PeerTools.Msmtp =>
            [
                "--host=127.0.0.1",
                string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
                "--tls=on",
                $"--tls-starttls={(isAtOnce ? "off" : "on")}",
                "--tls-certcheck=off",
                $"--auth={mechanism.ToLowerInvariant()}",
                $"--user={User}",
                $"--passwordeval=echo '{password}'",
                "--from=sender@example.test",
                "recipient@example.test",
            ],
            _ => [port.ToString(CultureInfo.InvariantCulture), isAtOnce ? "implicit" : "starttls", User, password, mechanism],
        };
    }

    // msmtp and swaks take text, and make the ends of lines themselves
    private static string Input(string client) =>
        client is PeerTools.Msmtp or PeerTools.Swaks ? Content.ReplaceLineEndings("\n") : Content;

    private static UserFile MakeUsers()
    {
        var users = new UserFile();
        users.Set(User, Encoding.UTF8.GetBytes(Password), UserFile.LeastIterations, cramMd5: true);
        return users;
    }

    private Task<LiveServer> StartAsync(TlsStart start) => LiveServer.StartAsync("esmtpsa", options => options with
    {
        Tls = new TlsSettings(_certificate) { Start = start },
        Authenticator = _users,
        FailedLoginDelay = TimeSpan.FromMilliseconds(1),
        Session = options.Session with { RequiresTls = start is TlsStart.OnStartTls, RequiresAuthentication = true },
    });
}
