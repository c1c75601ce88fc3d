using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmtpModel.Server;

namespace SmtpModel.Transports;

/// <summary>The same session under Kestrel: no limits and no timeouts, so that it has less to do than the server has.</summary>
internal static class KestrelHost
{
    public static async Task RunAsync(IPEndPoint endPoint, CancellationToken ending)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endPoint, listen => listen.UseConnectionHandler<SmtpHandler>()));
        await using var host = builder.Build();
        await host.StartAsync(ending);
        Console.WriteLine("ready");
        await host.WaitForShutdownAsync(ending);
    }

    private sealed class SmtpHandler : ConnectionHandler
    {
        private static readonly SessionSettings Settings = new();
        private static readonly SitePolicy Policy = new();

        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            var session = SmtpSession.Create("rfc5321", Settings, Policy);
            session.Open();
            while (true)
            {
                if (!session.Output.IsEmpty)
                {
                    await connection.Transport.Output.WriteAsync(session.Output);
                    session.ClearOutput();
                }

                if (session.Status is SessionStatus.Ended)
                {
                    return;
                }

                var read = await connection.Transport.Input.ReadAsync();
                var taken = 0L;
                foreach (var segment in read.Buffer)
                {
                    var rest = segment.Span;
                    while (!rest.IsEmpty && session.Status is not SessionStatus.Ended)
                    {
                        var count = session.Receive(rest);
                        taken += count;
                        rest = rest[count..];
                        if (session.Status is SessionStatus.Delivering)
                        {
                            session.CompleteDelivery(Decision.Accept);
                        }
                        else if (count == 0)
                        {
                            break;
                        }
                    }
                }

                connection.Transport.Input.AdvanceTo(read.Buffer.GetPosition(taken));
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
    }
}
