using System.Text;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>A port behind which is no SMTP server: what it says is quoted, after one timeout, by every verb that connects.</summary>
public sealed class OtherProtocolTests
{
    /// <summary>What is said first, what is said when something came, and what of it is told.</summary>
    public static TheoryData<string, string, string> Servers { get; } =
        new()
        {
            {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "Invalid SSH identification string.\r\n",
                "speaks SSH and not SMTP: SSH-2.0-OpenSSH_9.2p1\\r\\n; give the port of an SMTP server"
            },
            {
                "",
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request",
                "speaks HTTP and not SMTP: HTTP/1.1 400 Bad Request\\r\\n"
            },
            { "", "<!DOCTYPE HTML>\n<html></html>", "speaks HTTP and not SMTP: <!DOCTYPE HTML>\\n" },
            { "", "\u0015\u0003\u0001\u0000\u0002\u0002F", "speaks TLS from the first octet and not SMTP: \\x15\\x03\\x01" },
            { "+OK ready\r\n", "-ERR what\r\n", "speaks POP3 and not SMTP: +OK ready" },
            { "* OK IMAP4rev1 ready\r\n", "* BAD what\r\n", "speaks IMAP and not SMTP: * OK IMAP4rev1" },
            { "RFB 003.008\n", "", "says what no SMTP server says: RFB 003.008\\n" },
            { "", "", "says nothing within 2 s, nor when it is spoken to; is it an SMTP server" },
        };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task What_it_says_is_quoted_after_one_timeout(string first, string then, string said)
    {
        var connections = 0;
        await using var server = new LoopbackServer(
            async (stream, end) =>
            {
                Interlocked.Increment(ref connections);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(first), end);
                var octets = new byte[1024];
                _ = await stream.ReadAsync(octets, end);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(then), end);
                if (then.Length == 0)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, end);
                }
            }
        );
        string[][] verbs =
        [
            ["test", server.Name],
            ["fuzz", server.Name],
            ["diff", server.Name, server.Name],
            ["test", server.Name, "--extensions", "none"],
        ];

        var runs = await Task.WhenAll(verbs.Select(words => Smtpmodel.RunAsync([.. words, "--reply-timeout", "2s"])));

        Assert.All(runs, run => run.EndsWith(ExitCodes.NoVerdict).Says($"smtpmodel: {server.Name} takes the connection and {said}"));
        // a greeting is waited for once on each
        Assert.Equal(verbs.Length, connections);
    }
}
