// docs/serving.md shows what stands below the line, with every using that a project of one's own needs
#pragma warning disable IDE0005, CA1515, xUnit1051
using System.Net.Mail;
using YourServer;

namespace SmtpModel.Testing.Tests.Documentation;

/// <summary>The receiver of docs/serving.md gets what .NET's client sends.</summary>
public sealed class YourReceiverTests
{
    [Fact]
    public async Task It_prints_what_it_receives()
    {
        var printed = new StringWriter();
        await using var server = await Receiver.StartAsync(port: 0, printed);
        using var client = new SmtpClient("127.0.0.1", server.EndPoints[0].Port);

        await client.SendMailAsync("a@client.example", "b@mx.example", "hi", "text");

        Assert.StartsWith("<a@client.example> to <b@mx.example>\n", printed.ToString(), StringComparison.Ordinal);
        Assert.Contains("Subject: hi\r\n", printed.ToString(), StringComparison.Ordinal);
    }
}
