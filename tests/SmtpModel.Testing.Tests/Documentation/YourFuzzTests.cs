// docs/from-your-own-tests.md shows what stands below the line
#pragma warning disable IDE0005, CA1515, xUnit1051
// ---- your-fuzz
using System.Net;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Xunit;

namespace YourTests;

public sealed class YourFuzzTests
{
    [Fact]
    public async Task Random_sessions_show_no_violation()
    {
        await using var server = new SmtpServer(
            new() { EndPoints = [new(IPAddress.Loopback, 0)], Store = new MemoryStore(whenFull: WhenFull.DropOldest) }
        );
        await server.StartAsync();
        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port);

        var report = await new Fuzzer(Profiles.Rfc5321, new() { Seed = 7, Sessions = 300 }).RunAsync(target);

        Assert.True(report.IsConclusive);
        Assert.Empty(report.Findings);
    }
}
