// docs/from-your-own-tests.md and README.md show what stands below the line, with every using that a project of one's own needs
#pragma warning disable IDE0005, CA1515, xUnit1051
// ---- your-server
using System.Net;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Xunit;

namespace YourTests;

public sealed class YourServerTests
{
    [Fact]
    public async Task The_server_keeps_RFC_5321()
    {
        await using var server = new SmtpServer(new() { EndPoints = [new(IPAddress.Loopback, 0)], Store = new MemoryStore() });
        await server.StartAsync();
        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port);
        var options = new TestOptions { Connections = 4, Palette = new() { Recipient = "user@your.domain" } };

        var report = await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(target);

        Assert.True(report.IsConclusive);
        Assert.Empty(report.Failures);
    }
}
