using System.Net;
using System.Runtime.InteropServices;
using SmtpModel.Server;
using SmtpModel.Transports;

// own|tuned|kestrel PORT: serves rfc5321 and discards messages, until it is ended
if (args is not [("own" or "tuned" or "kestrel") and var kind, var portText] || !int.TryParse(portText, out var port))
{
    Console.Error.WriteLine("usage: own|tuned|kestrel PORT");
    return 2;
}

var endPoint = new IPEndPoint(IPAddress.Loopback, port);
if (kind is "tuned")
{
    ServerProcess.TuneSockets();
}

using var ending = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
if (kind is "kestrel")
{
    await KestrelHost.RunAsync(endPoint, ending.Token);
    return 0;
}

await using var server = new SmtpServer(new SmtpServerOptions { EndPoints = [endPoint], Store = DiscardStore.Instance });
await server.StartAsync();
Console.WriteLine("ready");
await Task.Delay(Timeout.Infinite, ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ending.Cancel();
}
