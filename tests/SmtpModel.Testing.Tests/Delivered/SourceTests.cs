using System.Net;
using System.Text;

namespace SmtpModel.Testing.Tests.Delivered;

/// <summary>Messages are read where programs put them, with what is known of their envelopes there, and octet by octet.</summary>
public sealed class SourceTests : IDisposable
{
    private const string Sent = "Message-ID: <smtpmodel-0123abcd-7-m@example.test>\r\nSubject: x\r\n\r\n.a\r\nFrom here\r\n\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("smtpmodel-delivered-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_Maildir_has_the_messages_that_came_since_it_was_first_looked_at()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "new"));
        Directory.CreateDirectory(Path.Combine(_folder, "cur"));
        await WriteAsync("new/1.old", "Subject: before\n\ntext\n");
        await using var deliveries = Deliveries.Maildir(_folder);
        await WriteAsync(
            "new/2.host",
            "Return-Path: <a@example.test>\nX-Original-To: fred@example.test\nDelivered-To: f@host\nReceived: by host\n" + Local(Sent)
        );
        File.Move(Path.Combine(_folder, "new/1.old"), Path.Combine(_folder, "cur/1.old:2,S"));

        var message = Assert.Single(await deliveries.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal("a@example.test", message.ReversePath);
        Assert.Equal(["fred@example.test"], message.ForwardPaths!);
        Assert.Null(MessageComparison.Of(Octets(Sent), message));
        Assert.Equal("smtpmodel-0123abcd-7-m", Marking.Of(message, "0123abcd"));
        Assert.Null(Marking.Of(message, "0123abce"));
    }

    [Fact]
    public async Task A_file_is_one_copy_for_each_address_however_many_programs_wrote_it_down()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "new"));
        await using var deliveries = Deliveries.Maildir(_folder);
        await WriteAsync(
            "new/1.host",
            "Delivered-To: fred@example.test\nX-Spam: no\nDelivered-To: fred@example.test\nDelivered-To: ann@example.test\n" + Local(Sent)
        );

        var message = Assert.Single(await deliveries.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["fred@example.test", "ann@example.test"], message.ForwardPaths!);
    }

    [Fact]
    public async Task Where_somebody_takes_messages_away_what_was_seen_stays_seen_and_none_can_be_said_to_be_lost()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "new"));
        await WriteAsync("new/1.old", "Subject: before\n\ntext\n");
        await using var maildir = Deliveries.Maildir(_folder);
        await WriteAsync("box", "From x Mon Jan  1 00:00:00 2024\nSubject: before\n\ntext\n\n");
        await using var mbox = Deliveries.Mbox(Path.Combine(_folder, "box"));
        await WriteAsync("new/2.host", Sent);
        await maildir.ReadAsync(TestContext.Current.CancellationToken);
        await mbox.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Null(maildir.Removed);
        Assert.Null(mbox.Removed);

        File.Delete(Path.Combine(_folder, "new/2.host"));
        await WriteAsync("box", "");
        Assert.Single(await maildir.ReadAsync(TestContext.Current.CancellationToken));
        await mbox.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Contains("messages are taken away from maildir:", maildir.Removed, StringComparison.Ordinal);
        Assert.Contains("messages are taken away from mbox:", mbox.Removed, StringComparison.Ordinal);
        Assert.Equal(maildir.Removed, new DeliveryWatch(maildir).Excuse([], Array.Empty<DeliveredMessage>().ToLookup(_ => "")));
    }

    [Fact]
    public async Task An_mbox_has_what_was_appended_with_its_marks_of_From_taken_for_none()
    {
        await WriteAsync("box", "From x Mon Jan  1 00:00:00 2024\nSubject: before\n\ntext\n\n");
        await using var deliveries = Deliveries.Mbox(Path.Combine(_folder, "box"));
        await File.AppendAllTextAsync(
            Path.Combine(_folder, "box"),
            "From a@example.test Mon Jan  1 00:00:00 2024\nReceived: by host\n"
                + Local(Sent).Replace("\nFrom", "\n>From", StringComparison.Ordinal)
                + "\nFrom MAILER-DAEMON Mon Jan  1 00:00:00 2024\nSubject: other\n\ntext\n\n",
            TestContext.Current.CancellationToken
        );

        var messages = await deliveries.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a@example.test", null], messages.Select(message => message.ReversePath));
        Assert.All(messages, message => Assert.Null(message.ForwardPaths));
        Assert.Null(MessageComparison.Of(Octets(Sent), messages[0]));
        Assert.NotNull(MessageComparison.Of(Octets(Sent), messages[1]));
    }

    [Fact]
    public async Task A_command_prints_a_message_or_an_mbox_and_one_that_fails_is_said_to()
    {
        await WriteAsync("one", Sent);
        await using var one = Deliveries.Command($"cat {_folder}/one");
        await using var wrong = Deliveries.Command("echo no such user >&2; exit 3");

        Assert.Null(MessageComparison.Of(Octets(Sent), Assert.Single(await one.ReadAsync(TestContext.Current.CancellationToken))));
        var fault = await Assert.ThrowsAsync<IOException>(async () => await wrong.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ends with 3: no such user", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "LHLO")]
    [InlineData(false, "EHLO")]
    public async Task A_server_of_ours_keeps_marked_mail_and_forgets_that_of_others(bool isLmtp, string hello)
    {
        await using var deliveries = isLmtp
            ? await Deliveries.LmtpAsync(new IPEndPoint(IPAddress.Loopback, 0))
            : await Deliveries.SmtpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using var target = new TcpTarget("127.0.0.1", ((SinkDeliveries)deliveries).EndPoint.Port);
        await using var session = await target.ConnectAsync(0, TestContext.Current.CancellationToken);
        string[] inputs =
        [
            $"{hello} a.test",
            "MAIL FROM:<A@example.test>",
            "RCPT TO:<Fred@example.test>",
            "DATA",
            $"{Sent}.",
            "MAIL FROM:<>",
            "RCPT TO:<b@example.test>",
            "DATA",
            "Subject: other\r\n\r\n.",
        ];
        foreach (var input in inputs)
        {
            var came = await session.SendAsync(
                Encoding.Latin1.GetBytes($"{input.Replace("\r\n.a", "\r\n..a", StringComparison.Ordinal)}\r\n"),
                0,
                TestContext.Current.CancellationToken
            );
            Assert.True(came.Code is >= 200 and < 400, $"{input}: {came}");
        }

        var message = Assert.Single(await deliveries.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("A@example.test", "Fred@example.test"), (message.ReversePath, message.ForwardPaths![0]));
        Assert.Null(MessageComparison.Of(Octets(Sent), message));
        Assert.Equal(!isLmtp, message.IsRelayed);
    }

    [Fact]
    public void A_report_on_a_message_is_not_the_message()
    {
        var report = new DeliveredMessage(
            Octets($"Message-ID: <1@host>\r\nReferences: <smtpmodel-0123abcd-7-m@example.test>\r\nSubject: failed\r\n\r\n{Sent}")
        )
        {
            ReversePath = "",
        };

        Assert.Null(Marking.Of(report, "0123abcd"));
    }

    [Theory]
    [InlineData("X-Spam: no\r\n", "", null)]
    [InlineData("", "", null)]
    [InlineData("Date: today\r\n", "", true)]
    [InlineData("Message-ID: <smtpmodel>\r\n", "", false)]
    [InlineData("", "\r\n", false)]
    [InlineData("", " ", false)]
    public void What_a_server_puts_before_a_message_is_taken_off_or_told_and_nothing_else(string before, string behind, bool? isAllowed) =>
        Assert.Equal(
            isAllowed,
            MessageComparison.Of(Octets(Sent), new DeliveredMessage(Octets($"Received: a\r\n\tb\r\n{before}{Sent}{behind}")))?.IsAllowed
        );

    private static string Local(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder, file), text, TestContext.Current.CancellationToken);
}
