// docs/serving.md shows what stands below the line, with every using that a project of one's own needs
#pragma warning disable IDE0005, CA1515, CA1724, CS1591
// ---- your-receiver
using System.Net;
using System.Text;
using SmtpModel.Server;

namespace YourServer;

public sealed class Receiver(TextWriter output) : IMessageStore
{
    public static async Task<SmtpServer> StartAsync(int port, TextWriter output)
    {
        var server = new SmtpServer(new() { EndPoints = [new(IPAddress.Loopback, port)], Store = new Receiver(output) });
        await server.StartAsync();
        return server;
    }

    public ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var mail = message.Copy();
        output.Write($"{mail.ReversePath} to {string.Join(", ", mail.ForwardPaths)}\n{Encoding.UTF8.GetString(mail.Data.Span)}\n");
        return new(Decision.Accept);
    }
}
