using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Protocol;

namespace SmtpModel.Interop.Tests.Delivery;

/// <summary>MailKit delivers to our server, and what arrives is what was sent, octet for octet.</summary>
public sealed class MailKitTests
{
    private static readonly MailboxAddress Sender = Mailbox("sender@example.test");

    public static TheoryData<string> EachProfile => [.. SmtpProfiles.Names];

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_message_to_several_recipients_arrives_once_with_all_of_them_in_order(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        var content = Content("Several recipients.\r\n");
        await SendAsync(
            server,
            content,
            Sender,
            Mailbox("first@example.test"),
            Mailbox("second@example.test"),
            Mailbox("third@other.test")
        );
        var stored = AssertArrived(server, content);
        Assert.Equal("<sender@example.test>", stored.ReversePath);
        Assert.Equal(["<first@example.test>", "<second@example.test>", "<third@other.test>"], stored.ForwardPaths);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task Lines_that_begin_with_dots_arrive_as_they_were_sent(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        var content = Content(".\r\n..\r\n...\r\n.text\r\ntext.\r\n\r\n.\r\n");
        await SendAsync(server, content, Sender, Mailbox("recipient@example.test"));
        AssertArrived(server, content);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_body_of_a_megabyte_arrives_as_it_was_sent(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        var random = new Random(821);
        var body = new StringBuilder();
        while (body.Length < 1024 * 1024)
        {
            // of all lengths, so that every end of line and every dot falls at the end of some packet
            body.Append(random.Next(3) == 0 ? "." : "");
            body.Append(string.Concat(Enumerable.Range(0, random.Next(78)).Select(_ => (char)random.Next(' ', '~' + 1)))).Append("\r\n");
        }

        var content = Content(body.ToString());
        await SendAsync(server, content, Sender, Mailbox("recipient@example.test"));
        Assert.True(AssertArrived(server, content).Data.Length > 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_notice_of_failed_delivery_comes_with_the_null_reverse_path(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        var content = Content("Not delivered.\r\n");
        await SendAsync(server, content, Mailbox(""), Mailbox("recipient@example.test"));
        Assert.Equal("<>", AssertArrived(server, content).ReversePath);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_quoted_local_part_is_a_mailbox_of_its_own(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        var content = Content("Quoted.\r\n");
        await SendAsync(server, content, Mailbox("\"the sender\"@example.test"), Mailbox("\"a b.@\\\" c\"@example.test"));
        var stored = AssertArrived(server, content);
        Assert.Equal("<\"the sender\"@example.test>", stored.ReversePath);
        Assert.Equal(["<\"a b.@\\\" c\"@example.test>"], stored.ForwardPaths);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task One_connection_carries_several_messages_and_a_refused_recipient_between_them(string profile)
    {
        await using var server = await LiveServer.StartAsync(profile);
        using (var client = await ConnectAsync(server))
        {
            await SendAsync(client, Content("first\r\n"), Sender, Mailbox("recipient@example.test"));
            var refused = await Assert.ThrowsAsync<SmtpCommandException>(() =>
                SendAsync(client, Content("no\r\n"), Sender, Mailbox("refused@example.test"))
            );
            Assert.Equal((SmtpErrorCode.RecipientNotAccepted, SmtpStatusCode.MailboxUnavailable), (refused.ErrorCode, refused.StatusCode));
            await client.NoOpAsync(TestContext.Current.CancellationToken);
            await SendAsync(client, Content("second\r\n"), Sender, Mailbox("recipient@example.test"));
            await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        }

        Assert.Equal([Content("first\r\n"), Content("second\r\n")], server.Messages.Select(message => message.Data.ToArray()));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task The_reply_to_EHLO_offers_nothing_that_our_server_does_not_have_RFC_5321_4_1_1_1()
    {
        await using var server = await LiveServer.StartAsync("rfc5321");
        using var client = await ConnectAsync(server);
        // MailKit names the extensions it knows; ours has none of them
        Assert.Equal(SmtpCapabilities.None, client.Capabilities);
        Assert.Empty(client.AuthenticationMechanisms);
        Assert.Equal(0u, client.MaxSize);
        Assert.False(client.IsSecure);
        await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_of_RFC_821_does_not_know_EHLO_and_is_greeted_with_HELO_RFC_5321_3_2()
    {
        await using var server = await LiveServer.StartAsync("rfc821");
        using var log = new MemoryStream();
        using (var client = await ConnectAsync(server, new ProtocolLogger(log, leaveOpen: true)))
        {
            await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
        }

        var said = Encoding.Latin1.GetString(log.ToArray());
        Assert.Contains("C: EHLO client.example.test\r\nS: 500 ", said, StringComparison.Ordinal);
        Assert.Contains("C: HELO client.example.test\r\nS: 250 ", said, StringComparison.Ordinal);
    }

    private static byte[] Content(string body) => Encoding.ASCII.GetBytes(
        "From: sender@example.test\r\nTo: recipient@example.test\r\nSubject: test\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"
        + "Message-Id: <1@example.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + body);

    private static MailboxAddress Mailbox(string address) => new("", address);

    private static async Task<SmtpClient> ConnectAsync(LiveServer server, IProtocolLogger? log = null)
    {
        var client = new SmtpClient(log ?? new NullProtocolLogger()) { LocalDomain = "client.example.test" };
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task SendAsync(LiveServer server, byte[] content, MailboxAddress sender, params MailboxAddress[] recipients)
    {
        using var client = await ConnectAsync(server);
        await SendAsync(client, content, sender, recipients);
        await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
    }

    private static async Task SendAsync(SmtpClient client, byte[] content, MailboxAddress sender, params MailboxAddress[] recipients)
    {
        using var message = await MimeMessage.LoadAsync(new MemoryStream(content), TestContext.Current.CancellationToken);
        await client.SendAsync(message, sender, recipients, TestContext.Current.CancellationToken);
    }

    private static StoredMessage AssertArrived(LiveServer server, byte[] content)
    {
        var stored = Assert.Single(server.Messages);
        Assert.Equal(Encoding.Latin1.GetString(content), Encoding.Latin1.GetString(stored.Data.Span));
        return stored;
    }
}
