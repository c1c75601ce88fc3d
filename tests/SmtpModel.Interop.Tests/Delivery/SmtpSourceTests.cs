using System.Text;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;

namespace SmtpModel.Interop.Tests.Delivery;

/// <summary>Postfix's load generator delivers to our server over several connections at once.</summary>
public sealed class SmtpSourceTests
{
    private const int Messages = 200;
    private const int Connections = 5;
    private const string Content = "Subject: load\n\n.\n..text\ntext\n";

    public static MatrixTheoryData<string, bool> EachProfileBothWays => new(SmtpProfiles.Names, [false, true]);

    [Theory]
    [MemberData(nameof(EachProfileBothWays))]
    public async Task Every_message_arrives_once_as_it_was_sent(string profile, bool severalInAConnection)
    {
        Installed.Tool(PeerTools.SmtpSource);
        await using var server = await LiveServer.StartAsync(profile);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.eml");
        await File.WriteAllTextAsync(file, Content, TestContext.Current.CancellationToken);
        try
        {
            string[] keep = severalInAConnection ? ["-d"] : [];
            var result = await PeerTools.Run(
                PeerTools.SmtpSource,
                [
                    .. keep,
                    "-N",
                    "-s",
                    $"{Connections}",
                    "-m",
                    $"{Messages}",
                    "-M",
                    "client.example.test",
                    "-f",
                    "sender@example.test",
                    "-t",
                    "recipient@example.test",
                    "-F",
                    file,
                    server.Address,
                ],
                null,
                null,
                TestContext.Current.CancellationToken
            );
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(Messages, server.Messages.Count);
        // smtp-source puts an empty line before the end of data, as was seen on the wire
        Assert.All(server.Messages, message =>
            Assert.Equal(Content.ReplaceLineEndings("\r\n") + "\r\n", Encoding.Latin1.GetString(message.Data.Span))
        );
        Assert.All(server.Messages, message => Assert.Equal("<sender@example.test>", message.ReversePath));
        // it numbers its recipients, so that none can stand in for another
        Assert.Equal(Messages, server.Messages.Select(message => Assert.Single(message.ForwardPaths)).Distinct().Count());
        Assert.Equal(severalInAConnection ? Connections : Messages, server.Connections);
    }
}
