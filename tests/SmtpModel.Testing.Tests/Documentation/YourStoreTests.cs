// docs/from-your-own-tests.md shows what stands below the line
#pragma warning disable IDE0005, CA1515, xUnit1051
// ---- your-store
using System.Collections.Concurrent;
using System.Net;
using SmtpModel.Protocol;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;
using Xunit;

namespace YourTests;

public sealed class YourStoreTests
{
    [Fact]
    public async Task Whole_messages_arrive()
    {
        var store = new YourStore();
        await using var server = new SmtpServer(new() { EndPoints = [new(IPAddress.Loopback, 0)], Store = store });
        await server.StartAsync();
        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port);

        await new ConformanceTest(Profiles.Rfc5321, new() { Depth = Depth.Data, Connections = 4 }).RunAsync(target);

        Assert.NotEmpty(store.Messages);
        Assert.All(store.Messages, message => Assert.NotEmpty(message.ForwardPaths));
    }

    private sealed class YourStore : IMessageStore
    {
        public ConcurrentQueue<StoredMessage> Messages { get; } = new();

        public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
        {
            Messages.Enqueue(message.Copy());
            return new(Decision.Accept);
        }
    }
}
