// docs/from-your-own-tests.md shows what stands below the line, with every using that a project of one's own needs
#pragma warning disable IDE0005, CA1515, xUnit1051
// ---- your-rows
using System.Net;
using SmtpModel.Server;
using SmtpModel.Testing;
using SmtpModel.Testing.Xunit;
using Xunit;

namespace YourTests;

public sealed class YourConformanceTests(YourServer server) : IClassFixture<YourServer>
{
    [Theory, SmtpConformance("rfc5321")]
    public Task The_server_keeps(ConformanceCase row) => server.CheckAsync(row);
}

public sealed class YourServer : ConformanceServer
{
    private readonly SmtpServer _server = new(new() { EndPoints = [new(IPAddress.Loopback, 0)], Store = new MemoryStore() });

    protected override async ValueTask<ITarget> StartAsync(CancellationToken cancellation)
    {
        await _server.StartAsync();
        return new TcpTarget("127.0.0.1", _server.EndPoints[0].Port);
    }

    protected override ValueTask StopAsync() => _server.DisposeAsync();
}
