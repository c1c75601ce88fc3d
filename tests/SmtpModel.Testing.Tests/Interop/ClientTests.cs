using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpModel.Peers;

namespace SmtpModel.Testing.Tests.Interop;

// Real clients deliver to the live server, and what arrives is what was sent.
public class ClientTests
{
    private static readonly string[] Recipients = ["one@example.test", "two@example.test", "three@example.test"];

    private static readonly string[] Dots = [".", "..", ".begins with a dot", "...", "no dot", ".."];

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task MailKit_delivers_to_several_recipients_with_dots_that_have_to_be_doubled(string profile) =>
        await DeliverAsync(profile, string.Join("\r\n", Dots));

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task MailKit_delivers_a_body_of_two_megabytes(string profile)
    {
        var body = new StringBuilder();
        for (var line = 0; body.Length < 2_000_000; line++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(line % 7 == 0 ? "." : "")}line {line} {new string('x', line % 60)}\r\n");
        }

        await DeliverAsync(profile, body.ToString());
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Swaks_delivers_a_message(string profile)
    {
        Assert.SkipWhen(PeerTools.WhyUnavailable(PeerTools.Swaks) is not null, PeerTools.WhyUnavailable(PeerTools.Swaks) ?? "");
        await using var server = await OwnServer.StartAsync(profile);
        var data = $"Subject: from swaks\n\n{string.Join('\n', Dots)}\n";
        string[] arguments = ["--server", "127.0.0.1", "--port", server.Port.ToString(CultureInfo.InvariantCulture), "--helo", "client.example.test",
            "--from", "sender@example.test", "--to", string.Join(',', Recipients), "--data", "-", .. profile == "rfc821" ? ["--protocol", "SMTP"] : Array.Empty<string>()];
        var result = await PeerTools.Run(PeerTools.Swaks, arguments, data, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var message = Assert.Single(server.Messages);
        Assert.Equal("<sender@example.test>", message.ReversePath);
        Assert.Equal(Recipients.Select(recipient => $"<{recipient}>"), message.ForwardPaths);
        Assert.StartsWith(data.Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd(), Encoding.Latin1.GetString(message.Data.Span), StringComparison.Ordinal);
        Assert.Empty(server.Faults);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_load_generator_of_Postfix_delivers_200_messages_over_5_connections(string profile)
    {
        Assert.SkipWhen(PeerTools.WhyUnavailable(PeerTools.SmtpSource) is not null, PeerTools.WhyUnavailable(PeerTools.SmtpSource) ?? "");
        await using var server = await OwnServer.StartAsync(profile);
        string[] arguments = ["-s", "5", "-m", "200", "-r", "2", "-l", "5000", "-f", "sender@example.test", "-t", "recipient@example.test", "-M", "client.example.test",
            string.Create(CultureInfo.InvariantCulture, $"inet:127.0.0.1:{server.Port}")];
        var result = await PeerTools.Run(PeerTools.SmtpSource, arguments, cancellation: TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(200, server.Messages.Count);
        Assert.All(server.Messages, message =>
        {
            Assert.Equal("<sender@example.test>", message.ReversePath);
            Assert.Equal(2, message.ForwardPaths.Count);
            Assert.InRange(message.Data.Length, 5000, 6000);
        });
        Assert.Empty(server.Faults);
    }

    private static async Task DeliverAsync(string profile, string body)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await OwnServer.StartAsync(profile);
        using var message = new MimeMessage { Subject = "from MailKit", Body = new TextPart("plain") { Text = body, ContentTransferEncoding = ContentEncoding.SevenBit } };
        message.From.Add(MailboxAddress.Parse("sender@example.test"));
        message.To.AddRange(Recipients.Select(recipient => MailboxAddress.Parse(recipient)));
        using (var client = new SmtpClient())
        {
            await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, cancellation);
            await client.SendAsync(message, cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
        }

        // what MailKit sends is what it writes, once it has adapted the message to what the server offers
        using var written = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        await message.WriteToAsync(format, written, cancellation);
        var stored = Assert.Single(server.Messages);
        Assert.Equal("<sender@example.test>", stored.ReversePath);
        Assert.Equal(Recipients.Select(recipient => $"<{recipient}>"), stored.ForwardPaths);
        Assert.Equal(Encoding.Latin1.GetString(written.ToArray()), Encoding.Latin1.GetString(stored.Data.Span));
        Assert.EndsWith(body.TrimEnd() + "\r\n", Encoding.Latin1.GetString(stored.Data.Span), StringComparison.Ordinal);
        Assert.Empty(server.Faults);
    }
}
