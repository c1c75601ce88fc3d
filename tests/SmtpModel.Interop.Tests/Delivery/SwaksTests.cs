using System.Globalization;
using System.Text;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;

namespace SmtpModel.Interop.Tests.Delivery;

/// <summary>swaks, which shows every line, delivers to our server.</summary>
public sealed class SwaksTests
{
    private const string Content = "Subject: dots\n\n.\n..text\n.text\n";

    public static TheoryData<string> EachProfile => [.. SmtpProfiles.Names];

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_message_from_swaks_arrives_as_it_was_sent(string profile)
    {
        Installed.Tool(PeerTools.Swaks);
        await using var server = await LiveServer.StartAsync(profile);
        var result = await SendAsync(server, "sender@example.test", "first@example.test,second@example.test");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var stored = Assert.Single(server.Messages);
        Assert.Equal("<sender@example.test>", stored.ReversePath);
        Assert.Equal(["<first@example.test>", "<second@example.test>"], stored.ForwardPaths);
        // swaks puts an empty line before the end of data, as was seen on the wire
        Assert.Equal(Content.ReplaceLineEndings("\r\n") + "\r\n", Encoding.Latin1.GetString(stored.Data.Span));
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_message_with_the_null_reverse_path_is_taken_from_swaks(string profile)
    {
        Installed.Tool(PeerTools.Swaks);
        await using var server = await LiveServer.StartAsync(profile);
        var result = await SendAsync(server, "<>", "recipient@example.test");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal("<>", Assert.Single(server.Messages).ReversePath);
    }

    [Theory]
    [MemberData(nameof(EachProfile))]
    public async Task A_refused_recipient_is_told_to_swaks_and_nothing_arrives(string profile)
    {
        Installed.Tool(PeerTools.Swaks);
        await using var server = await LiveServer.StartAsync(profile);
        var result = await SendAsync(server, "sender@example.test", "refused@example.test");
        // "no recipients accepted", as its manual page has it
        Assert.True(result.ExitCode == 24, result.Output + result.Error);
        // with an enhanced status code (RFC 2034 4) where the profile has them
        Assert.Contains(
            Spec.Profiles.Find(profile)!.Table.ReplyTexts.Count > 0 ? "550 5.1.1 No such user" : "550 No such user",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_message_from_swaks_over_LMTP_arrives_for_each_recipient_and_the_refused_one_is_told()
    {
        Installed.Tool(PeerTools.Swaks);
        await using var server = await LiveServer.StartAsync(Spec.Profiles.Lmtp.Name);
        var result = await SendAsync(
            server,
            "sender@example.test",
            "first@example.test,refused@example.test,second@example.test",
            "--protocol",
            "LMTP"
        );
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(
            ["<first@example.test>", "<second@example.test>"],
            server.Messages.SelectMany(message => message.ForwardPaths).Order(StringComparer.Ordinal)
        );
        Assert.All(server.Messages, message =>
            Assert.Equal(Content.ReplaceLineEndings("\r\n") + "\r\n", Encoding.Latin1.GetString(message.Data.Span))
        );
    }

    private static Task<ToolResult> SendAsync(LiveServer server, string from, string to, params string[] more) =>
        PeerTools.Run(
            PeerTools.Swaks,
            [
                .. more,
                "--server",
                "127.0.0.1",
                "--port",
                server.Port.ToString(CultureInfo.InvariantCulture),
                "--helo",
                "client.example.test",
                "--from",
                from,
                "--to",
                to,
                "--data",
                "-",
            ],
            Content,
            null,
            TestContext.Current.CancellationToken
        );
}
