using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel serve</c>: a client delivers, a signal ends it in order, and what it cannot do it says.</summary>
public sealed partial class ServeTests
{
    [Fact]
    public async Task MailKit_delivers_into_memory()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0"]);
        var port = await PortAsync(tool);

        await DeliverAsync(port, "recipient@example.test");

        (await StopAsync(tool, Smtpmodel.SigInt)).Says("messages go nowhere", "served 1 session", "1 message");
    }

    [Fact]
    public async Task MailKit_delivers_into_a_Maildir()
    {
        using var folder = new TemporaryFolder();
        var maildir = Path.Combine(folder.Path, "mail");
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--maildir", maildir]);
        var port = await PortAsync(tool);

        await DeliverAsync(port, "recipient@example.test");

        (await StopAsync(tool, Smtpmodel.SigTerm)).Says(maildir);
        var message = await MimeMessage.LoadAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(maildir, "new"))),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("a subject", message.Subject);
        Assert.Equal(".a line\n..and more\n", message.TextBody?.ReplaceLineEndings("\n"));
        Assert.Empty(Directory.GetFiles(Path.Combine(maildir, "tmp")));
    }

    [Fact]
    public async Task What_it_delivers_into_a_Maildir_is_what_it_took()
    {
        using var folder = new TemporaryFolder();
        var maildir = Path.Combine(folder.Path, "mail");
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--profile", "esmtp", "--maildir", maildir]);
        var port = await PortAsync(tool);

        var run = await Smtpmodel.RunAsync(
            "test",
            $"127.0.0.1:{port}",
            "--depth",
            "data",
            "--delivered",
            $"maildir:{maildir}",
            "--include",
            "*/lines-of-dots",
            "--include",
            "*/octets-over-127",
            "--include",
            "*/data-without-its-end",
            "--include",
            "*/what-was-taken-is-delivered",
            "--save",
            folder.Path
        );

        run.EndsWith(ExitCodes.Fine).Says($"looked for in maildir:{maildir}", "4 passed, 0 failed");
        await StopAsync(tool, Smtpmodel.SigTerm);
    }

    [Fact]
    public async Task A_finding_on_what_it_delivers_says_how_to_play_it_again()
    {
        using var folder = new TemporaryFolder();
        var maildir = Path.Combine(folder.Path, "mail");
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--maildir", maildir]);
        var port = await PortAsync(tool);

        // what is shown has lost a dot
        var shown = $"command:for f in {maildir}/new/*; do echo 'From a'; sed 's/^[.][.]/./' \"$f\"; echo; done";
        string[] where = ["--delivered", shown, "--delivery-time", "20s", "--save", folder.Path];
        string[] cases = ["--include", "*/lines-of-dots", "--include", "*/dots-at-the-edges-of-packets"];
        var run = await Smtpmodel.RunAsync(["test", $"127.0.0.1:{port}", "--depth", "data", .. where, .. cases]);
        run.EndsWith(ExitCodes.Failure).Says("replay    smtpmodel replay ", "--delivered 'command:for f in", "again     smtpmodel test ",
            "--include rfc5321/4.5.2/dots-at-the-edges-of-packets");

        var kept = Assert.Single(Directory.GetFiles(folder.Path, "*.json"));
        (await Smtpmodel.RunAsync("replay", kept, "--delivered", shown)).EndsWith(ExitCodes.Failure).Says("FAILED: ");
        (await Smtpmodel.RunAsync("replay", kept, "--delivered", $"maildir:{maildir}")).EndsWith(ExitCodes.Fine).Says("FIXED: ");
        (await Smtpmodel.RunAsync("replay", kept)).EndsWith(ExitCodes.NoVerdict).Says("say with --delivered where");
        await StopAsync(tool, Smtpmodel.SigTerm);
    }

    [Theory]
    [InlineData(Smtpmodel.SigInt)]
    [InlineData(Smtpmodel.SigTerm)]
    public async Task A_signal_ends_it_in_order_and_an_open_session_gets_421(int signal)
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0"]);
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        Assert.StartsWith("220 ", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SendAsync("HELO client.example.test"), StringComparison.Ordinal);

        tool.Signal(signal);

        Assert.StartsWith("421 ", await client.ReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("", await client.ReplyAsync());
        (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Says("closing 1 connection", "served 1 session");
    }

    [Fact]
    public async Task An_address_in_use_is_a_usage_error()
    {
        await using var other = FaultySmtp.Start(Fault.None);

        var run = (await Smtpmodel.RunAsync("serve", "--listen", other.Name))
            .EndsWith(ExitCodes.Usage)
            .Says("smtpmodel: ", other.Name, "another program listens there");

        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task LMTP_is_served_on_a_Unix_socket_and_tested_there()
    {
        using var folder = new TemporaryFolder();
        var name = $"unix:{folder.Path}/lmtp";
        await using var tool = Smtpmodel.Start(["serve", "--profile", "lmtp", "--listen", name]);
        await tool.SaysAsync("Ctrl-C ends\n");

        (await Smtpmodel.RunAsync("test", name, "--profile", "lmtp", "--depth", "greeting")).EndsWith(ExitCodes.Fine);

        (await StopAsync(tool, Smtpmodel.SigInt)).Says($"serving lmtp on {name}, messages go nowhere");
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("unix:", "no path; write unix:/PATH")]
    [InlineData("unix:/proc", "there is a folder of this name")]
    [InlineData("unix:/dev/null", "there is something at this path")]
    [InlineData("unix:/no/such/folder/lmtp", "there is no folder /no/such/folder")]
    public async Task A_socket_that_cannot_be_is_a_usage_error(string place, string why)
    {
        var run = (await Smtpmodel.RunAsync("serve", "--profile", "lmtp", "--listen", place))
            .EndsWith(ExitCodes.Usage)
            .Says("smtpmodel: ", place, why);

        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("rfc5321+deliverby", "DELIVERBY")]
    [InlineData("rfc5321+size+requiretls", "REQUIRETLS")]
    public async Task What_the_server_does_not_do_it_does_not_offer(string profile, string keyword) =>
        (await Smtpmodel.RunAsync("serve", "--profile", profile, "--listen", "127.0.0.1:0"))
            .EndsWith(ExitCodes.Usage)
            .Says($"this server does not do what {keyword} promises");

    [Fact]
    public async Task VRFY_and_EXPN_know_the_users_and_lists_of_the_command_line()
    {
        await using var tool = Smtpmodel.Start([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--user",
            "Fred Smith <fred@example.test>",
            "--user",
            "ann@example.test",
            "--list",
            "staff=fred@example.test,ann@example.test",
        ]);
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        await client.ReplyAsync();
        await client.SendAsync("HELO client.example.test");

        Assert.Equal("250 Fred Smith <fred@example.test>\n", await client.SendAsync("VRFY fred"));
        var members = await client.SendAsync("EXPN staff");
        Assert.Matches("^250-.*<fred@example.test>\n250 .*<ann@example.test>\n$", members);
        Assert.StartsWith("550 ", await client.SendAsync("VRFY nobody"), StringComparison.Ordinal);
        Assert.StartsWith("550 ", await client.SendAsync("EXPN nobody"), StringComparison.Ordinal);
        await StopAsync(tool, Smtpmodel.SigInt);
    }

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public async Task SEND_writes_to_the_terminal_without_being_able_to_steer_it(string profile)
    {
        await using var tool = Smtpmodel.Start([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--profile",
            profile,
            "--terminal",
            "fred@example.test",
        ]);
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        await client.ReplyAsync();
        await client.SendAsync("HELO client.example.test");

        Assert.StartsWith("250 ", await client.SendAsync("SEND FROM:<ann@example.test>"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SendAsync("RCPT TO:<fred@example.test>"), StringComparison.Ordinal);
        Assert.StartsWith("354 ", await client.SendAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SendAsync("dinner\u001b[2J?\r\n."), StringComparison.Ordinal);

        var run = (await StopAsync(tool, Smtpmodel.SigInt)).Says("-- to fred@example.test from <ann@example.test>:\ndinner\\x1B[2J?\n");
        Assert.DoesNotContain(run.All, letter => letter != '\n' && char.IsControl(letter));
    }

    [Fact]
    public async Task Without_a_terminal_SEND_is_not_implemented()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0"]);
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        await client.ReplyAsync();
        await client.SendAsync("HELO client.example.test");

        Assert.StartsWith("502 ", await client.SendAsync("SEND FROM:<ann@example.test>"), StringComparison.Ordinal);
        await StopAsync(tool, Smtpmodel.SigInt);
    }

    [Fact]
    public async Task A_domain_of_the_command_line_is_the_only_one_taken()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--domain", "example.test"]);
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        await client.ReplyAsync();
        await client.SendAsync("HELO client.example.test");
        await client.SendAsync("MAIL FROM:<>");

        Assert.StartsWith("250 ", await client.SendAsync("RCPT TO:<a@EXAMPLE.test>"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.SendAsync("RCPT TO:<Postmaster>"), StringComparison.Ordinal);
        Assert.StartsWith("550 ", await client.SendAsync("RCPT TO:<a@elsewhere.test>"), StringComparison.Ordinal);
        await StopAsync(tool, Smtpmodel.SigInt);
    }

    [Fact]
    public async Task It_listens_at_every_address_it_is_given()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--listen", "localhost:0"]);
        var said = await tool.SaysAsync("Ctrl-C ends\n");

        Assert.Equal(2, Port().Count(said));
        foreach (var port in Port().Matches(said).Select(match => int.Parse(match.Groups["port"].Value, null)))
        {
            await DeliverAsync(port, "recipient@example.test");
        }

        (await StopAsync(tool, Smtpmodel.SigInt)).Says("served 2 sessions", "2 messages");
    }

    private static async Task DeliverAsync(int port, string recipient)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        using var message = new MimeMessage { Subject = "a subject", Body = new TextPart("plain") { Text = ".a line\n..and more\n" } };
        message.From.Add(new MailboxAddress("", "sender@example.test"));
        message.To.Add(new MailboxAddress("", recipient));
        await client.SendAsync(message, TestContext.Current.CancellationToken);
        await client.DisconnectAsync(true, TestContext.Current.CancellationToken);
    }

    private static async Task<int> PortAsync(Smtpmodel tool) =>
        int.Parse(Port().Match(await tool.SaysAsync("Ctrl-C ends\n")).Groups["port"].Value, null);

    private static async Task<ToolRun> StopAsync(Smtpmodel tool, int signal)
    {
        tool.Signal(signal);
        return (await tool.EndAsync()).EndsWith(ExitCodes.Fine);
    }

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Port();
}
