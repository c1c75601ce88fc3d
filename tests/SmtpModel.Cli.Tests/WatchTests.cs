using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Server;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel watch</c> between a client and a server: what it writes while they talk, and how Ctrl-C ends it.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_line_and_each_finding_is_a_line_of_JSON_at_once_and_CtrlC_ends_it_with_its_summary()
    {
        await using var server = await ServerAsync();
        await using var tool = Start(server, "--json-lines", Place("lines.jsonl"), "--json", Place("out.json"));
        using var client = await LineClient.ConnectAsync(await PortAsync(tool));
        await client.ReplyAsync();
        await client.SendAsync("EHLO client.example.test");
        await client.SendAsync("MAIL FROM:<a@example.test>");
        await client.SendAsync("MAIL FROM:<b@example.test>");

        // the session goes on, and what was said stands there already
        await tool.SaysAsync("FAIL Client: MAIL was sent while a transaction is open");
        var lines = await LinesAsync();
        Assert.All(lines, line => Assert.Equal("#1", line.GetProperty("session").GetString()));
        Assert.All(lines, line => Assert.True(line.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5)));
        Assert.Contains("client MailGiven MAIL FROM:<b@example.test>", lines.Select(line => Words(line, "side", "state", "text")));
        Assert.Contains("server Ready 250 ", string.Join('\n', lines.Select(line => Words(line, "side", "state", "text"))));
        var found = Assert.Single(lines, line => line.TryGetProperty("blamed", out _));
        Assert.Equal(
            "client FAIL K4 RFC 5321 4.1.4 MUST MAIL FROM:<b@example.test> MailGiven",
            Words(found, "blamed", "verdict", "rule", "clause", "level", "came", "state")
        );

        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync())
            .EndsWith(ExitCodes.Failure)
            .Says("1 session, 4 exchanges; client: 1 failed", "server: 0 failed", "X MailGiven  C: MAIL FROM:<b@example.test>");
        Assert.True(File.Exists(Place("out.json")));
    }

    [Fact]
    public async Task A_session_that_is_right_is_watched_to_its_end_and_CtrlC_ends_well()
    {
        await using var server = await ServerAsync();
        await using var tool = Start(server);
        using (var client = await LineClient.ConnectAsync(await PortAsync(tool)))
        {
            await client.ReplyAsync();
            await client.SendAsync("EHLO client.example.test");
            Assert.StartsWith("221", await client.SendAsync("QUIT"), StringComparison.Ordinal);
        }

        await tool.SaysAsync("-- closed");
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Says("1 session, 3 exchanges; client: 0 failed", "server: 0 failed");
    }

    [Fact]
    public async Task Where_nobody_came_CtrlC_ends_without_a_verdict()
    {
        await using var tool = Smtpmodel.Start(["watch", "--listen", "127.0.0.1:0", "--to", LoopbackServer.Nobody()]);
        await PortAsync(tool);
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync()).EndsWith(ExitCodes.NoVerdict).Says("0 sessions, 0 exchanges");
    }

    // inside, the client breaks the order: what is not seen is not judged, and the certificate that it is shown is the server's own
    [Fact]
    public async Task Tls_is_carried_on_blind_and_nothing_is_judged_behind_it()
    {
        using var certificate = ServerCertificate.SelfSigned("localhost");
        await using var server = await ServerAsync(certificate);
        await using var tool = Start(server, "--json-lines", Place("lines.jsonl"));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, await PortAsync(tool), Cancellation);
            var plain = client.GetStream();
            await AskAsync(plain, null);
            await AskAsync(plain, "EHLO client.example.test");
            Assert.StartsWith("220", await AskAsync(plain, "STARTTLS"), StringComparison.Ordinal);
            await using var tls = new SslStream(plain, leaveInnerStreamOpen: true, (_, shown, _, _) =>
                shown!.GetCertHashString() == certificate.Certificate.GetCertHashString()
            );
            await tls.AuthenticateAsClientAsync("localhost");
            await AskAsync(tls, "EHLO client.example.test");
            Assert.StartsWith("250", await AskAsync(tls, "MAIL FROM:<a@example.test>"), StringComparison.Ordinal);
            Assert.StartsWith("503", await AskAsync(tls, "MAIL FROM:<a@example.test>"), StringComparison.Ordinal);
        }

        await tool.SaysAsync("-- closed");
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync())
            .EndsWith(ExitCodes.Fine)
            .Says("not judged, 1 time: inside TLS: not judged", "1 session, 3 exchanges; client: 0 failed", "server: 0 failed");
        Assert.Equal("client Ready STARTTLS", (await LinesAsync()).Select(line => Words(line, "side", "state", "text")).Last(line =>
            line.StartsWith("client", StringComparison.Ordinal)));
    }

    private static async Task<SmtpServer> ServerAsync(ServerCertificate? certificate = null)
    {
        var options = new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Store = DiscardStore.Instance,
            Tls = certificate is null ? null : new TlsSettings(certificate),
        };
        var server = new SmtpServer(options.Serving(certificate is null ? Spec.Profiles.Esmtp : Spec.Profiles.Esmtpsa));
        await server.StartAsync();
        return server;
    }

    private static Smtpmodel Start(SmtpServer server, params string[] more) =>
        Smtpmodel.Start(["watch", "--listen", "127.0.0.1:0", "--to", $"127.0.0.1:{server.EndPoints[0].Port}", .. more]);

    private static async Task<int> PortAsync(Smtpmodel tool)
    {
        var said = await tool.SaysAsync("; Ctrl-C ends");
        return IPEndPoint.Parse(said.Split("watching ")[1].Split(',')[0]).Port;
    }

    private static async Task<string> AskAsync(Stream stream, string? line)
    {
        if (line is not null)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Cancellation);
        }

        var said = new StringBuilder();
        var block = new byte[4096];
        do
        {
            var count = await stream.ReadAsync(block, Cancellation);
            Assert.NotEqual(0, count);
            said.Append(Encoding.ASCII.GetString(block, 0, count));
        }
        while (!(said[^1] == '\n' && said.ToString().TrimEnd().Split('\n')[^1] is [_, _, _, not '-', ..]));
        return said.ToString();
    }

    private async Task<List<JsonElement>> LinesAsync()
    {
        // it is being written
        await using var file = new FileStream(Place("lines.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return
        [
            .. (await reader.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }

    private static string Words(JsonElement line, params string[] names) =>
        string.Join(' ', names.Select(name => line.TryGetProperty(name, out var value) ? value.GetString() : ""));

    private string Place(string name) => Path.Combine(_folder.Path, name);
}
