using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SmtpModel.Peers;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing.Engine;

namespace SmtpModel.Watching.Tests;

/// <summary>A watcher between real sockets: what it carries, and whom it blames.</summary>
public sealed class WatcherTests
{
    private static readonly IPEndPoint Anywhere = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_session_goes_through_and_each_line_is_told_with_its_state()
    {
        await using var server = await OwnAsync();
        List<string> told = [];
        var log = new BlameLog();
        await using (
            var watcher = Watcher.Start(
                new WatchOptions(Anywhere, "127.0.0.1", server.EndPoints[0].Port)
                {
                    Said = (session, line) => told.Add($"{session} {line.State} {line.Side} {line.Text}"),
                },
                log
            )
        )
        {
            await TalkAsync(watcher.EndPoint, "EHLO c.example.test", "MAIL FROM:<a@example.test>", "QUIT");
        }

        Assert.Equal((1, 4), (log.Sessions, log.Exchanges));
        Assert.Empty(log.All);
        Assert.Contains("#1 Ready Client MAIL FROM:<a@example.test>", told);
        Assert.Contains(told, line => line.StartsWith("#1 MailGiven Client QUIT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_breaks_the_order_is_blamed_while_it_talks()
    {
        await using var server = await OwnAsync();
        List<Blame> told = [];
        var log = new BlameLog { Told = told.Add };
        await using (var watcher = Watcher.Start(new WatchOptions(Anywhere, "127.0.0.1", server.EndPoints[0].Port), log))
        {
            await TalkAsync(watcher.EndPoint, "EHLO c.example.test", "MAIL FROM:<a@example.test>", "MAIL FROM:<a@example.test>");
        }

        Assert.Contains(told, blame => (blame.Side, blame.Rule, blame.Session) == (Side.Client, ClientRules.OneMail, "#1"));
        Assert.DoesNotContain(told, blame => blame.Side is Side.Server);
    }

    [Fact]
    public async Task A_server_that_is_wrong_is_blamed_and_its_octets_are_carried_as_they_are()
    {
        using var listener = new TcpListener(Anywhere);
        listener.Start();
        var answers = AnswerAsync(listener, "250 mx\n", "999 \u0001\r\n");
        var log = new BlameLog();
        string said;
        await using (var watcher = Watcher.Start(new WatchOptions(Anywhere, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), log))
        {
            said = await TalkAsync(watcher.EndPoint, "EHLO c.example.test", "NOOP");
            await answers;
        }

        Assert.Equal("220 mx\r\n250 mx\n999 \u0001\r\n", said);
        Assert.All(log.All, blame => Assert.Equal(blame.Rule == ClientRules.Quit ? Side.Client : Side.Server, blame.Side));
        Assert.Contains(log.All, blame => blame is { Rule.Id: "R6", What: "the reply to EHLO: the line is ended by LF without CR" });
    }

    [Fact]
    public async Task Tls_is_opened_with_a_certificate_and_what_is_said_inside_is_judged()
    {
        using var certificate = ServerCertificate.SelfSigned("localhost");
        await using var server = await OwnAsync(certificate);
        var log = new BlameLog();
        await using (
            var watcher = Watcher.Start(
                new WatchOptions(Anywhere, "127.0.0.1", server.EndPoints[0].Port)
                {
                    Certificate = certificate.Certificate,
                    IsInsecure = true,
                },
                log
            )
        )
        {
            using var client = new TcpClient();
            await client.ConnectAsync(watcher.EndPoint, TestContext.Current.CancellationToken);
            await AskAsync(client.GetStream(), null, "EHLO c.example.test", "STARTTLS");
            await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: true, (_, shown, _, _) =>
                shown!.GetCertHashString() == certificate.Certificate.GetCertHashString()
            );
            await tls.AuthenticateAsClientAsync("localhost");
            await AskAsync(tls, "EHLO c.example.test", "MAIL FROM:<a@example.test>", "MAIL FROM:<a@example.test>", "QUIT");
        }

        Assert.Equal(["K4"], log.All.Select(blame => blame.Rule.Id));
        Assert.Equal(1, log.Sessions);
    }

    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(null)]
    public async Task Nobody_is_blamed_where_swaks_sends_a_message(string? name)
    {
        Assert.SkipWhen(PeerTools.WhyUnavailable(PeerTools.Swaks) is not null, PeerTools.WhyUnavailable(PeerTools.Swaks) ?? "");
        Assert.SkipWhen(name is not null && Peer.WhyUnavailable(name) is not null, name is null ? "" : Peer.WhyUnavailable(name) ?? "");
        await using var peer = name is null ? null : await Peer.Start(name, null, TestContext.Current.CancellationToken);
        await using var own = name is null ? await OwnAsync() : null;
        var log = new BlameLog();
        await using (
            var watcher = Watcher.Start(new WatchOptions(Anywhere, "127.0.0.1", peer?.EndPoint.Port ?? own!.EndPoints[0].Port), log)
        )
        {
            var sent = await PeerTools.Run(
                PeerTools.Swaks,
                [
                    "--server",
                    $"127.0.0.1:{watcher.EndPoint.Port}",
                    "--from",
                    "a@example.test",
                    "--to",
                    "b@example.test",
                    "--helo",
                    "c.example.test",
                    "--pipeline",
                ],
                cancellation: TestContext.Current.CancellationToken
            );
            Assert.Equal(0, sent.ExitCode);
        }

        Assert.Equal([], log.All.Select(blame => $"{blame}: {blame.Came}"));
        Assert.Equal(7, log.Exchanges);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_of()
    {
        List<string> told = [];
        using var listener = new TcpListener(Anywhere);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var log = new BlameLog();
        await using (
            var watcher = Watcher.Start(new WatchOptions(Anywhere, "127.0.0.1", port) { Noted = (_, what) => told.Add(what) }, log)
        )
        {
            Assert.Equal("", await TalkAsync(watcher.EndPoint));
        }

        Assert.Equal([$"the server 127.0.0.1:{port} cannot be reached: ConnectionRefused"], told);
        Assert.Equal(0, log.Sessions);
    }

    private static async Task AnswerAsync(TcpListener listener, params string[] answers)
    {
        using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes("220 mx\r\n"), TestContext.Current.CancellationToken);
        var block = new byte[1024];
        foreach (var answer in answers)
        {
            _ = await socket.ReceiveAsync(block, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        }

        _ = await socket.ReceiveAsync(block, TestContext.Current.CancellationToken);
    }

    private static async Task<SmtpServer> OwnAsync(ServerCertificate? certificate = null)
    {
        var options = new SmtpServerOptions
        {
            EndPoints = [Anywhere],
            Store = DiscardStore.Instance,
            Tls = certificate is null ? null : new TlsSettings(certificate),
        };
        var server = new SmtpServer(options.Serving(certificate is null ? Profiles.Esmtp : Profiles.Esmtpsa));
        await server.StartAsync();
        return server;
    }

    // each line behind the reply to the one before; all that came, until the other side closes or nothing more is due
    private static async Task<string> TalkAsync(IPEndPoint to, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(to, TestContext.Current.CancellationToken);
        return await AskAsync(client.GetStream(), [null, .. lines]);
    }

    private static async Task<string> AskAsync(Stream stream, params string?[] lines)
    {
        var said = new StringBuilder();
        var block = new byte[4096];
        foreach (var line in lines)
        {
            if (line is not null)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), TestContext.Current.CancellationToken);
            }

            do
            {
                var count = await stream.ReadAsync(block, TestContext.Current.CancellationToken);
                if (count == 0)
                {
                    return said.ToString();
                }

                said.Append(Encoding.ASCII.GetString(block, 0, count));
            }
            while (!IsWhole(said.ToString()));
        }

        return said.ToString();
    }

    private static bool IsWhole(string said) => said.EndsWith('\n') && said.TrimEnd('\r', '\n').Split('\n')[^1] is [_, _, _, not '-', ..];
}
