using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel serve</c> with TLS and AUTH: a client delivers, and what does not go together is said.</summary>
public sealed partial class ServeSecuredTests : IDisposable
{
    private const string Password = "pencil-and-paper";
    private readonly TemporaryFolder _folder = new();

    private string Users => Path.Combine(_folder.Path, "users");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_client_that_has_logged_in_inside_TLS_delivers_and_the_password_is_said_nowhere()
    {
        await AddFredAsync();
        var maildir = Path.Combine(_folder.Path, "mail");
        await using var tool = Smtpmodel.Start([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--profile",
            "esmtpsa",
            "--tls-self-signed",
            "--auth-users",
            Users,
            "--require-tls",
            "--require-auth",
            "--failed-login-delay",
            "1ms",
            "--maildir",
            maildir,
        ]);
        var port = int.Parse(Port().Match(await tool.SaysAsync("Ctrl-C ends\n")).Groups["port"].Value, null);
        using (var client = new SmtpClient { ServerCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost" })
        {
            await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.StartTls, TestContext.Current.CancellationToken);
            using var message = new MimeMessage(
                [new MailboxAddress("", "a@example.test")],
                [new MailboxAddress("", "b@example.test")],
                "a subject",
                new TextPart { Text = "text\r\n" }
            );
            await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(message, TestContext.Current.CancellationToken));
            // it tries SCRAM-SHA-256, PLAIN and LOGIN
            await Assert.ThrowsAsync<AuthenticationException>(() =>
                client.AuthenticateAsync("fred", "wrong-one", TestContext.Current.CancellationToken)
            );
            await client.AuthenticateAsync("fred", Password, TestContext.Current.CancellationToken);
            await client.SendAsync(message, TestContext.Current.CancellationToken);
            await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        }

        tool.Signal(Smtpmodel.SigTerm);
        var run = (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Says("1 message", "1 handshake, 0 failed", "1 login, 3 failed");
        Assert.DoesNotContain(Password, run.All, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", run.All, StringComparison.Ordinal);
        var stored = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(maildir, "new"))),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(" with ESMTPSA id ", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tls implicit", "--tls implicit needs a certificate")]
    [InlineData("--tls-cert none.pem", "none.pem: there is no such file")]
    [InlineData("--tls-key none.pem", "--tls-key is there without --tls-cert")]
    [InlineData("--tls-self-signed --tls-cert none.pem", "leave out one or the other")]
    [InlineData("--tls-self-signed --profile rfc5321", "the profile rfc5321 has no STARTTLS")]
    [InlineData("--require-tls", "--require-tls needs a certificate")]
    [InlineData("--require-auth", "--require-auth needs users")]
    [InlineData("--auth-without-tls", "--auth-without-tls needs users")]
    [InlineData("--auth-users none", "none: there is no such file")]
    [InlineData("--auth-users USERS", "AUTH is offered inside TLS only, and there is no certificate")]
    [InlineData("--auth-users USERS --tls-self-signed --tls implicit --profile rfc5321", "the profile rfc5321 has no AUTH")]
    [InlineData("--max-failed-logins 2", "of at least 3")]
    public async Task What_does_not_go_together_is_a_usage_error(string options, string said)
    {
        await AddFredAsync();
        string[] words = [.. options.Split(' ').Select(word => word == "USERS" ? Users : word)];
        string[] profile = words.Contains("--profile") ? [] : ["--profile", "esmtpsa"];
        var run = (await Smtpmodel.RunAsync(["serve", "--listen", "127.0.0.1:0", .. profile, .. words]))
            .EndsWith(ExitCodes.Usage)
            .Says(said);
        Assert.Equal("", run.Out);
    }

    private async Task AddFredAsync()
    {
        var tool = Smtpmodel.RunAsync(
            ["users", "add", Users, "fred", "--password-env", "A_PASSWORD", "--iterations", "4096"],
            new Dictionary<string, string> { ["A_PASSWORD"] = Password }
        );
        (await tool).EndsWith(ExitCodes.Fine);
    }

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Port();
}
